/** An incident as a report: Markdown for people, JSON and CSV for programs. Pure. */
import type { Incident, KeptEvent } from '@contract/history'
import { csvLines } from '@shared/csv'
import { printable, printableJson } from '@shared/printable'
import { STATE_NAMES } from '@shared/states'
import type { Say } from '../common/say'
import { eventWords, lagAtLeaving, toldBy } from './event-words'
import { incidentLine, incidentTitle, lostWords } from './incident-words'
import { isoTime } from './incidents-export'
import { phaseWords } from './phase-words'
import { seenWithin, spanWords } from './span-words'

export interface IncidentReport {
  readonly cluster: string
  readonly incident: Incident
  /** Newest first, as read. */
  readonly events: readonly KeptEvent[]
  readonly more: boolean
  readonly sure: readonly string[]
}

/** Text of strangers in a cell of a table. */
const cell = (text: string | number): string => printable(String(text)).replace(/[\\`*_|<>[\]]/g, '\\$&')
const row = (...cells: readonly (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]): readonly string[] => [
  row(...head),
  `|${' --- |'.repeat(head.length)}`,
  ...rows,
]
const whereOf = ({ topic, partition }: KeptEvent): string =>
  topic === '' ? '' : partition < 0 ? topic : `${topic}/${partition}`

export function incidentMarkdown(say: Say, report: IncidentReport, now: number): string {
  const { incident, cluster, events, more, sure } = report
  const name = (code: number) => say.t(`state.${STATE_NAMES[code] ?? 'unknown'}`)
  return [
    `# ${cell(say.t('history.report.heading', { id: incident.id, cluster }))}`,
    '',
    `**${cell(incidentTitle(say, incident))}**`,
    '',
    cell(incidentLine(say, incident, now)),
    '',
    `${say.t('history.column.lost')}: ${cell(lostWords(say, incident))}`,
    '',
    `## ${say.t('history.phases')}`,
    '',
    ...table(
      [say.t('history.event.column.at'), say.t('history.event.column.what')],
      incident.phases.map((phase) => row(spanWords(say, phase, now), phaseWords(say, phase))),
    ),
    '',
    `## ${say.t('history.blast.heading')}`,
    '',
    ...table(
      [say.t('history.blast.topic'), say.t('history.blast.worst'), say.t('history.blast.partitions')],
      incident.topics.map((one) => row(one.topic, name(one.worst), say.f.count(one.partitions))),
    ),
    '',
    `## ${say.t('history.events')}`,
    '',
    ...(more ? [cell(say.t('history.report.notAll', { n: say.f.count(events.length) })), ''] : []),
    ...table(
      (['at', 'within', 'what', 'where', 'lag', 'told'] as const).map((key) => say.t(`history.event.column.${key}`)),
      events
        .toReversed()
        .map((event) =>
          row(
            spanWords(say, event, now),
            seenWithin(say, event),
            eventWords(say, event),
            whereOf(event),
            lagAtLeaving(say, event),
            toldBy(say, event),
          ),
        ),
    ),
    '',
    `## ${say.t('history.sure.heading')}`,
    '',
    ...sure.map((one) => `- ${cell(one)}`),
    '',
  ].join('\n')
}

const json = (value: unknown): string => printableJson(JSON.stringify(value))

/** Figures that nobody knows are null; times are ms since 1970 by the clock of this machine. Events, oldest first, a line each. */
export const incidentJson = ({ cluster, incident, events, more, sure }: IncidentReport): string =>
  [
    '{',
    `  "cluster": ${json(cluster)},`,
    `  "incident": ${json(incident)},`,
    `  "sure": ${json(sure)},`,
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
export const incidentCsv = ({ events }: IncidentReport): string =>
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
