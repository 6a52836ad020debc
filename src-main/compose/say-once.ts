/** Passes a sentence on when it is another one than the last, or when the last is long ago: a cluster that is down all night is one line in a while. */
export function sayOnce(
  say: (sentence: string) => void,
  now: () => number,
  againAfterMs = 600_000,
): (sentence: string) => void {
  const saidAt = new Map<string, number>()
  return (sentence) => {
    const at = now()
    if (at - (saidAt.get(sentence) ?? Number.NEGATIVE_INFINITY) < againAfterMs) return
    // A few brokers take turns; more different sentences than this are no repetition.
    if (saidAt.size >= 50) saidAt.clear()
    saidAt.set(sentence, at)
    say(sentence)
  }
}
