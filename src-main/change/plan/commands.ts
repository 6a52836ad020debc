/** The kafka-….sh lines that would do the same, ready to paste into a POSIX shell. */
import type { ElectionItem, PlanItem } from '../../contract/change'
import { alterTopics } from '../../shared/kafka-commands'
import { PROPERTIES_FILE, quoted, toolLine } from '../../shared/shell-words'
import type { ToolAccess } from '../../shared/shell-words'
import { HIDDEN } from '../../shared/hidden-value'
import type { Phrase } from '../../shared/words/phrase'

const MOST_LINES = 20

/**
 * kafka-configs.sh splits --add-config at every `,` and each part at every `=`, unless they stand in square brackets, and then takes all square brackets
 * out of the value (ConfigCommand.parseConfigsToBeAdded, tried with 4.3.1).
 */
const assignment = (key: string, value: string): string => `${key}=${/[,=]/.test(value) ? `[${value}]` : value}`

/** Why there is no line that would do the same; null = there is one. A line that does something else is worse than none. */
function whyNoLine(items: readonly PlanItem[]): Phrase | null {
  const hidden = items.find(({ after }) => after.override === HIDDEN)
  if (hidden !== undefined) return { id: 'commands.hidden', args: { key: hidden.key } }
  const cut = items.find(({ after }) => after.override !== null && /[[\]\n]/.test(after.override))
  return cut === undefined ? null : { id: 'commands.brackets', args: { key: cut.key } }
}

export interface Commands {
  readonly lines: readonly string[]
  /** Why there are none. */
  readonly why: Phrase | null
}

function options(items: readonly PlanItem[]): string[] {
  const set = items.flatMap(({ key, after }) => (after.override === null ? [] : [assignment(key, after.override)]))
  const removed = items.flatMap(({ key, after }) => (after.override === null ? [key] : []))
  return [
    ...(set.length === 0 ? [] : ['--add-config', set.join(',')]),
    ...(removed.length === 0 ? [] : ['--delete-config', removed.join(',')]),
  ]
}

/** The same by hand, or why it cannot be said in a line. One line per topic; topics with the very same options beyond the first 20 share a loop. */
export function configCommands(
  access: ToolAccess,
  topics: readonly string[],
  byTopic: readonly (readonly PlanItem[])[],
): Commands {
  const why = whyNoLine(byTopic.flat())
  if (why !== null) return { lines: [], why }
  const groups = new Map<string, { readonly words: readonly string[]; readonly names: string[] }>()
  topics.forEach((topic, row) => {
    const words = options(byTopic[row]!)
    const group = groups.get(words.join('\n'))
    if (group === undefined) groups.set(words.join('\n'), { words, names: [topic] })
    else group.names.push(topic)
  })
  const loop = topics.length > MOST_LINES
  const lines = [...groups.values()].flatMap(({ words, names }) => alterTopics(access, names, words, loop))
  return { lines, why: null }
}

/** kafka-leader-election.sh with the partitions in a JSON file. */
export function electionCommands(access: ToolAccess, items: readonly ElectionItem[]): string[] {
  const partitions = items.filter(({ fate }) => fate === 'moves').map(({ topic, partition }) => ({ topic, partition }))
  if (partitions.length === 0) return []
  const words = ['--election-type', 'preferred', '--path-to-json-file', 'partitions.json']
  // The tool has its own name for the properties file (LeaderElectionCommand).
  const properties = access.secured ? ['--admin.config', PROPERTIES_FILE] : []
  return [
    `echo ${quoted(JSON.stringify({ partitions }))} > partitions.json`,
    toolLine('kafka-leader-election.sh', { ...access, secured: false }, [...words, ...properties]),
  ]
}
