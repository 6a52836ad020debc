import { join } from 'node:path'
import type { Incident, KeptEvent } from '../contract/history'
import { createHistoryFiles } from '../history/book/history-files'
import { writeBundle } from '../history/bundle-folder'
import type { Clock } from '../ports/clock'
import type { HistoryReader } from '../ports/history'
import { eventsCsv, incidentJson } from '../shared/incident-files'
import type { IncidentFacts } from '../shared/incident-files'
import { commandsFor } from '../shared/kafka-commands'
import type { ToolAccess } from '../shared/shell-words'
import { incidentText } from './incident-markdown'

const MOST_EVENTS = 50_000
const PAGE = 1_000
const MOST_TOPICS = 10

export interface BundleOptions {
  readonly id: number
  /** The new folder is made in this one. */
  readonly folder: string
  readonly profile: string
  readonly clusterId: string
  readonly access: ToolAccess
  readonly clock: Clock
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
}

/** Newest first, and whether there are older ones. */
function readEvents(reader: HistoryReader, incident: number): { events: KeptEvent[]; more: boolean } {
  const events: KeptEvent[] = []
  for (;;) {
    const beforeSeq = events.at(-1)?.seq
    const { rows, more } = reader.events({ incident, ...(beforeSeq === undefined ? {} : { beforeSeq }) }, PAGE)
    events.push(...rows)
    if (!more || rows.length === 0) return { events, more: false }
    if (events.length >= MOST_EVENTS) return { events, more: true }
  }
}

function checks(access: ToolAccess, { topics, brokers }: Incident): IncidentFacts['commands'] {
  const commands = commandsFor(access)
  return [
    { why: 'Partitions that miss a replica', line: commands.board() },
    ...topics
      .slice(0, MOST_TOPICS)
      .map(({ topic }) => ({ why: `Replicas, ISR and settings of ${topic}`, line: commands.topic(topic) })),
    ...(brokers.length === 0 ? [] : [{ why: 'Brokers that answer', line: commands.brokers() }]),
    { why: 'The controllers', line: commands.quorum() },
  ]
}

const SURE = [
  'Times are by the clock of the machine that watched; what happened lies between the two that are given.',
  'Causes are concluded, as no broker tells a client why.',
  'Written from the command line: without a picture, and without what the journal of a window has of that time.',
]

/** Writes a kept incident as a folder of plain files; false: it is not there, or could not be read or written, which is said. */
export async function bundleIncident(options: BundleOptions): Promise<boolean> {
  const { id, folder, profile, clusterId, access, clock, print, warn } = options
  const place = join(profile, 'history')
  const files = createHistoryFiles(place, { clock, onProblem: (cause) => warn(`incident: ${place}: ${String(cause)}`) })
  const reader = files.read({ cluster: 'inspect', clusterId })
  const incident = reader.incident(id)
  if (incident === null) {
    warn(
      `incident: ${id} of cluster ${clusterId} is not kept in ${place}, or cannot be read; --profile says another folder`,
    )
    return false
  }
  const now = clock.now()
  const { events, more } = readEvents(reader, id)
  const facts: IncidentFacts = {
    cluster: access.bootstrap.join(','),
    incident,
    events,
    more,
    sure: SURE,
    done: null,
    commands: checks(access, incident),
  }
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  try {
    const path = await writeBundle(folder, `incident ${id} ${time}Z`, [
      { name: 'incident.md', content: incidentText(facts, incident, events, now) },
      { name: 'incident.json', content: incidentJson(facts) },
      { name: 'events.csv', content: eventsCsv(events) },
    ])
    print(path)
    warn('incident: written without pictures; the window has them')
    return true
  } catch (cause) {
    warn(`incident: ${folder}: ${cause instanceof Error ? cause.message : String(cause)}; choose another folder`)
    return false
  }
}
