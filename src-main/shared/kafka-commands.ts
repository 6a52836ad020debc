/**
 * The kafka-….sh line that answers the same question as a page. `--topic` of kafka-topics.sh is a regular expression,
 * so dots of a name are escaped there and nowhere else (TopicCommand, IncludeList).
 */
import type { ToolAccess } from './shell-words'
import { shellWord, toolLine } from './shell-words'

const exactPattern = (topic: string): string => topic.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `words` for each of these topics: a line each, or one loop over all of them. */
export function alterTopics(
  access: ToolAccess,
  names: readonly string[],
  words: readonly string[],
  loop: boolean,
): readonly string[] {
  const alter = (name: string): string =>
    toolLine('kafka-configs.sh', access, ['--alter', '--entity-type', 'topics', '--entity-name', name, ...words])
  if (!loop || names.length === 1) return names.map(alter)
  const each = alter('TOPIC').replace('--entity-name TOPIC', '--entity-name "$topic"')
  return [`for topic in ${names.map(shellWord).join(' ')}; do ${each}; done`]
}

export interface Commands {
  /** Partitions in trouble. */
  board(): string
  topics(): string
  /** Replicas and ISR, and on the next line the settings with their sources. */
  topic(name: string): string
  partition(topic: string, partition: number): string
  /** Settings of one topic, and of all of them. */
  topicConfig(name: string): string
  allTopicConfigs(): string
  brokers(): string
  broker(id: number): string
  /** Takes settings away that were set on one broker alone. */
  resetBroker(id: number, keys: readonly string[]): string
  /** Its log directories, with what failed. */
  logDirs(id: number): string
  /** The controllers: who leads, and who follows how far behind. */
  quorum(): string
  /** For an administrator: gives this login's user, USER, the right to read the quorum. */
  grantDescribe(): string
}

export function commandsFor(access: ToolAccess): Commands {
  const line = (tool: string, ...words: string[]): string => toolLine(tool, access, words)
  const describeTopic = (name: string): string => line('kafka-topics.sh', '--describe', '--topic', exactPattern(name))
  const describeSettings = (kind: 'topics' | 'brokers', name: string): string =>
    line('kafka-configs.sh', '--describe', '--entity-type', kind, '--entity-name', name, '--all')
  return {
    board: () => line('kafka-topics.sh', '--describe', '--under-replicated-partitions'),
    topics: () => line('kafka-topics.sh', '--describe'),
    topic: (name) => `${describeTopic(name)}\n${describeSettings('topics', name)}`,
    // Lines read "Topic: NAME Partition: N Leader: …": the fourth word is the number.
    partition: (topic, partition) => `${describeTopic(topic)} | awk '$3 == "Partition:" && $4 == ${partition}'`,
    topicConfig: (name) => describeSettings('topics', name),
    // --all takes no names: each topic's own overrides are what it can list for all of them.
    allTopicConfigs: () => line('kafka-configs.sh', '--describe', '--entity-type', 'topics'),
    brokers: () => `${line('kafka-broker-api-versions.sh')} | grep ' (id: '`,
    broker: (id) => describeSettings('brokers', String(id)),
    resetBroker: (id, keys) =>
      line(
        'kafka-configs.sh',
        '--alter',
        ...['--entity-type', 'brokers', '--entity-name', String(id)],
        ...['--delete-config', keys.join(',')],
      ),
    logDirs: (id) => line('kafka-log-dirs.sh', '--describe', '--broker-list', String(id)),
    quorum: () =>
      ['--status', '--replication'].map((what) => line('kafka-metadata-quorum.sh', 'describe', what)).join('\n'),
    grantDescribe: () =>
      line('kafka-acls.sh', '--add', '--allow-principal', 'User:USER', '--operation', 'Describe', '--cluster'),
  }
}
