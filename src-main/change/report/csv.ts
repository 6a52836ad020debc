/** Changes as CSV: one line per step and per item of that step, so that a sheet can count and filter. */
import type { Plan, ShownOtherwise } from '../../contract/change'
import { csvLines } from '../../shared/csv'
import type { CsvValue } from '../../shared/csv'
import type { JournalRow } from '../../contract/journal'
import { stepWords } from './steps'
import { sourceWord } from './words'
import type { Phrase } from '../../shared/words/phrase'
import { say } from '../../shared/words/say'

const COLUMNS = [
  'change',
  'cluster',
  'clusterId',
  'line',
  'at',
  'osUser',
  'principal',
  'stateAfter',
  'step',
  'topic',
  'partition',
  'key',
  'before',
  'beforeSource',
  'after',
  'afterSource',
  'outcome',
  'error',
  'message',
] as const

type Cells = Partial<Record<(typeof COLUMNS)[number], CsvValue>>

function plannedItems(plan: Plan): Cells[] {
  switch (plan.kind) {
    case 'config':
      return plan.items.map(({ topic, key, before, after }) => ({
        topic: plan.topics[topic] ?? null,
        key,
        before: before.override ?? before.value,
        beforeSource: sourceWord(before.source),
        after: after.override ?? after.value,
        afterSource: sourceWord(after.source),
      }))
    case 'election':
      return plan.partitions.map(({ topic, partition, leader, preferred, fate }) => ({
        topic,
        partition,
        key: 'leader',
        before: leader < 0 ? null : leader,
        after: preferred,
        outcome: fate,
      }))
  }
}

const words = (message: Phrase | null): string => (message === null ? '' : say('en', message))

const differs = ({ topic, key, value, source }: ShownOtherwise): Cells => ({
  topic,
  key,
  after: value,
  afterSource: sourceWord(source),
  outcome: 'differs',
})

/** [] for a step about the change as a whole. */
function items({ event }: JournalRow): Cells[] {
  switch (event.type) {
    case 'planned':
      return plannedItems(event.plan)
    case 'answered':
    case 'settled':
      return event.results.map(({ partition, message, ...result }) => ({
        ...result,
        partition: partition < 0 ? null : partition,
        message: words(message),
      }))
    case 'validated':
      return event.validation.refusals.map(({ topic, error, message }) => ({
        topic,
        outcome: 'refused',
        error,
        message: words(message),
      }))
    case 'verified':
      return event.verification.differences.map(differs)
    case 'watched':
      return [
        ...event.watching.alarms.map(({ topic, partition, state }) => ({ topic, partition, outcome: state })),
        ...(event.watching.outcome === 'overwritten' ? event.watching.differences.map(differs) : []),
      ]
    default:
      return []
  }
}

function* lines(rows: readonly JournalRow[]): Iterable<CsvValue[]> {
  for (const row of rows) {
    const whole = { message: row.event.type === 'confirmed' ? row.event.confirmation.reason : stepWords(row.event) }
    const found = items(row)
    const step: Cells = {
      change: row.change,
      cluster: row.clusterName,
      clusterId: row.clusterId,
      line: row.seq,
      at: new Date(row.at).toISOString(),
      osUser: row.osUser,
      principal: row.principal,
      stateAfter: row.state,
      step: row.event.type,
    }
    for (const item of found.length === 0 ? [whole] : found) {
      const cells: Cells = { ...step, ...item }
      yield COLUMNS.map((column) => cells[column] ?? null)
    }
  }
}

export const csvHead = (): string => csvLines([COLUMNS])

export const csvOfChange = ({ rows }: { readonly rows: readonly JournalRow[] }): string => csvLines(lines(rows))

export const csvOfUnread = (unread: readonly { readonly id: string; readonly why: string }[]): string =>
  csvLines(
    unread.map(({ id, why }) =>
      COLUMNS.map((column) =>
        column === 'change' ? id : column === 'step' ? 'unread' : column === 'message' ? why : null,
      ),
    ),
  )
