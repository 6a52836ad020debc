/** The matrix in words, for screen readers and for the cell under the focus. Pure. */
import { MARK_LEADER_SILENT, STATE_NAMES } from '@shared/states'
import { HEALTHY, OFFLINE } from '@shared/states'
import type { MatrixCells } from '../../../charts/matrix/cells'
import { SILENT_CODE } from '../../../charts/matrix/paint'
import type { FrameView } from '../../../stores/frame-view'
import type { Say } from '../../common/say'
import { stateWord } from '../../common/row-words'

export interface TwinRow {
  readonly label: string
  readonly total: number
  /** By paint code. */
  readonly counts: readonly number[]
}

export interface MatrixTwin {
  readonly rows: readonly TwinRow[]
  readonly more: number
}

const CODES = STATE_NAMES.length + 1
const MAX_ROWS = 60
/** Worst first. */
export const TWIN_CODES = [OFFLINE, SILENT_CODE, 5, 4, 3, 2, 0, HEALTHY] as const

export const codeWord = (say: Say, code: number): string =>
  code === SILENT_CODE ? say.t('board.matrix.silent') : stateWord(say, code)

/** Groups with trouble, most first, then as many of the others as have room; `more` groups are left out. */
export function matrixTwin(cells: MatrixCells, codes: Uint8Array): MatrixTwin {
  const rows = cells.labels.map((label, group) => {
    const counts = new Array<number>(CODES).fill(0)
    for (let cell = cells.start[group]!; cell < cells.start[group + 1]!; cell++) counts[codes[cell]!]! += 1
    return { label, counts, total: cells.start[group + 1]! - cells.start[group]! }
  })
  const trouble = (row: TwinRow): number => row.total - row.counts[HEALTHY]!
  const sorted = rows.sort((a, b) => trouble(b) - trouble(a))
  return { rows: sorted.slice(0, MAX_ROWS), more: Math.max(0, sorted.length - MAX_ROWS) }
}

/** Cells by paint code. */
export function codeCounts(codes: Uint8Array): number[] {
  const counts = new Array<number>(CODES).fill(0)
  for (const code of codes) counts[code]! += 1
  return counts
}

/** `12 offline, 3 lagging.`, without the healthy. */
export function summaryText(say: Say, counts: readonly number[]): string {
  const parts = TWIN_CODES.filter((code) => code !== HEALTHY && counts[code]! > 0).map(
    (code) => `${say.f.count(counts[code]!)} ${codeWord(say, code)}`,
  )
  const all = parts.length === 0 ? [`${say.f.count(counts[HEALTHY]!)} ${codeWord(say, HEALTHY)}`] : parts
  return `${all.join(say.t('board.name.comma'))}${say.t('board.fence.end')}`
}

export function cellText(say: Say, view: FrameView, cells: MatrixCells, cell: number): string {
  const row = cells.rows[cell]!
  const state = view.frame.columns.state[row]!
  const silent = state !== OFFLINE && (view.frame.columns.marks[row]! & MARK_LEADER_SILENT) !== 0
  return say.t('board.matrix.cell', {
    topic: view.frame.topics.names[view.topicIndex[row]!],
    partition: view.frame.partition[row],
    state: codeWord(say, silent ? SILENT_CODE : state),
  })
}
