/** The matrix in words, for screen readers and for the cell under the focus. Pure. */
import { printable } from '@shared/printable'
import { MARK_LEADER_SILENT, STATE_NAMES } from '@shared/states'
import { HEALTHY, OFFLINE } from '@shared/states'
import type { MatrixCells } from '../../../charts/matrix/cells'
import { SILENT_CODE } from '../../../charts/matrix/paint'
import type { FrameView } from '../../../stores/frame-view'
import type { ChartTwin } from '../../../ui/chart-twin'
import type { Say } from '../../common/say'
import { counted } from '../../common/say'
import { stateWord } from '../../common/row-words'
import { twinOf } from '../../common/twin-of'

interface TwinRow {
  readonly label: string
  readonly total: number
  /** By paint code. */
  readonly counts: readonly number[]
}

/** Groups of the matrix, the worst first; of those left out none is worse. */
export interface MatrixTwin {
  readonly kind: MatrixCells['kind']
  readonly rows: readonly TwinRow[]
  readonly more: { readonly groups: number; readonly cells: number }
}

const CODES = STATE_NAMES.length + 1
const MAX_ROWS = 60
/** Worst first. */
export const TWIN_CODES = [OFFLINE, SILENT_CODE, 5, 4, 3, 2, 0, HEALTHY] as const

export const codeWord = (say: Say, code: number): string =>
  code === SILENT_CODE ? say.t('board.matrix.silent') : stateWord(say, code)

export function matrixTwin(cells: MatrixCells, codes: Uint8Array): MatrixTwin {
  const rows = cells.labels.map((label, group) => {
    const counts = new Array<number>(CODES).fill(0)
    for (let cell = cells.start[group]!; cell < cells.start[group + 1]!; cell++) counts[codes[cell]!]! += 1
    return { label, counts, total: cells.start[group + 1]! - cells.start[group]! }
  })
  rows.sort((a, b) => TWIN_CODES.map((code) => b.counts[code]! - a.counts[code]!).find((by) => by !== 0) ?? 0)
  const left = rows.slice(MAX_ROWS)
  return {
    kind: cells.kind,
    rows: rows.slice(0, MAX_ROWS),
    more: { groups: left.length, cells: left.reduce((sum, { total }) => sum + total, 0) },
  }
}

/** As a table; states that no partition is in have no column. `healthy` partitions stand beside the matrix. */
export function matrixTable(
  say: Say,
  { kind, rows, more }: MatrixTwin,
  { takenAt, madeAt, healthy }: { readonly takenAt: number; readonly madeAt: number; readonly healthy: number },
): ChartTwin {
  const { t, f } = say
  const codes = TWIN_CODES.filter((code) => rows.some(({ counts }) => counts[code]! > 0))
  return twinOf(say, {
    name: t(kind === 'broker' ? 'board.matrix.tableReplicas' : 'board.matrix.table'),
    source: 'read',
    span: null,
    readAt: takenAt,
    madeAt,
    columns: [
      t('board.matrix.group'),
      t(kind === 'broker' ? 'board.matrix.totalReplicas' : 'board.matrix.total'),
      ...codes.map((code) => codeWord(say, code)),
    ],
    rows: rows.map(({ label, total, counts }) => ({
      // By worst a topic has a group for each state.
      key: `${label} ${codes.find((code) => counts[code]! > 0)}`,
      cells: [printable(label), f.count(total), ...codes.map((code) => f.count(counts[code]!))],
    })),
    notes: [
      more.groups > 0 ? counted(say, 'board.matrix.more', more.groups, { cells: f.count(more.cells) }) : '',
      healthy > 0 ? counted(say, 'board.matrix.healthyAfter', healthy) : '',
    ],
  })
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
