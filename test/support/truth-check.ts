import type { Witness } from '../../tools/sandbox'
import { until } from '../../tools/sandbox'
import { findPartition, findReplica } from '../../src-main/domain/topology/topology'
import type { Recorder, Statement } from './truth-recorder'

/** Metadata of two brokers differs for up to 40 ms after a change and 100 ms after a thaw, several times that on a busy machine; the rest is our own interval. */
const SPREAD_MS = 1_000
/** Java's clock has whole milliseconds, and so has the recorder's. */
const CLOCK_MS = 2
/** A leader change is in the brokers' metadata and then in a picture of ours after this long. */
const SETTLED_MS = 2_000
/** A follower asks its new leader, and drops what it must, this long after metadata names it; a second and more on a busy machine. */
const FOLLOWS_WITHIN_MS = 5_000

export interface Round {
  readonly partitions: number
  /** Left out of those: what the brokers said was no longer so after the pictures. */
  readonly passing: number
  readonly logEndOffsets: number
  /** Of those, unchanged between the bracketing readings: compared for exact equality. */
  readonly exact: number
  readonly lags: number
  readonly highWatermarks: number
  /** Replicas of which their broker has no log, a failed directory for one: LEO and lag were said to be unknown. */
  readonly withoutLog: number
  readonly disagreements: readonly string[]
  /** Lag statements whose stated bound was checked: largest error stated. */
  readonly largestError: number
}

type Leos = Awaited<ReturnType<Witness['replicaLogEndOffsets']>>

interface Sample {
  readonly value: number
  readonly sentAt: number
  readonly readAt: number
}

function samplesOf(statements: readonly Statement[], topic: string, partition: number, broker: number): Sample[] {
  const samples: Sample[] = []
  for (const { topology, logEndOffset, sentAt, readAt } of statements) {
    const row = findPartition(topology, topic, partition)
    const replica = row < 0 ? -1 : findReplica(topology, row, broker)
    if (replica < 0 || samples.at(-1)?.sentAt === sentAt[replica]) continue
    if (!Number.isNaN(logEndOffset[replica]!))
      samples.push({ value: logEndOffset[replica]!, sentAt: sentAt[replica]!, readAt: readAt[replica]! })
  }
  return samples
}

const before = (samples: readonly Sample[], at: number): Sample | undefined =>
  samples.filter(({ readAt }) => readAt <= at - CLOCK_MS).at(-1)
const after = (samples: readonly Sample[], at: number): Sample | undefined =>
  samples.find(({ sentAt }) => sentAt >= at + CLOCK_MS)

type Described = Awaited<ReturnType<Witness['describeTopics']>>[number]
const nameOf = ({ topic, partition }: Described): string => `${topic}-${partition}`
const seenOf = ({ leader, isr, replicas }: Described): string =>
  `leader ${leader} ISR ${[...isr].sort((a, b) => a - b).join('+')} replicas ${replicas.join()}`

/**
 * Leader, ISR and replicas: the witness must have seen what some picture around that moment says. An ISR that shrinks or grows in steps has been, between two pictures, what
 * none of them shows (seen under load: full, without one, without two, within a second): so what no picture says is held against us only where the brokers still say it
 * after all those pictures.
 */
