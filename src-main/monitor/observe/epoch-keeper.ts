import type { ClusterSettings } from '../../domain/topology/reading'
import { effectivePerTopic } from './frames'
import type { Picture } from '../judge/picture'

/** Settings come in by batches at start; a whole frame for each would be a flood. */
const SETTINGS_EVERY_MS = 2_000

/**
 * Epoch as readers of frames know it: another one means "fetch the whole frame". It moves with every new topology, and when a topic's min ISR has
 * changed, which deltas do not carry.
 */
export class EpochKeeper {
  epoch = 0
  private book: Picture['book'] | null = null
  private minimums: Int32Array = new Int32Array(0)
  private movedAt = Number.NaN

  follow(picture: Picture, settings: ClusterSettings, now: number): void {
    const fresh = picture.book !== this.book
    if (!fresh && now - this.movedAt < SETTINGS_EVERY_MS) return
    const minimums = effectivePerTopic(picture.book.reading, settings)
    const same = !fresh && minimums.every((value, topic) => value === this.minimums[topic])
    this.movedAt = now
    if (same) return
    this.book = picture.book
    this.minimums = minimums
    this.epoch += 1
  }
}
