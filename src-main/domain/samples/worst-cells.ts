import { UNWATCHED } from '../../contract/fleet'
import type { KeptSeries } from '../../contract/kept-samples'
import { AT_MIN_ISR, HEALTHY, LAGGING, OFFLINE, UNDER_MIN_ISR, UNDER_REPLICATED, UNKNOWN } from '../../shared/states'

/** The worst state that a point proves; UNKNOWN where nothing bad is proven and not everything was read. */
function stateOf({ figures }: KeptSeries, at: number): number {
  const { offline, underMinIsr, atMinIsr, underReplicated, unknown, lateMs } = figures
  const worst = (
    [
      [offline, OFFLINE],
      [underMinIsr, UNDER_MIN_ISR],
      [atMinIsr, AT_MIN_ISR],
      [underReplicated, UNDER_REPLICATED],
      [lateMs, LAGGING],
    ] as const
  ).find(([column]) => column[at]! > 0)
  if (worst !== undefined) return worst[1]
  const isRead = unknown[at] === 0 && [offline, underMinIsr, atMinIsr, underReplicated].every((one) => one[at] === 0)
  return isRead ? HEALTHY : UNKNOWN
}

/**
 * The worst state of each cell of `stepMs` from `from` on: trouble before what is not known, and that before health. A cell without a point is UNWATCHED where nobody watched in it, else UNKNOWN.
 * `series` is of the cluster, at a resolution of a cell or finer.
 */
export function worstCells(series: KeptSeries, from: number, stepMs: number, cells: number): number[] {
  const states: (number | null)[] = new Array<number | null>(cells).fill(null)
  for (const [index, at] of series.at.entries()) {
    const cell = Math.floor((at - from) / stepMs)
    if (cell < 0 || cell >= cells) continue
    const state = stateOf(series, index)
    const before = states[cell] ?? null
    states[cell] = before === null ? state : worseOf(before, state)
  }
  return states.map((state, cell) => {
    if (state !== null) return state
    const begin = from + cell * stepMs
    return series.unwatched.some((gap) => gap.from < begin + stepMs && gap.to > begin) ? UNWATCHED : UNKNOWN
  })
}

/** Of two states of one time; what is unknown hides no trouble, and is not called well. */
function worseOf(a: number, b: number): number {
  if (a > HEALTHY || b > HEALTHY) return Math.max(a, b)
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : HEALTHY
}
