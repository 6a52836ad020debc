import type { Cancel, Clock } from '../../ports/clock'

/**
 * One round of questions to several brokers. `settled` resolves when all answers are merged or the grace has passed, whichever is first; what
 * comes later still merges, with its own times.
 */
export class QuestionRound {
  private open = 0
  private done: () => void = () => undefined

  constructor(private readonly clock: Clock) {}

  /** `question` must not reject. */
  add(question: Promise<void>): void {
    this.open += 1
    void question.then(() => {
      this.open -= 1
      if (this.open === 0) this.done()
    })
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
