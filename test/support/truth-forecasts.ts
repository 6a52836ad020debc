import type { Witness, WitnessPartition } from '../../tools/sandbox'
import { keyOf } from '../../tools/sandbox/cluster-view'
import { trafficClient } from '../../tools/sandbox/kafkajs-client'
import type { Tally } from '../../src-main/shared/tally'
import {
  AT_MIN_ISR,
  HEALTHY,
  LAGGING,
  NEXT_FENCED,
  NEXT_LEAVES_ISR,
  NEXT_ONE_LOSS_AWAY,
  NEXT_REFUSES_WRITES,
  OFFLINE,
  UNDER_MIN_ISR,
  UNDER_REPLICATED,
} from '../../src-main/shared/states'
import type { Statement } from './truth-recorder'

/** A countdown is told in pictures, which are this far apart at most, and Metadata tells what happened a little after it did. */
const EARLY_MS = 500
const LATE_MS = 3_000

/** What a stop of one broker is said to do, or what it did. */
export interface StopWord {
  readonly refuses: Tally
  readonly offline: Tally
}

/** Throws where the broker is not in the picture: nothing said would agree with anything. */
export function stopWord(one: Statement, broker: number): StopWord {
  const said = one.brokers.find(({ id }) => id === broker)
  if (said === undefined) throw new Error(`broker ${broker} is not in the picture`)
  return { refuses: said.stopRefuses, offline: said.stopOffline }
}

/** How every partition stands by the brokers' own word. */
export interface Standing {
  readonly offline: ReadonlySet<string>
  /** Led, and under min ISR by its leader's own gauge. */
  readonly refusing: ReadonlySet<string>
  /** Brokers whose gauges were read. */
  readonly asked: ReadonlySet<number>
}

export async function standing(witness: Witness): Promise<Standing> {
  const rows = await witness.describeTopics()
  const gauges = await witness.partitionGauges()
  const leaders = new Map(rows.map((row) => [keyOf(row), row.leader]))
  return {
    offline: new Set(rows.filter(({ leader }) => leader < 0).map(keyOf)),
    refusing: new Set(
      gauges.filter((gauge) => gauge.underMinIsr && leaders.get(keyOf(gauge)) === gauge.broker).map(keyOf),
    ),
    asked: new Set(gauges.map(({ broker }) => broker)),
  }
}

const sameKeys = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key))

export const sameStanding = (a: Standing, b: Standing): boolean =>
  sameKeys(a.offline, b.offline) && sameKeys(a.refusing, b.refusing) && sameKeys(a.asked, b.asked)

const nameOf = ({ topicNames, topicIndex, partition }: Names, row: number): string =>
  keyOf({ topic: topicNames[topicIndex[row]!]!, partition: partition[row]! })

/** What of a topology names a row. */
type Names = Pick<Statement['topology'], 'topicNames' | 'topicIndex' | 'partition'>

/** States that a picture told for certain, and where the brokers stood otherwise all around it. */
export interface JudgedStates {
  readonly told: number
  readonly saidWell: boolean
  readonly refuted: readonly string[]
}

/** `stood`: before the picture and after it. What is led by a broker that nobody could ask says nothing either way. */
export function judgeStates(
  {
    topology,
    state,
    leader,
    headline,
  }: Pick<Statement, 'state' | 'leader'> & {
    readonly topology: Names
    readonly headline: Pick<Statement['headline'], 'level'>
  },
  stood: Standing,
): JudgedStates {
  const refuted: string[] = []
  const saidWell = headline.level === 'well'
  if (saidWell && stood.offline.size + stood.refusing.size > 0)
    refuted.push(`"well", while ${[...stood.offline, ...stood.refusing].join(' ')} are not`)
  let told = 0
  for (let row = 0; row < state.length; row += 1) {
    const key = nameOf(topology, row)
    const is = stood.offline.has(key) ? 'offline' : stood.refusing.has(key) ? 'refusing' : 'accepting'
    if (is !== 'offline' && !stood.asked.has(leader[row]!)) continue
    const said = SAID.get(state[row]!)
    if (said === undefined) continue
    told += 1
    if (said !== is) refuted.push(`${key}: ${said} was said, it is ${is}`)
  }
  return { told, saidWell, refuted }
}

const beyond = (now: ReadonlySet<string>, before: ReadonlySet<string>): string[] =>
  [...now].filter((key) => !before.has(key))

/** Where what happened is not what was said; empty = the promise was kept. What was said of a part only has to be no more than what happened. */
export function brokenStop(said: StopWord, before: Standing, now: Standing): string[] {
  const offline = beyond(now.offline, before.offline)
  const refusing = beyond(now.refusing, before.refusing).filter((key) => !before.offline.has(key))
  const kept = ({ atLeast, complete }: Tally, happened: number): boolean =>
    complete ? happened === atLeast : happened >= atLeast
  return [
    kept(said.offline, offline.length)
      ? ''
      : `without a leader: ${said.offline.atLeast} were said, there are ${offline.join(' ')}`,
    kept(said.refuses, refusing.length)
      ? ''
      : `refuse acks=all: ${said.refuses.atLeast} were said, there are ${refusing.join(' ')}`,
  ].filter((line) => line !== '')
}

