/** Thrown by a probe when waiting longer cannot help. */
export class Hopeless extends Error {}

/** Waits for a condition. `probe` answers null while it does not hold; what it threw last is told when time runs out. */
export async function until<T>(
  what: string,
  limitMs: number,
  probe: () => Promise<T | null> | T | null,
  everyMs = 100,
): Promise<T> {
  const deadline = Date.now() + limitMs
  let reason = ''
  for (;;) {
    try {
      const answer = await probe()
      if (answer !== null) return answer
      reason = ''
    } catch (error) {
      if (error instanceof Hopeless) throw error
      reason = error instanceof Error ? `: ${error.message}` : ''
    }
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s for ${what} in vain${reason}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
