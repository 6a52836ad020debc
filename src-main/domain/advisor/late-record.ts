import type { LateHour } from '../../contract/advisor'
import type { ClusterEvent } from '../../contract/history'
import type { Sliced } from '../slices'
import { ExcursionWatch } from './excursions'
import type { Excursion, LateLook } from './excursions'
import { hourOf, LateTallies } from './tally'

/** Well below a millisecond of work. */
const PIECE = 128
/** What is kept may be behind by so much: with excursions that ended, and with nothing but time that was watched. */
const TELL_MS = 10_000
const TELL_QUIET_MS = 60_000

/** Turns looks into what is kept of each hour, in parts. */
export class LateRecorder {
  private readonly watch = new ExcursionWatch()
  private readonly tallies = new LateTallies()
  private hour = Number.NaN
  private toldAt = Number.NaN
  private lookedAt = Number.NaN
  private isNew = false

  get underWay(): ExcursionWatch['underWay'] {
    return this.watch.underWay
  }

  /** Parts that are to be added to what is kept, oldest first. A pass that may be cut, and must be run to its end before the next one. */
  *look(looked: LateLook, events: readonly ClusterEvent[], everyRow: boolean): Sliced<LateHour[]> {
    const { takenAt } = looked.summary
    const parts = this.hour === hourOf(takenAt) ? [] : this.take()
    this.hour = hourOf(takenAt)
    if (Number.isNaN(this.toldAt)) this.toldAt = takenAt
    const { ended, unfollowed } = yield* this.watch.observe(looked, events, everyRow)
    const sinceMs = looked.afterGap ? 0 : takenAt - this.lookedAt
    this.tallies.watched(sinceMs > 0 ? sinceMs : 0, unfollowed)
    this.lookedAt = takenAt
    yield* this.note(ended)
    const waited = Math.abs(takenAt - this.toldAt)
    const isDue = waited >= TELL_QUIET_MS || (this.isNew && waited >= TELL_MS)
    if (parts.length === 0 && isDue) parts.push(...this.take())
    if (parts.length > 0) this.toldAt = takenAt
    return parts
  }

  /** Nobody looks any more: what is under way was cut. */
  stop(): LateHour[] {
    for (const one of this.watch.stop()) this.tallies.note(one)
    return this.take()
  }

  private *note(ended: readonly Excursion[]): Sliced<void> {
    if (ended.length > 0) this.isNew = true
    for (const [at, one] of ended.entries()) {
      if (at % PIECE === PIECE - 1) yield
      this.tallies.note(one)
    }
  }

  private take(): LateHour[] {
    if (Number.isNaN(this.hour)) return []
    this.isNew = false
    return [this.tallies.take(this.hour)]
  }
}