/** Where one record more does no harm: with a leader, and none of Kafka's own topics, whose coordinators a stranger's record breaks. */
export const writable = (rows: readonly WitnessPartition[]): WitnessPartition[] =>
  rows.filter(({ leader, topic }) => leader >= 0 && !topic.startsWith('__'))

/** Keys of the writable ones that refused a record with acks=all for their ISR. What fails in another way is a failure of the test. */
export async function refusedWrites(
  bootstrap: string,
  rows: readonly WitnessPartition[],
): Promise<ReadonlySet<string>> {
  const producer = trafficClient(bootstrap).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const refused = new Set<string>()
  try {
    for (const row of writable(rows)) {
      const messages = [{ key: 'probe', value: 'one record', partition: row.partition }]
      try {
        await producer.send({ topic: row.topic, acks: -1, messages })
      } catch (error) {
        if (!isRefusal(error)) throw error
        refused.add(keyOf(row))
      }
    }
  } finally {
    await producer.disconnect()
  }
  return refused
}

/** kafkajs wraps a broker's answer that it has tried again. */
function isRefusal(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('type' in at && typeof at.type === 'string' && at.type.startsWith('NOT_ENOUGH_REPLICAS')) return true
  return false
}

/** What each state says of acks=all; the unknown one says nothing, and one that is late or under-replicated has more in its ISR than it needs. */
const SAID: ReadonlyMap<number, 'offline' | 'refusing' | 'accepting'> = new Map([
  [OFFLINE, 'offline'],
  [UNDER_MIN_ISR, 'refusing'],
  [AT_MIN_ISR, 'accepting'],
  [UNDER_REPLICATED, 'accepting'],
  [LAGGING, 'accepting'],
  [HEALTHY, 'accepting'],
])

/** Countdowns to a departure from an ISR. */
export const LEAVING: readonly number[] = [NEXT_LEAVES_ISR, NEXT_ONE_LOSS_AWAY, NEXT_REFUSES_WRITES, NEXT_FENCED]

/** What a countdown is judged by. */
export type Told = Pick<
  Statement,
  'publishedAt' | 'metadataAt' | 'leader' | 'isr' | 'next' | 'nextBroker' | 'nextFrom' | 'nextTo'
> & {
  readonly topology: Names
}

const isMember = ({ isr }: Told, row: number, broker: number): boolean => isr[row]!.split('+').includes(String(broker))

/** Countdowns that ended, and how they were not kept. */
export interface Countdowns {
  readonly ended: number
  readonly broken: readonly string[]
}

/**
 * Every countdown to a departure from an ISR that stood in the last picture before one, from `from` on: the one it names must not have left, under the same leader, before it
 * could, and may not still be there long after it had to be over. `stalledMs`: how long this whole process stood still between two moments.
 */
export function judgeCountdowns(
  statements: readonly Told[],
  from: number,
  stalledMs: (from: number, to: number) => number = () => 0,
): Countdowns {
  const broken: string[] = []
  let ended = 0
  for (let at = 1; at < statements.length; at += 1) {
    const before = statements[at - 1]!
    const now = statements[at]!
    if (before.publishedAt < from || before.topology !== now.topology) continue
    for (let row = 0; row < before.next.length; row += 1) {
      if (!LEAVING.includes(before.next[row]!) || before.leader[row] !== now.leader[row]) continue
      const [earliest, latest] = [before.nextFrom[row]!, before.nextTo[row]!]
      if (Number.isNaN(earliest) || Number.isNaN(latest)) continue
      const broker = before.nextBroker[row]!
      const how = before.next[row] === NEXT_FENCED ? 'to be fenced' : 'late'
      const name = `${nameOf(before.topology, row)}: broker ${broker}, ${how}`
      if (isMember(before, row, broker) && !isMember(now, row, broker)) {
        ended += 1
        if (now.metadataAt < earliest - EARLY_MS)
          broken.push(`${name}, is gone ${Math.round(earliest - now.metadataAt)} ms before it could be`)
      } else if (
        LEAVING.includes(now.next[row]!) &&
        now.nextBroker[row] === broker &&
        now.nextTo[row] === latest &&
        now.metadataAt - stalledMs(latest, now.metadataAt) > latest + LATE_MS
      )
        broken.push(`${name}, is still there ${Math.round(now.metadataAt - latest)} ms after it had to be gone`)
    }
  }
  return { ended, broken: [...new Set(broken)] }
}
