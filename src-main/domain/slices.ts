/** A long pass cut into pieces: it yields where it may be interrupted and returns its result. */
export type Sliced<T> = Generator<undefined, T, undefined>

/** A pass over `rows` rows: `step(from, to)` block after block, each well below a slice. */
export function* blocks(rows: number, block: number, step: (from: number, to: number) => void): Sliced<void> {
  for (let from = 0; from < rows; from += block) {
    if (from > 0) yield
    step(from, Math.min(rows, from + block))
  }
}

/** Runs a pass in one go. */
export function runWhole<T>(pass: Sliced<T>): T {
  for (;;) {
    const step = pass.next()
    if (step.done === true) return step.value
  }
}

/**
 * Runs a pass until it is done or `deadline` (by the given clock) has gone by. Every piece is well below a millisecond,
 * so a slice ends at most that much late. `result` is null while there is more to do; a finished pass must not be
 * stepped again.
 */
export function runSlice<T>(pass: Sliced<T>, deadline: number, now: () => number): { readonly result: T } | null {
  for (;;) {
    const step = pass.next()
    if (step.done === true) return { result: step.value }
    if (now() >= deadline) return null
  }
}
