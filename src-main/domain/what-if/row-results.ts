import type { RowStop } from '../forecast/stop-effects'

/** Codes of what happens to a row: one harm at most, or one reason why that is not known. */
export const ROW = { untouched: 0, spared: 1, oneLossAway: 2, refuses: 3, offline: 4, loses: 5, minIsr: 6 } as const

export const CODES: Readonly<Record<RowStop, number>> = {
  none: ROW.spared,
  'one-loss-away': ROW.oneLossAway,
  refuses: ROW.refuses,
  'refuses-still': ROW.spared,
  offline: ROW.offline,
  loses: ROW.loses,
  unknown: ROW.minIsr,
}
export const isHarm = (code: number): boolean => code >= ROW.refuses && code <= ROW.loses

/** What is found row by row, for the counts by topic. P rows each. */
export interface RowResults {
  /** Of `ROW`. */
  readonly code: Uint8Array
  /** Who leads it then, where that is somebody else; -1 = nobody else. */
  readonly movesTo: Int32Array
  /** 1 = it would be hit even with every replica in sync. */
  readonly byDesign: Uint8Array
}
