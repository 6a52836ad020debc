import { PhraseSet } from '../../../shared/words/distinct'
import type { Phrase } from '../../../shared/words/phrase'
import type { Deletable, Fact, GroupLoss } from '../guards/guard'
import type { GroupOffsets } from '../../../ports/cluster-port'
import { askAny, isSilence } from '../../links/ask'
import type { Asking, TopicAsked } from './asking'
import { inQuestions, type PartitionsAsked } from './chunks'
import { perBroker } from './per-broker'
import { evidence, listLacks, reasonOf } from './reason'
import { Reasons } from './reasons'
import { AclOperation, mayDo } from '../../../shared/acl-operations'

export const MOST_GROUPS = 500
export const GROUPS_MS = 20_000
const QUESTION_MS = 4_000
const DELETABLE_UNREAD: Phrase = { id: 'why.deletable-unread', args: {} }

/** What becomes deletable, by topic index and partition; only rows with records in them. */
type Losing = ReadonlyMap<number, ReadonlyMap<number, Deletable>>

async function losingOf(asking: Asking, deletables: ReadonlyMap<number, Fact<readonly Deletable[]>>): Promise<Losing> {
  const losing = new Map<number, ReadonlyMap<number, Deletable>>()
  for (const [topic, fact] of deletables) {
    await asking.breathe()
    const rows = fact.known ? fact.value.filter(({ records }) => records > 0) : []
    if (rows.length > 0) losing.set(topic, new Map(rows.map((row) => [row.partition, row])))
  }
  return losing
}

async function questionsOf(
  asking: Asking,
  topics: ReadonlyMap<number, TopicAsked>,
  losing: Losing,
): Promise<readonly PartitionsAsked[]> {
  const rows: { readonly name: string; readonly partition: number }[] = []
  for (const [topic, parts] of losing) {
    await asking.breathe()
    const name = topics.get(topic)!.topic
    for (const partition of parts.keys()) rows.push({ name, partition })
  }
  return inQuestions(rows)
}

/** What a group that has committed `offset` would not have read; 0 = nothing. What is deleted already is not lost by this change. */
export const unreadOf = (offset: number, { from, records }: Deletable): number =>
  Math.max(0, from - Math.max(offset, from - records))

/**
 * Why groups may be missing from the lists; null = none is. ListGroups leaves out what the login may not describe and gives no error; who may describe
 * the cluster is shown them all (KafkaApis.handleListGroupsRequest).
 */
async function whyShorter({ links, signal }: Asking): Promise<Phrase | null> {
  try {
    const operations = await askAny(links, (link) => link.clusterOperations(QUESTION_MS), signal)
    if (operations === null) return { id: 'why.list-untold', args: {} }
    return mayDo(operations, AclOperation.DESCRIBE) ? null : listLacks('cluster')
  } catch (error) {
    if (signal?.aborted === true) throw error
    return { id: 'why.list-failed', args: { text: evidence(error) } }
  }
}

/**
 * Groups whose next record lies in what becomes deletable. Asks every broker for the groups it coordinates and each for how far it is in those
 * partitions alone; of a share group a part of what lies behind its first record may be done with, so that its figure is an upper bound. Rejects only
 * when cancelled.
 */
export async function groups(
  asking: Asking,
  brokers: readonly number[],
  topics: ReadonlyMap<number, TopicAsked>,
  deletables: ReadonlyMap<number, Fact<readonly Deletable[]>>,
): Promise<Map<number, Fact<readonly GroupLoss[]>>> {
  const { clock } = asking
  const until = clock.now() + GROUPS_MS
  const losing = await losingOf(asking, deletables)
  const losses = new Map<number, GroupLoss[]>([...topics.keys()].map((topic) => [topic, []]))
  const places = new Map([...topics].map(([topic, asked]) => [asked.topic, topic]))
  const everywhere = new PhraseSet()
  const take = (group: string, { partitions }: GroupOffsets): void => {
    for (const { topic, partition, offset } of partitions) {
      const place = places.get(topic) ?? -1
      const row = losing.get(place)?.get(partition)
      const unreadRecords = row === undefined ? 0 : unreadOf(offset, row)
      if (unreadRecords > 0) losses.get(place)!.push({ group, partition, unreadRecords })
    }
  }
  if (losing.size > 0) {
    const questions = await questionsOf(asking, topics, losing)
    const shorter = await whyShorter(asking)
    if (shorter !== null) everywhere.add(shorter)
    let asked = 0
    const { failures } = await perBroker(asking, brokers, 'group', async (ask, broker) => {
      const { groups: listed } = await ask((link) => link.groups(QUESTION_MS))
      for (const group of listed) {
        asked += 1
        if (asked > MOST_GROUPS) {
          everywhere.add({ id: 'why.many-groups', args: { most: { unit: 'count', value: MOST_GROUPS } } })
          return
        }
        if (clock.now() >= until) {
          everywhere.add({ id: 'why.groups-late', args: { within: { unit: 'ms', value: GROUPS_MS } } })
          return
        }
        await asking.breathe()
        try {
          for (const question of questions)
            take(group.id, await ask((link) => link.groupOffsets(group, question, QUESTION_MS)))
        } catch (error) {
          // One group that is refused says nothing about the next; a broker that hangs does.
          if (isSilence(error) || asking.signal?.aborted === true) throw error
          everywhere.add({ id: 'why.of-group', args: { group: group.id, why: reasonOf(error, broker, 'group') } })
        }
      }
    })
    everywhere.add(...failures.values())
  }
  return factsOf(topics, deletables, losing, losses, everywhere.values(), clock.now())
}

function factsOf(
  topics: ReadonlyMap<number, TopicAsked>,
  deletables: ReadonlyMap<number, Fact<readonly Deletable[]>>,
  losing: Losing,
  losses: ReadonlyMap<number, readonly GroupLoss[]>,
  everywhere: readonly Phrase[],
  readAt: number,
): Map<number, Fact<readonly GroupLoss[]>> {
  const reasons = new Reasons()
  for (const topic of topics.keys()) {
    const fact = deletables.get(topic)
    // Without knowing what becomes deletable nobody can say who would miss it.
    if (fact?.known !== true) reasons.add(topic, ...(fact?.reasons ?? [DELETABLE_UNREAD]))
    else reasons.add(topic, ...(fact.missing ?? []))
    if (losing.has(topic)) reasons.add(topic, ...everywhere)
  }
  return new Map([...losses].map(([topic, value]) => [topic, reasons.fact(topic, value, value.length > 0, readAt)]))
}
