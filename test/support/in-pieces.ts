import type { Sliced } from '../../src-main/domain/slices'

/** Runs a pass with a stop wherever it allows one; `slices` counts what was done between the stops. */
export function inPieces<T>(pass: Sliced<T>): { readonly result: T; readonly slices: number } {
  for (let slices = 1; ; slices += 1) {
    const step = pass.next()
    if (step.done === true) return { result: step.value, slices }
  }
}