async function comparePartitions(
  recorder: Recorder,
  witness: Witness,
  disagreements: string[],
): Promise<Pick<Round, 'partitions' | 'passing'>> {
  const from = Date.now()
  const rows = await witness.describeTopics()
  const to = Date.now()
  await until('a picture after the witness', 60_000, () => recorder.newest().metadataAt > to + SPREAD_MS || null, 50)
  const first = recorder.statements.findLastIndex(({ metadataAt }) => metadataAt < from - SPREAD_MS)
  const last = recorder.statements.findIndex(({ metadataAt }) => metadataAt > to + SPREAD_MS)
  const around = recorder.statements.slice(Math.max(0, first), last + 1)
  const unsaid = new Map<string, string>()
  for (const one of rows) {
    const { topic, partition } = one
    const seen = seenOf(one)
    const said = new Set(
      around.map(({ topology, leader, isr }) => {
        const row = findPartition(topology, topic, partition)
        if (row < 0) return 'not there'
        const assigned = Array.from(
          topology.replicaBroker.slice(topology.replicaStart[row], topology.replicaStart[row + 1]),
        )
        return `leader ${leader[row]} ISR ${isr[row]} replicas ${assigned.join()}`
      }),
    )
    if (!said.has(seen)) unsaid.set(nameOf(one), `brokers say ${seen}; we said ${[...said].join(' | ')}`)
  }
  const later = unsaid.size === 0 ? [] : await witness.describeTopics()
  const still = new Map(later.map((one) => [nameOf(one), seenOf(one)]))
  const passing = rows.filter((one) => unsaid.has(nameOf(one)) && still.get(nameOf(one)) !== seenOf(one))
  for (const one of passing) unsaid.delete(nameOf(one))
  for (const [name, what] of unsaid) disagreements.push(`${name}: ${what}`)
  const known = new Set(rows.map(nameOf))
  for (const [row, partition] of recorder.newest().topology.partition.entries()) {
    const { topology } = recorder.newest()
    const name = `${topology.topicNames[topology.topicIndex[row]!]!}-${partition}`
    if (!known.has(name)) disagreements.push(`${name}: the brokers do not have it`)
  }
  return { partitions: rows.length - passing.length, passing: passing.length }
}

/** One leader all the time: around a change a follower drops what the old leader alone had (KIP-101), and high watermarks start over. */
function ledByOne(
  statements: readonly Statement[],
  topic: string,
  partition: number,
  from: number,
  to: number,
): boolean {
  const around = statements.filter(
    ({ metadataAt }) => metadataAt >= from - FOLLOWS_WITHIN_MS && metadataAt <= to + SETTLED_MS,
  )
  return new Set(around.map((one) => one.leader[findPartition(one.topology, topic, partition)])).size <= 1
}

/** LEOs only grow (truncation is looked for apart), so the witness's figure must lie between our reading before it and ours after it. */
function compareLogEndOffsets(
  statements: readonly Statement[],
  leos: Leos,
  disagreements: string[],
): { compared: number; exact: number } {
  let compared = 0
  let exact = 0
  for (const { topic, partition, broker, logEndOffset, takenFromMs, takenToMs } of leos) {
    const samples = samplesOf(statements, topic, partition, broker)
    const low = before(samples, takenFromMs)
    const high = after(samples, takenToMs)
    if (low === undefined || high === undefined || low.value > high.value) continue
    if (!ledByOne(statements, topic, partition, low.readAt, high.sentAt)) continue
    compared += 1
    if (low.value === high.value) exact += 1
    if (logEndOffset >= low.value && logEndOffset <= high.value) continue
    disagreements.push(
      `${topic}-${partition} LEO on ${broker}: broker says ${logEndOffset}; we read ${low.value} before and ${high.value} after`,
    )
  }
  return { compared, exact }
}

/**
 * Lag: two sweeps of the witness, leader first in the one and follower first in the other sense, bound the true lag at every moment between them;
 * each of our statements of that time must hold within the bound it states itself.
 */
