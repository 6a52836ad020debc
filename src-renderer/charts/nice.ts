const STEPS = [1, 2, 2.5, 5, 10]
const COUNTS = [1, 2, 5, 10]
/** Ends of a ruler may be finer than its steps: at most a fifth of it is left empty. */
const SPANS = [1, 1.2, 1.5, 1.8, 2.2, 2.6, 3, 3.6, 4.2, 5, 6, 7, 8, 10]

function atLeast(value: number, steps: readonly number[]): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return (steps.find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power
}

/** Smallest of 1, 2, 2.5, 5 x 10^k that is at least `value`; 1 for anything that is not a positive number. */
export const niceAtLeast = (value: number): number => atLeast(value, STEPS)
export const niceSpan = (value: number): number => atLeast(value, SPANS)

/** A scale from 0 whose end covers `max` in at most `parts` equal steps of 1, 2 or 5 x 10^k; whole ones only, as records are counted. */
export function niceScale(max: number, parts: number): { readonly max: number; readonly step: number } {
  const step = Math.max(1, atLeast(max / parts, COUNTS))
  return { max: Math.max(1, Math.ceil(max / step)) * step, step }
}
