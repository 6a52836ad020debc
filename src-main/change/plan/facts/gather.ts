import type { Reading } from '../../../domain/topology/reading'
import { PortError } from '../../../ports/cluster-port'
import { cancelled } from '../../links/abortable'
import { breather } from '../../../ports/slices'
import type { Deletable, Fact, GroupLoss, GuardFacts, PartitionFacts, TopicFacts } from '../guards/guard'
import type { Asking, GatherInput, TopicAsked } from './asking'
import { brokerSays } from './broker-says'
import { reassignments, throttleRates } from './cluster-facts'
import { deletable } from './deletable'
import { disks } from './disks'
import { elr, type ShortIsr } from './elr'
import { groups } from './groups'
import { offlineOf, partitionsOf } from './partitions'
import { PlanRows } from './plan-rows'
import { produceRate } from './produce-rate'
import { sample } from './sample'
import { sizes, type Sizes } from './sizes'
import { KafkaError } from '../../../shared/kafka-codes'

export type { GatherInput, TopicAsked }

/** Facts of the topics that need them, by index into the plan's topics. */
type ByTopic<T> = ReadonlyMap<number, Fact<T>>

const NOT_ASKED: Fact<never> = { known: false, reasons: [{ id: 'why.not-asked', args: {} }] }
/** Kinds of facts that are gathered one after another or side by side: what the progress counts. */
const STEPS = 10

interface Laid {
  readonly internal: readonly boolean[]
  readonly partitions: readonly (readonly PartitionFacts[])[]
}

/** The plan's topics out of the reading, each in one go, as the reading is written to while we breathe. */
async function layOut(asking: Asking, reading: Reading, topics: readonly TopicAsked[]): Promise<Laid> {
  const internal: boolean[] = []
  const partitions: PartitionFacts[][] = []
  for (const { topic } of topics) {
    await asking.breathe()
    const found = partitionsOf(reading, topic)
    if (found === null)
      throw new PortError(
        'not-found',
        'kafka',
        `${topic} is not in the newest reading of the cluster`,
        KafkaError.UNKNOWN_TOPIC_OR_PARTITION,
      )
    internal.push(found.internal)
    partitions.push(found.partitions)
  }
  return { internal, partitions }
}

function counted({ onProgress }: GatherInput): <T>(work: Promise<T>) => Promise<T> {
  let done = 0
  return async (work) => {
    const value = await work
    done += 1
    onProgress?.(done, STEPS)
    return value
  }
}

/** What belongs together: who misses records depends on what becomes deletable, and that on how large the logs are. */
async function retained(
  asking: Asking,
  plan: PlanRows,
  brokers: readonly number[],
  step: ReturnType<typeof counted>,
): Promise<{
  readonly sizes: Sizes
  readonly deletable: ByTopic<readonly Deletable[]>
  readonly groups: ByTopic<readonly GroupLoss[]>
}> {
  const bytes = await step(sizes(asking, await plan.rows(plan.needing('sizes', 'deletable', 'groups'))))
  const chosen = plan.needing('deletable', 'groups')
  const asked = plan.asked(chosen)
  const gone = await step(deletable(asking, asked, await plan.rows(chosen), bytes))
  const missed = await step(groups(asking, brokers, asked, gone))
  return { sizes: bytes, deletable: gone, groups: missed }
}

const valuesOf = ({ settings }: TopicAsked): TopicFacts['config'] =>
  new Map(settings.values.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const])))

/**
 * Everything the rules need to know about a plan. Each fact is known with its time, known in part, or not known with the reason; a silent broker or a
 * missing right never makes it reject. Rejects with a PortError when nothing was read of the cluster yet, a topic is not in its newest reading
 * ('not-found'), or when cancelled. Asks nothing that no topic needs.
 */
export async function gatherFacts(input: GatherInput): Promise<GuardFacts> {
  const { cluster, links, clock, topics, signal } = input
  const reading = cluster.reading()
  if (reading === null) throw new PortError('unreachable', 'closed', 'nothing was read of this cluster yet')
  const asking: Asking = { cluster, links, clock, signal, answering: new Set(links.ids()), breathe: breather(clock) }
  const now = clock.now()
  const { metadataAt } = reading
  const brokers = reading.brokers.map(({ id }) => id)
  const offline = offlineOf(reading)
  const { internal, partitions } = await layOut(asking, reading, topics)
  const plan = new PlanRows(asking, topics, partitions)
  const step = counted(input)
  const rated = plan.needing('produceRate')
  const short = new Map(
    plan.needing('elr').map((at): [number, ShortIsr] => [
      at,
      {
        topic: topics[at]!.topic,
        partitions: partitions[at]!.flatMap(({ partition, isr, replicas }) =>
          isr.length < replicas.length ? [partition] : [],
        ),
      },
    ]),
  )
  const [kept, room, samples, rates, moves, throttles, elrs, says] = await Promise.all([
    retained(asking, plan, brokers, step),
    step(plan.rows(plan.needing('disks')).then((rows) => disks(asking, rows))),
    step(plan.byTopic(plan.needing('sample')).then((rows) => sample(asking, rows))),
    step(
      rated.length === 0
        ? Promise.resolve(new Map<number, Fact<number>>())
        : plan.rows(rated).then((rows) => produceRate(asking, rows)),
    ),
    step<GuardFacts['reassignments']>(
      plan.needing('reassignments').length === 0 ? Promise.resolve(NOT_ASKED) : reassignments(asking),
    ),
    step<GuardFacts['throttleRates']>(
      plan.needing('throttleRates').length === 0 ? Promise.resolve(NOT_ASKED) : throttleRates(asking, brokers),
    ),
    step(elr(asking, short, metadataAt)),
    step<GuardFacts['brokerSays']>(
      plan.needing('brokerSays').length === 0
        ? Promise.resolve(new Map<string, ReadonlyMap<number, string>>())
        : brokerSays(links, links.ids(), signal),
    ),
  ])
  if (signal?.aborted === true) throw cancelled()
  const of = <T>(facts: ByTopic<T>, topic: number): Fact<T> => facts.get(topic) ?? NOT_ASKED
  return {
    now,
    metadataAt,
    offline,
    reassignments: moves,
    throttleRates: throttles,
    brokerSays: says,
    version: cluster.settings().version,
    elrOn: cluster.elr(),
    answering: asking.answering,
    topics: topics.map((asked, at) => ({
      topic: asked.topic,
      changes: asked.changes,
      internal: internal[at]!,
      partitions: partitions[at]!,
      config: valuesOf(asked),
      toldBy: asked.settings.broker,
      sizes: of(kept.sizes, at),
      disks: of(room, at),
      deletable: of(kept.deletable, at),
      groups: of(kept.groups, at),
      sample: of(samples, at),
      produceRate: of(rates, at),
      elr: of(elrs, at),
    })),
  }
}
