import { HEALTHY, STATE_NAMES } from '../../shared/states'
import type { PartitionFigures } from './partition-sample'

/** In each state, of one moment. What a cluster in disorder has beyond it is not collected. */
const OF_A_STATE = 1_000
/** Well, with a follower that is behind. */
const OF_HEALTHY = 5_000

/** Partitions that have something to tell at a moment, by row: a state other than healthy, or a follower that is behind, or not known. */
export class ToldPartitions {
  private readonly rows = new Map<number, PartitionFigures>()
  private readonly counts = STATE_NAMES.map(() => 0)
  /** No: some were left out, so that one that is not here is not known to have nothing to tell. */
  isWhole = true

  /** Answers whether there is room for one more in this state. */
  hasRoom(state: number): boolean {
    const room = this.counts[state]! < (state === HEALTHY ? OF_HEALTHY : OF_A_STATE)
    if (!room) this.isWhole = false
    return room
  }

  add(row: number, figures: PartitionFigures): void {
    this.counts[figures.state] = this.counts[figures.state]! + 1
    this.rows.set(row, figures)
  }

  of(row: number): PartitionFigures | undefined {
    return this.rows.get(row)
  }

  /** Rows in trouble, worst first, at most so many. */
  worst(atMost: number): readonly number[] {
    const found: number[] = []
    for (let state = STATE_NAMES.length - 1; state > HEALTHY && found.length < atMost; state -= 1) {
      if (this.counts[state] === 0) continue
      for (const [row, figures] of this.rows) {
        if (figures.state !== state) continue
        if (found.push(row) >= atMost) break
      }
    }
    return found
  }
}
