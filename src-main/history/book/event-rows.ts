/**
 * An event as a compact row and back: `at` is `to` and `back` how long before it `from` was, in whole ms and rounded outwards, NULL = `from` is not known. `kind`, `cause`: codes.ts.
 * `topic`: number of its name, 0 = none. Figures that are not known and texts that say nothing are NULL, which costs nothing.
 */
import type { KeptEvent } from '../../contract/history'
import { cell, readRow } from '../../ports/stored-row'
import { CAUSE_CODES, CAUSE_OF_CODE, KIND_CODES, KIND_OF_CODE } from './codes'
import { rowSum } from './row-sum'

type Cell = string | number | null

const COLUMNS = [
  'seq',
  'at',
  'back',
  'incident',
  'kind',
  'cause',
  'topic',
  'part',
  'broker',
  'other',
  'epoch',
  'elections',
  'lag',
  'late',
  'amount',
  'total',
  'told_by',
  'text',
  'before',
  'after',
] as const
type Column = (typeof COLUMNS)[number]

export const INSERT_EVENT = `INSERT INTO event (${COLUMNS.join(', ')}, sum) VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`
/** Of an `event` that is joined with its `name`. */
export const EVENT_CELLS = [
  ...COLUMNS.map((column) => cell(`event.${column}`, column)),
  cell('event.sum', 'sum'),
  cell('name.text', 'topicName'),
  cell('name.sum', 'nameSum'),
].join(', ')

const orNull = (figure: number): number | null => (Number.isFinite(figure) ? figure : null)
const textOrNull = (text: string): string | null => (text === '' ? null : text)

/** In whole ms, as the file has it, so that an event reads the same before and after it was written. */
export const rounded = <Event extends { readonly from: number; readonly to: number }>(event: Event): Event => ({
  ...event,
  from: Math.floor(event.from),
  to: Math.ceil(event.to),
})

/** Cells of a rounded event, its sum last. */
export function cellsOf(event: KeptEvent, topic: number): Cell[] {
  const row: Cell[] = [
    event.seq,
    event.to,
    orNull(event.to - event.from),
    event.incident,
    KIND_CODES[event.kind],
    CAUSE_CODES[event.cause],
    topic,
    event.partition,
    event.broker,
    event.other,
    event.epoch,
    orNull(event.elections),
    orNull(event.lagRecords),
    orNull(event.lateMs),
    orNull(event.amount),
    orNull(event.total),
    event.toldBy,
    textOrNull(event.text),
    textOrNull(event.before),
    textOrNull(event.after),
  ]
  return [...row, rowSum(row)]
}

interface Row extends Record<Column, Cell> {
  readonly sum: number
  readonly topicName: string | null
  readonly nameSum: number | null
}

const orNaN = (cell: Cell): number => (typeof cell === 'number' ? cell : Number.NaN)
const orEmpty = (cell: Cell): string => (typeof cell === 'string' ? cell : '')

/** Of a row asked for by EVENT_CELLS; null = it cannot be read. */
export function eventOf(raw: unknown): KeptEvent | null {
  const read = readRow(raw)
  const row = read.row as Row
  if (!read.isText || row.sum !== rowSum(COLUMNS.map((column) => row[column]))) return null
  const name = row.topic === 0 ? '' : row.topicName
  if (name === null || (name !== '' && row.nameSum !== rowSum([row.topic, name]))) return null
  const kind = KIND_OF_CODE.get(orNaN(row.kind))
  const cause = CAUSE_OF_CODE.get(orNaN(row.cause))
  if (kind === undefined || cause === undefined) return null
  const to = orNaN(row.at)
  return {
    seq: orNaN(row.seq),
    incident: orNaN(row.incident),
    from: to - orNaN(row.back),
    to,
    kind,
    cause,
    topic: name,
    partition: orNaN(row.part),
    broker: orNaN(row.broker),
    other: orNaN(row.other),
    epoch: orNaN(row.epoch),
    elections: orNaN(row.elections),
    lagRecords: orNaN(row.lag),
    lateMs: orNaN(row.late),
    amount: orNaN(row.amount),
    total: orNaN(row.total),
    toldBy: orNaN(row.told_by),
    text: orEmpty(row.text),
    before: orEmpty(row.before),
    after: orEmpty(row.after),
  }
}
