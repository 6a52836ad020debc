/** An incident as a report for people: Markdown. What programs take is shared/incident-files.ts. Pure. */
import type { Incident, KeptEvent } from '@contract/history'
import type { JournalEntry } from '@contract/journal'
import { fencedShell, markdownTable, markdownText as cell } from '@shared/markdown'
import { STATE_NAMES } from '@shared/states'
import { topicWords, whatWords } from '../changes/entry-words'
import type { Say } from '../common/say'
import { eventWords, lagAtLeaving, toldBy } from './event-words'
import { incidentLine, incidentTitle, lostWords } from './incident-words'
import { phaseWords } from './phase-words'
import { seenWithin, spanWords } from './span-words'

export interface IncidentReport {
  readonly cluster: string
  readonly incident: Incident
  /** Newest first, as read. */
  readonly events: readonly KeptEvent[]
  readonly more: boolean
  readonly sure: readonly string[]
  /** What the journal of this Highwater has of its time; null = not read. */
  readonly done: readonly JournalEntry[] | null
  /** Lines to paste, each with what it is for; they tell how it is when they are run. */
  readonly commands: readonly { readonly why: string; readonly line: string }[]
}

function doneLines(say: Say, done: IncidentReport['done'], now: number): readonly string[] {
  if (done === null) return [cell(say.t('history.report.doneUnread'))]
  if (done.length === 0) return [cell(say.t('history.done.nothing'))]
  return done.map((entry) =>
    [
      `- ${cell(say.f.time(entry.startedAt, now))} ${cell(whatWords(say, entry))}`,
      ...[topicWords(say, entry), say.t(`journal.state.${entry.state}`), entry.osUser, entry.reason]
        .filter((part) => part !== '')
        .map(cell),
    ].join(' · '),
  )
}
const whereOf = ({ topic, partition }: KeptEvent): string =>
  topic === '' ? '' : partition < 0 ? topic : `${topic}/${partition}`

/** `pictures`: files beside it, by what they show. */
export function incidentMarkdown(
  say: Say,
  report: IncidentReport,
  now: number,
  pictures: readonly { readonly name: string; readonly shows: string }[] = [],
): string {
  const { incident, cluster, events, more, sure, done, commands } = report
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
    ...pictures.flatMap(({ name: file, shows }) => [`![${cell(shows)}](${file})`, '']),
    `## ${say.t('history.phases')}`,
    '',
    ...markdownTable(
      [say.t('history.event.column.at'), say.t('history.event.column.what')],
      incident.phases.map((phase) => [spanWords(say, phase, now), phaseWords(say, phase)]),
    ),
    '',
    `## ${say.t('history.blast.heading')}`,
    '',
    ...markdownTable(
      [say.t('history.blast.topic'), say.t('history.blast.worst'), say.t('history.blast.partitions')],
      incident.topics.map((one) => [one.topic, name(one.worst), say.f.count(one.partitions)]),
    ),
    '',
    `## ${say.t('history.done.heading')}`,
    '',
    ...doneLines(say, done, now),
    '',
    cell(say.t('history.done.here')),
    '',
    `## ${say.t('history.events')}`,
    '',
    ...(more ? [cell(say.t('history.report.notAll', { n: say.f.count(events.length) })), ''] : []),
    ...markdownTable(
      (['at', 'within', 'what', 'where', 'lag', 'told'] as const).map((key) => say.t(`history.event.column.${key}`)),
      events
        .toReversed()
        .map((event) => [
          spanWords(say, event, now),
          seenWithin(say, event),
          eventWords(say, event),
          whereOf(event),
          lagAtLeaving(say, event),
          toldBy(say, event),
        ]),
    ),
    '',
    `## ${say.t('history.sure.heading')}`,
    '',
    ...sure.map((one) => `- ${cell(one)}`),
    '',
    `## ${say.t('history.report.check')}`,
    '',
    cell(say.t('history.report.checkNote')),
    '',
    ...commands.flatMap(({ why, line }) => [cell(why), '', ...fencedShell(line), '']),
  ].join('\n')
}