function compareLags(
  statements: readonly Statement[],
  a: Leos,
  b: Leos,
  disagreements: string[],
): { lags: number; largestError: number } {
  const between = statements.filter(({ sentAt, readAt }) => sentAt.length > 0 && readAt.length > 0)
  const byKey = (leos: Leos) => new Map(leos.map((one) => [`${one.topic}/${one.partition}/${one.broker}`, one]))
  const sweepA = byKey(a)
  const sweepB = byKey(b)
  let lags = 0
  let largestError = 0
  for (const one of between) {
    const { topology } = one
    for (let replica = 0; replica < topology.replicaBroker.length; replica += 1) {
      const row = topology.replicaPartition[replica]!
      const leader = one.leader[row]!
      const broker = topology.replicaBroker[replica]!
      const lag = one.lagRecords[replica]!
      if (
        broker === leader ||
        leader < 0 ||
        Number.isNaN(lag) ||
        one.silent.includes(broker) ||
        one.silent.includes(leader)
      )
        continue
      const name = `${topology.topicNames[topology.topicIndex[row]!]!}/${topology.partition[row]}`
      const [followerA, leaderA] = [sweepA.get(`${name}/${broker}`), sweepA.get(`${name}/${leader}`)]
      const [followerB, leaderB] = [sweepB.get(`${name}/${broker}`), sweepB.get(`${name}/${leader}`)]
      if (followerA === undefined || leaderA === undefined || followerB === undefined || leaderB === undefined) continue
      const leaderRow = findReplica(topology, row, leader)
      const startedAt = Math.max(followerA.takenToMs, leaderA.takenToMs) + CLOCK_MS
      const endedAt = Math.min(followerB.takenFromMs, leaderB.takenFromMs) - CLOCK_MS
      const inside =
        one.sentAt[replica]! >= startedAt &&
        one.readAt[leaderRow]! <= endedAt &&
        one.sentAt[leaderRow]! >= one.readAt[replica]!
      if (
        !inside ||
        !ledByOne(
          statements,
          topology.topicNames[topology.topicIndex[row]!]!,
          topology.partition[row]!,
          startedAt,
          endedAt,
        )
      )
        continue
      const atLeast = leaderA.logEndOffset - followerB.logEndOffset
      const atMost = leaderB.logEndOffset - followerA.logEndOffset
      const error = Number.isNaN(one.lagError[row]!) ? 0 : one.lagError[row]!
      lags += 1
      largestError = Math.max(largestError, error)
      if (lag >= atLeast && lag - error <= atMost) continue
      disagreements.push(
        `${name} lag of ${broker}: brokers say ${atLeast} to ${atMost}; we said ${lag} (at most ${error} too high)`,
      )
    }
  }
  return { lags, largestError }
}

function compareHighWatermarks(
  statements: readonly Statement[],
  marks: Awaited<ReturnType<Witness['highWatermarks']>>,
  disagreements: string[],
): number {
  let compared = 0
  for (const { topic, partition, highWatermark, takenFromMs, takenToMs } of marks) {
    const samples: Sample[] = []
    for (const one of statements) {
      const row = findPartition(one.topology, topic, partition)
      if (row < 0 || Number.isNaN(one.highWatermark[row]!)) continue
      const sentAt = one.highWatermarkReadAt[row]!
      // The answer came before the picture was published; that is all a statement knows.
      if (samples.at(-1)?.sentAt !== sentAt)
        samples.push({ value: one.highWatermark[row]!, sentAt, readAt: one.publishedAt })
    }
    const low = before(samples, takenFromMs)
    const high = after(samples, takenToMs)
    if (low === undefined || high === undefined || low.value > high.value) continue
    if (!ledByOne(statements, topic, partition, low.readAt, high.sentAt)) continue
    compared += 1
    if (highWatermark >= low.value && highWatermark <= high.value) continue
    disagreements.push(
      `${topic}-${partition} HW: broker says ${highWatermark}; we read ${low.value} before and ${high.value} after`,
    )
  }
  return compared
}

const keyAt = (
  { topicNames, topicIndex, partition, replicaPartition, replicaBroker }: Statement['topology'],
  at: number,
): string =>
  `${topicNames[topicIndex[replicaPartition[at]!]!]!}/${partition[replicaPartition[at]!]!}/${replicaBroker[at]!}`
const keysOf = (leos: Leos): ReadonlySet<string> =>
  new Set(leos.map(({ topic, partition, broker }) => `${topic}/${partition}/${broker}`))

