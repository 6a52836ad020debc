import { describe, expect, it } from 'vitest'
import {
  NEXT_WAITS_FOR_BROKER,
  NEXT_WAITS_FOR_LOG_DIR,
  OFFLINE,
  UNDER_REPLICATED,
} from '../../../../src-main/shared/states'
import { survivorsOf } from '../../../../src-main/domain/forecast/survivors'
import { Presences } from '../../../../src-main/domain/state/presences'
import { summaryOf } from '../../../support/summary-of'
import { broker, factsOf, judge, readingOfPartitions, START, THREE_BROKERS } from '../../../support/columns'
import type { PartitionRow } from '../../../support/columns'
import type { BrokerAddress } from '../../../../src-main/domain/topology/columns'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'

const RF3 = [1, 2, 3]
/** Six partitions that lost their copy on a disk of broker 2, and two that stayed. */
const failedOn2 = (leaders: readonly number[] = [1, 3]): PartitionRow[] => [
  ...Array.from({ length: 6 }, (_, i) => ({
    replicas: RF3,
    leader: leaders[i % leaders.length]!,
    isr: [1, 3],
    offline: [2],
  })),
  { replicas: RF3 },
  { replicas: RF3 },
]

/** As brokers answer: the replica itself is refused with KAFKA_STORAGE_ERROR. */
function readingOn2(rows: readonly PartitionRow[], brokers: readonly BrokerAddress[] = THREE_BROKERS): WritableReading {
  const reading = readingOfPartitions(rows, 1, [...brokers])
  reading.topology.replicaBroker.forEach((id, replica) => {
    if (id === 2 && reading.replicaFlags[replica] === 2) reading.logEndOffset[replica] = NaN
  })
  return reading
}

/** findings K11.2 */
describe('a log directory that failed on a broker that runs', () => {
  it('is told of its broker, and blames neither its process nor a leader', () => {
    const summary = summaryOf(readingOn2(failedOn2()), { failedFolders: new Map([[2, ['/data/b']]]) })
    expect(
      summary.brokers.map(({ id, offlineReplicas, failedFolders }) => [id, offlineReplicas, failedFolders]),
    ).toEqual([
      [1, 0, []],
      [2, 6, ['/data/b']],
      [3, 0, []],
    ])
    expect(summary.headline.culprit).toBeNull()
    expect(summary.headline).toMatchObject({ level: 'trouble', underReplicated: { atLeast: 6, complete: true } })
    // Nobody knows when a disk comes back.
    expect(summary.headline.healedAt).toBeNaN()
  })

  it('two of them, with one leader of all: the leader is not to blame', () => {
    const rows = [
      ...Array.from({ length: 4 }, () => ({ replicas: [1, 2], leader: 1, isr: [1], offline: [2] })),
      ...Array.from({ length: 4 }, () => ({ replicas: [1, 3], leader: 1, isr: [1], offline: [3] })),
    ]
    expect(summaryOf(readingOn2(rows)).headline.culprit).toBeNull()
  })

  it('leaves other trouble its own cause', () => {
    const reading = readingOn2([
      ...failedOn2([1]),
      ...Array.from({ length: 5 }, () => ({ replicas: RF3, leader: 1, isr: [1, 2] })),
    ])
    expect(summaryOf(reading).headline.culprit).toMatchObject({ kind: 'follower-broker', broker: 3, behind: 5 })
  })

  it.each<[string, Parameters<typeof summaryOf>[1], readonly number[]]>([
    ['does not answer', { facts: factsOf(RF3, { 2: START - 1 }) }, [1, 2, 3]],
    ['is not listed', {}, [1, 3]],
  ])('is no word for a broker that %s: its replicas are offline with it', (_, how, listed) => {
    const reading = readingOn2(
      failedOn2(),
      listed.map((id) => broker(id)),
    )
    expect(summaryOf(reading, how).brokers.find(({ id }) => id === 2)?.offlineReplicas).toBe(0)
  })

  it.each<[string, PartitionRow, number, number]>([
    ['out of the ISR', { replicas: RF3, leader: 1, isr: [1, 3], offline: [2] }, UNDER_REPLICATED, 2],
    ['the only copy', { replicas: [2], leader: -1, isr: [2], offline: [2] }, OFFLINE, 2],
    ['the last of the ISR', { replicas: RF3, leader: -1, isr: [2], offline: [2] }, OFFLINE, 2],
  ])('what happens next: %s waits for it, not for the broker', (_, row, state, awaited) => {
    const { next, nextBroker, state: judged } = judge(readingOn2([row]))
    expect([judged[0], next[0], nextBroker[0]]).toEqual([state, NEXT_WAITS_FOR_LOG_DIR, awaited])
    const silent = judge(readingOn2([row]), { facts: factsOf(RF3, { 2: START - 1 }) })
    expect(silent.next[0]).toBe(NEXT_WAITS_FOR_BROKER)
  })

  it('is what an offline partition names to be tried first', () => {
    const row = { replicas: RF3, leader: -1, isr: [], offline: [2] }
    const reading = readingOn2([row])
    reading.lastKnownLeader[0] = 2
    expect(survivorsOf(reading, new Presences(factsOf(RF3)), 0)).toMatchObject({ awaited: 2, awaitsLogDir: true })
    expect(survivorsOf(reading, new Presences(factsOf(RF3, { 2: START })), 0)).toMatchObject({
      awaited: 2,
      awaitsLogDir: false,
    })
  })
})
