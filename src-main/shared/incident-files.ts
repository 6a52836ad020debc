/** An incident as files for programs: JSON of all of it, CSV of its events. The same from the window and from the command line. Pure. */
import { csvLines } from './csv'
import { printableJson } from './printable'

/** Of the JSON: +1 when a field goes or means something else. */
const FORMAT = 1

/** As `KeptEvent` of the contract. */
export interface FileEvent {
  readonly seq: number
  readonly from: number
  readonly to: number
  readonly kind: string
  readonly cause: string
  readonly topic: string
  readonly partition: number
  readonly broker: number
  readonly other: number
  readonly epoch: number
  readonly elections: number
  readonly lagRecords: number
  readonly lateMs: number
  readonly amount: number
  readonly total: number
  readonly toldBy: number
  readonly text: string
  readonly before: string
  readonly after: string
}

export interface IncidentFacts {
  readonly cluster: string
  readonly incident: object
  /** Newest first, as read. */
  readonly events: readonly FileEvent[]
  /** There are older ones. */
  readonly more: boolean
  readonly sure: readonly string[]
  /** null = not read. */
  readonly done: readonly object[] | null
  readonly commands: readonly { readonly why: string; readonly line: string }[]
}

/** A time of a file: UTC; null = not known. */
export const isoTime = (at: number): string | null => (Number.isFinite(at) ? new Date(at).toISOString() : null)

const json = (value: unknown): string => printableJson(JSON.stringify(value))

/** Figures that nobody knows are null; times are ms since 1970 by the clock of this machine. Events, oldest first, a line each. */
export const incidentJson = ({ cluster, incident, events, more, sure, done, commands }: IncidentFacts): string =>
  [
    '{',
    `  "format": ${FORMAT},`,
    `  "cluster": ${json(cluster)},`,
    `  "incident": ${json(incident)},`,
    `  "sure": ${json(sure)},`,
    `  "done": ${json(done)},`,
    `  "commands": ${json(commands)},`,
    `  "moreEvents": ${json(more)},`,
    '  "events": [',
    events
      .toReversed()
      .map((event) => `    ${json(event)}`)
      .join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n')

const COLUMNS = [
  'seq',
  'after',
  'by',
  'kind',
  'cause',
  'topic',
  'partition',
  'broker',
  'other',
  'epoch',
  'elections',
  'lagRecords',
  'lateMs',
  'amount',
  'total',
  'toldBy',
  'text',
  'before',
  'afterwards',
]
const idOf = (id: number): number | null => (id < 0 ? null : id)

/** The events, oldest first. */
export const eventsCsv = (events: readonly FileEvent[]): string =>
  csvLines([
    COLUMNS,
    ...events
      .toReversed()
      .map((one) => [
        one.seq,
        isoTime(one.from),
        isoTime(one.to),
        one.kind,
        one.cause,
        one.topic,
        idOf(one.partition),
        idOf(one.broker),
        idOf(one.other),
        idOf(one.epoch),
        one.elections,
        one.lagRecords,
        one.lateMs,
        one.amount,
        one.total,
        idOf(one.toldBy),
        one.text,
        one.before,
        one.after,
      ]),
  ])
