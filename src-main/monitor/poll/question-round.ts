import type { Cancel, Clock } from '../../ports/clock'

/**
 * One round of questions to several brokers. `settled` resolves when all answers are merged or the grace has passed, whichever is first; what
 * comes later still merges, with its own times.
 */
export class QuestionRound {
  private open = 0
  private readonly brokers = new Set<number>()
  private done: () => void = () => undefined

  /** `before`: the round of the same tick that was asked first. */
  constructor(
    private readonly clock: Clock,
    private readonly before: QuestionRound | null = null,
  ) {}

  /** `question` must not reject. */
  add(broker: number, question: Promise<void>): void {
    this.open += 1
    this.brokers.add(broker)
    void question.then(() => {
      this.open -= 1
      if (this.open === 0) this.done()
    })
  }

  /** True when this round has asked the broker something. */
  has(broker: number): boolean {
    return this.brokers.has(broker)
  }

  /** True when the round before has: what is asked now comes right behind it. */
  follows(broker: number): boolean {
    return this.before?.has(broker) === true
  }

  /** False when the grace ran out first. */
  settled(graceMs: number): Promise<boolean> {
    if (this.open === 0) return Promise.resolve(true)
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined
      this.done = () => {
        cancel()
        resolve(true)
      }
      cancel = this.clock.after(graceMs, () => resolve(false))
    })
  }
}
