import { PortError } from '../../src-main/ports/cluster-port'
import type { BrokerLink } from '../../src-main/ports/cluster-port'

/** Of a broker that is well, however busy the machine. */
const WELL_MS = 20_000
const BYTES = 1_000_000

/** Everything that Highwater asks a broker beside Metadata and offsets, of one topic with records in its first partition. */
const questions = {
  settings: (link, topic) =>
    link.configs([{ type: 'topic', name: topic }], null, WELL_MS, { synonyms: true, docs: true }),
  'broker settings': (link) =>
    link.configs([{ type: 'broker', name: String(link.address.id) }], null, WELL_MS, { synonyms: true }),
  sizes: (link, topic) => link.sizes([{ topic, partitions: [0, 1, 2] }], WELL_MS),
  'failed directories': (link) => link.failedLogDirs(WELL_MS),
  groups: (link) => link.groups(WELL_MS),
  records: (link, topic) => link.sample(topic, 0, 0, BYTES, WELL_MS),
  'ends of epochs': (link, topic) => link.epochEnds([{ topic, partition: 0, epoch: 0 }], WELL_MS),
  'rights on the topic': (link, topic) => link.operations([topic], WELL_MS),
  'rights on the cluster': (link) => link.clusterOperations(WELL_MS),
  reassignments: (link) => link.reassignments(WELL_MS),
  quorum: (link) => link.quorum(WELL_MS),
  producers: (link, topic) => link.producers([{ topic, partitions: [0] }], WELL_MS),
  elr: (link, topic) => link.elr([topic], WELL_MS),
} as const satisfies Record<string, (link: BrokerLink, topic: string) => Promise<unknown>>

export type Question = keyof typeof questions
const names = Object.keys(questions) as Question[]

/** What became of each: 'told', 'unknown' where the broker does not know the question, else what it said. */
export async function askEverything(link: BrokerLink, topic: string): Promise<Readonly<Record<string, string>>> {
  const outcome = (name: Question): Promise<string> =>
    questions[name](link, topic).then(
      () => 'told',
      (cause: unknown) =>
        cause instanceof PortError && cause.kind === 'unsupported'
          ? 'unknown'
          : cause instanceof Error
            ? cause.message
            : String(cause),
    )
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await outcome(name)] as const)))
}

/** The same, where nothing but `unknown` is not known. */
export const allTold = (unknown: readonly Question[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, unknown.includes(name) ? 'unknown' : 'told']))
