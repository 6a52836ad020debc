import { cancelled, abortable } from '../change/links/abortable'
import type { Asking, PlanRow } from '../change/plan/facts/asking'
import { collect } from '../change/plan/facts/chunks'
import { closedTopics } from '../change/plan/facts/closed-topics'
import { leaderOffsets } from '../change/plan/facts/leader-offsets'
import { perBroker } from '../change/plan/facts/per-broker'
import { errorReason, lacks } from '../change/plan/facts/reason'
import { OWN_TOPICS } from '../domain/audit/facts'
import type { TopicWriters, Writers } from '../domain/audit/facts'
import { recordsWithoutId } from '../domain/audit/writers'
import type { RememberedProducer } from '../domain/audit/writers'
import type { Reading } from '../domain/topology/reading'
import { wait } from '../ports/clock'
import { isAuthorizationError } from '../shared/kafka-codes'
import type { Phrase } from '../shared/words/phrase'

/** In one audit. What the audit says of itself (words/audit-texts.ts) names this and the span. */
export const MOST_PARTITIONS = 500
/** A partition may have thousands of producers. */
const PARTITIONS_PER_QUESTION = 50
const QUESTION_MS = 4_000
const SPAN_MS = 1_000

type Row = PlanRow & { readonly at: number }

/** Partitions with a leader, spread over the topics: of each as many, of too many topics some, evenly. Of one topic in a row. */
export function partitionsToLookAt({ topology, leader }: Reading, most: number): PlanRow[] {
  const topics = [...topology.topicNames.keys()].filter((topic) => !OWN_TOPICS.includes(topology.topicNames[topic]!))
  const step = Math.max(1, topics.length / most)
  const chosen = Array.from({ length: Math.min(most, topics.length) }, (_, at) => topics[Math.floor(at * step)]!)
  const ofEach = Math.floor(most / chosen.length)
  return chosen.flatMap((topic) => {
    const rows: PlanRow[] = []
    for (let row = topology.topicStart[topic]!; row < topology.topicStart[topic + 1]! && rows.length < ofEach; row += 1)
      if (leader[row]! >= 0)
        rows.push({
          topic,
          name: topology.topicNames[topic]!,
          partition: topology.partition[row]!,
          leader: leader[row]!,
          replicas: [],
        })
    return rows
  })
}

type Producers = readonly RememberedProducer[]

/** By index of the row; `refuse` is told why one is missing. */
async function producersOf(
  asking: Asking,
  rows: readonly Row[],
  refuse: (name: string, why: Phrase) => void,
): Promise<ReadonlyMap<number, Producers>> {
  const found = new Map<number, Producers>()
  const byLeader = new Map<number, Row[]>()
  for (const row of rows) collect(byLeader, row.leader, row)
  const { failures } = await perBroker(asking, byLeader.keys(), 'read', async (ask, broker) => {
    const led = byLeader.get(broker)!
    for (let from = 0; from < led.length; from += PARTITIONS_PER_QUESTION) {
      await asking.breathe()
      const chunk = led.slice(from, from + PARTITIONS_PER_QUESTION)
      const byTopic = new Map<string, number[]>()
      for (const { name, partition } of chunk) collect(byTopic, name, partition)
      const asked = Array.from(byTopic, ([topic, partitions]) => ({ topic, partitions }))
      const places = new Map(chunk.map(({ name, partition, at }) => [`${name}/${partition}`, at]))
      for (const one of await ask((link) => link.producers(asked, QUESTION_MS))) {
        const at = places.get(`${one.topic}/${one.partition}`)
        if (at === undefined) continue
        if (one.error === 0) found.set(at, one.producers)
        else refuse(one.topic, isAuthorizationError(one.error) ? lacks('read') : errorReason(one.error))
      }
    }
  })
  for (const [broker, why] of failures) for (const { name } of byLeader.get(broker)!) refuse(name, why)
  return found
}

const NOTHING: TopicWriters = { written: 0, uncounted: 0, records: 0, partition: -1 }

/**
 * Who writes to some partitions, by two looks that are a second apart: producers and then the end of the log, the end and then the producers (domain/audit/writers.ts
 * has why). Rejects only when cancelled: what was not told has its reason.
 */
export async function readWriters(asking: Asking, reading: Reading): Promise<Writers> {
  const { clock, signal } = asking
  const untold = new Map<string, Phrase>()
  const refuse = (name: string, why: Phrase): void => {
    if (!untold.has(name)) untold.set(name, why)
  }
  const chosen = partitionsToLookAt(reading, MOST_PARTITIONS)
  const names = [...new Set(chosen.map(({ name }) => name))]
  const closed = await closedTopics(asking, names)
  for (const name of closed) refuse(name, lacks('read'))
  const rows = chosen.filter(({ name }) => !closed.has(name)).map((row, at): Row => ({ ...row, at }))
  const before = await producersOf(asking, rows, refuse)
  const began = clock.now()
  const start = await leaderOffsets(asking, rows, 'log-end')
  await abortable(wait(clock, SPAN_MS), signal)
  const end = await leaderOffsets(asking, rows, 'log-end')
  const readAt = clock.now()
  const grown = rows.filter(({ at }) => before.has(at) && end.offset[at] !== start.offset[at])
  const after = await producersOf(asking, grown, refuse)
  if (signal?.aborted === true) throw cancelled()
  const topics = new Map<string, TopicWriters>()
  for (const { name, topic, at } of rows)
    for (const why of [...start.missing.of(topic), ...end.missing.of(topic)])
      if (Number.isNaN(end.offset[at]! - start.offset[at]!)) refuse(name, why)
  for (const { name, partition, at } of grown) {
    const producers = after.get(at)
    // Why is said already.
    if (producers === undefined || Number.isNaN(end.offset[at]! - start.offset[at]!)) continue
    const seen = topics.get(name) ?? NOTHING
    const records = recordsWithoutId(
      { logEndOffset: start.offset[at]!, producers: before.get(at)! },
      { logEndOffset: end.offset[at]!, producers },
    )
    topics.set(name, {
      written: seen.written + (Number.isNaN(records) ? 0 : 1),
      uncounted: seen.uncounted + (Number.isNaN(records) ? 1 : 0),
      records: seen.records + (records > 0 ? records : 0),
      partition: seen.partition < 0 && records > 0 ? partition : seen.partition,
    })
  }
  return { looked: rows.length, spanMs: readAt - began, readAt, topics, untold }
}
