/** One limit for everything a call does: its stages share it, so the call as a whole never outlasts it. */
export class Deadline {
  private readonly at: number

  constructor(
    readonly timeoutMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.at = now() + timeoutMs
  }

  /** Milliseconds left, never negative. */
  get left(): number {
    return Math.max(0, this.at - this.now())
  }

  get passed(): boolean {
    return this.left === 0
  }

  /**
   * What `promise` settles with, or a rejection with `late()` when the time is over first. A promise that loses is listened to
   * all the same: its late rejection is nobody's and must not become an unhandled one.
   */
  race<T>(promise: Promise<T>, late: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(late()), this.left)
      promise.then(
        (value) => {
          clearTimeout(timer)
          resolve(value)
        },
        (error: unknown) => {
          clearTimeout(timer)
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
  }
}
