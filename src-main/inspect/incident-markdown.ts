/** A kept incident for people, in English, from what the file has. Pure. */
import type { Incident, KeptEvent, Span } from '../contract/history'
import { isoTime } from '../shared/incident-files'
import type { IncidentFacts } from '../shared/incident-files'
import { coverOf } from '../shared/maintenance'
import type { Cover } from '../shared/maintenance'
import { fencedShell, markdownTable, markdownText } from '../shared/markdown'
import { STATE_NAMES } from '../shared/states'

const between = ({ from, to }: Span): string => `${isoTime(from) ?? 'before the first look'} to ${isoTime(to) ?? '?'}`
const figure = (n: number): string => (Number.isFinite(n) ? String(n) : '')
const idText = (id: number): string => (id < 0 ? '' : String(id))
const stateName = (code: number): string => STATE_NAMES[code] ?? 'unknown'

const COVERS: Readonly<Record<Cover, string>> = {
  none: '',
  maintenance: 'it covers all of this',
  overdue: 'its time was over first',
  beyond: 'there is more in it, which is not covered',
}

function plannedLine(incident: Incident, now: number): string {
  const { planned } = incident
  if (planned === null) return ''
  const until = isoTime(planned.until) ?? '?'
  return `Announced by ${planned.by}: a restart of broker ${planned.broker}, until ${until}; ${COVERS[coverOf(incident, now)]}.`
}

const placeOf = ({ topic, partition }: KeptEvent): string =>
  topic === '' ? '' : partition < 0 ? topic : `${topic}/${partition}`

function summary(incident: Incident, now: number): readonly string[] {
  const { began, ended, brokers, worst, left, leftLate, elections, lostAtLeast, reopened } = incident
  return [
    `Began ${between(began)}; ${Number.isNaN(ended.to) ? 'open' : `over ${between(ended)}`}.`,
    `Brokers in it: ${brokers.length === 0 ? 'none seen' : brokers.join(', ')}. Worst state: ${stateName(worst)}.`,
    `Replicas that left an ISR: at least ${left}, ${leftLate} of them late. Elections: at least ${elections}.`,
    reopened > 0 ? `Began again so often: ${reopened}.` : '',
    lostAtLeast > 0
      ? `Acknowledged records lost: at least ${lostAtLeast}.`
      : 'No loss was seen, which is no proof that there was none.',
    plannedLine(incident, now),
  ].filter((line) => line !== '')
}

/** `events`: newest first. */
export function incidentText(
  { cluster, sure, commands, more }: IncidentFacts,
  incident: Incident,
  events: readonly KeptEvent[],
  now: number,
): string {
  const phases = incident.phases.map((one) => [between(one), one.kind, one.brokers.join(' '), figure(one.amount)])
  const topics = incident.topics.map((one) => [one.topic, stateName(one.worst), one.partitions])
  const told = events
    .toReversed()
    .map((one) => [between(one), one.kind, one.cause, placeOf(one), idText(one.broker), idText(one.toldBy)])
  return [
    `# ${markdownText(`Incident ${incident.id} of ${cluster}`)}`,
    '',
    ...summary(incident, now).map((line) => `- ${markdownText(line)}`),
    '',
    '## Phases',
    '',
    ...markdownTable(['when', 'what', 'brokers', 'amount'], phases),
    '',
    '## Topics',
    '',
    ...markdownTable(['topic', 'worst state', 'partitions at once, at most'], topics),
    '',
    '## Events',
    '',
    ...(more ? [`The newest ${events.length}; there are more.`, ''] : []),
    ...markdownTable(['when', 'what', 'why, as concluded', 'where', 'broker', 'told by'], told),
    '',
    '## How sure this is',
    '',
    ...sure.map((one) => `- ${markdownText(one)}`),
    '',
    '## To check it',
    '',
    'These lines tell how it is when they are run, not how it was.',
    '',
    ...commands.flatMap(({ why, line }) => [markdownText(why), '', ...fencedShell(line), '']),
  ].join('\n')
}