/** Replicas that no broker has a log of, though theirs was asked both times. */
function withoutLog({ topology }: Statement, a: Leos, b: Leos): ReadonlySet<string> {
  const looks = [a, b].map((leos) => ({ asked: new Set(leos.map(({ broker }) => broker)), found: keysOf(leos) }))
  const rows = Array.from(topology.replicaBroker, (broker, at) => ({ broker, key: keyAt(topology, at) }))
  return new Set(
    rows.flatMap(({ broker, key }) =>
      looks.every(({ asked, found }) => asked.has(broker) && !found.has(key)) ? [key] : [],
    ),
  )
}

/** What still has to be read after `done`: every replica of a broker that answers. One without a log is refused, which leaves it unknown and has no time. */
function unreadSince(
  { topology, logEndOffset, sentAt, silent }: Statement,
  done: number,
  gone: ReadonlySet<string>,
): string[] {
  return Array.from(topology.replicaBroker, (broker, at) => {
    if (silent.includes(broker) || Number.isNaN(sentAt[at]!) || sentAt[at]! > done + CLOCK_MS) return ''
    return gone.has(keyAt(topology, at)) && Number.isNaN(logEndOffset[at]!) ? '' : keyAt(topology, at)
  }).filter((key) => key !== '')
}

/** Nobody can read what is not there: LEO and lag of it are unknown. A log that was made since is looked for once more. */
async function compareWithoutLog(
  { topology, logEndOffset, lagRecords, silent }: Statement,
  witness: Witness,
  gone: ReadonlySet<string>,
  disagreements: string[],
): Promise<number> {
  const rows = Array.from(topology.replicaBroker.keys()).filter(
    (at) => gone.has(keyAt(topology, at)) && !silent.includes(topology.replicaBroker[at]!),
  )
  const told = rows.filter((at) => !Number.isNaN(logEndOffset[at]!) || !Number.isNaN(lagRecords[at]!))
  if (told.length === 0) return rows.length
  const now = keysOf(await witness.replicaLogEndOffsets())
  for (const at of told) {
    const key = keyAt(topology, at)
    if (now.has(key)) continue
    disagreements.push(`${key}: its broker has no log of it; we said LEO ${logEndOffset[at]}, lag ${lagRecords[at]}`)
  }
  return rows.length - told.length
}

/** One full comparison of what the monitor says with the brokers' own word, everything bracketed in time. */
export async function compareOnce(recorder: Recorder, witness: Witness): Promise<Round> {
  const disagreements: string[] = []
  const began = Date.now()
  const sweepA = await witness.replicaLogEndOffsets()
  const { partitions, passing } = await comparePartitions(recorder, witness, disagreements)
  const marks = await witness.highWatermarks()
  const sweepB = await witness.replicaLogEndOffsets()
  const done = Date.now()
  const gone = withoutLog(recorder.newest(), sweepA, sweepB)
  const read = await until(
    'readings after the witness',
    60_000,
    () => {
      const newest = recorder.newest()
      if (newest.metadataAt < done + SETTLED_MS) throw new Error('no Metadata')
      const unread = unreadSince(newest, done, gone)
      if (unread.length > 0)
        throw new Error(`${unread.length} are of before, ${unread.slice(0, 6).join(' ')} among them`)
      return newest
    },
    50,
  )
  // What is older says nothing about this round, and looking through it takes time from the monitor.
  const statements = recorder.statements.filter(({ publishedAt }) => publishedAt >= began - 4 * FOLLOWS_WITHIN_MS)
  const first = compareLogEndOffsets(statements, sweepA, disagreements)
  const second = compareLogEndOffsets(statements, sweepB, disagreements)
  const { lags, largestError } = compareLags(statements, sweepA, sweepB, disagreements)
  const highWatermarks = compareHighWatermarks(statements, marks, disagreements)
  const unknown = await compareWithoutLog(read, witness, gone, disagreements)
  return {
    partitions,
    passing,
    logEndOffsets: first.compared + second.compared,
    exact: first.exact + second.exact,
    lags,
    largestError,
    highWatermarks,
    withoutLog: unknown,
    disagreements,
  }
}
