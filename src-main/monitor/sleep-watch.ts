import type { Cancel, Clock } from '../ports/clock'

const BEAT_MS = 1_000
/** A beat that is later than this was not held up by our own work: the machine slept, or this process was stopped. */
const GAP_MS = 5_000

/** Notices that nothing of this process ran for a while, by a beat that comes late, and by the system's word that it has woken up. */
export class SleepWatch {
  private lastBeat = Number.NaN
  private toldAt = Number.NaN
  private cancel: Cancel = () => undefined

  /** `until`: the first moment after it. */
  constructor(
    private readonly clock: Clock,
    private readonly slept: (until: number) => void,
  ) {}

  start(): void {
    this.lastBeat = this.clock.now()
    this.arm()
  }

  stop(): void {
    this.cancel()
  }

  /** The system says that it has just woken up. Said before or after the late beat, it is told once. */
  woke(): void {
    const now = this.clock.now()
    if (now - this.toldAt < GAP_MS) return
    this.tell(now)
  }

  private arm(): void {
    this.cancel = this.clock.after(BEAT_MS, () => {
      this.arm()
      const now = this.clock.now()
      if (now - this.lastBeat > BEAT_MS + GAP_MS) this.tell(now)
      this.lastBeat = now
    })
  }

  private tell(now: number): void {
    this.lastBeat = this.toldAt = now
    this.slept(now)
  }
}
