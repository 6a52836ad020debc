import type { LivePartition } from '@contract/live'
import { KEPT_MS } from '../../stores/live-points'

/** A reading says what was so this much later at most. */
const HOLDS_MS = 1_000
/** They are cleared out so often. */
const SLACK_MS = 60_000

/** Readings of one partition, as long as its chart is kept: what the ladder shows of a moment. */
export function keptReadings(): {
  add(reading: LivePartition): void
  /** The last one at or before a time; null = there is none, or it is too old to be of then. */
  readonly at: (time: number) => LivePartition | null
  forget(): void
} {
  let kept: LivePartition[] = []
  return {
    add(reading) {
      // The clock was set back, or the same one comes again.
      while (kept.length > 0 && kept.at(-1)!.takenAt >= reading.takenAt) kept.pop()
      kept.push(reading)
      if (kept[0]!.takenAt < reading.takenAt - KEPT_MS - SLACK_MS)
        kept = kept.filter((one) => one.takenAt > reading.takenAt - KEPT_MS)
    },
    at(time) {
      let low = 0
      let high = kept.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (kept[middle]!.takenAt <= time) low = middle + 1
        else high = middle
      }
      const found = kept[low - 1]
      return found !== undefined && time - found.takenAt <= HOLDS_MS ? found : null
    },
    forget() {
      kept = []
    },
  }
}
