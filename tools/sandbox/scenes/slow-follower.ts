import type { PartitionView } from '../cluster-view'
import { noThrottledReplicas, noThrottleRates } from '../throttles'
import { roles } from '../topics'
import type { Scene } from './scene'

/** Enough for the window of Kafka's quota (11 x 1 s) to stay used up at a rate of 1 B/s. */
const feederRecordsPerSecond = 30

/**
 * Alive but late, without signals. A replication throttle acts on a follower only before its first fetch under a new leader
 * (or outside the ISR), and its quota must be kept used up by partitions that are still in step: the feeders. So the slow
 * broker gets a rate of 1 B/s, half of the partitions it follows get a new leader, and the other half gets traffic.
 * Seen on 4.4.0: evicted 11.6-14.9 s after the leader change at a lag window of 10 s.
 */
export const slowFollower: Scene = {
  name: 'slow-follower',
  summary: 'a follower is alive but throttled: its lag grows and it is evicted by time (11-15 s)',
  needs: 'any',
  play: async ({ sandbox, broker, say, flow, undo }) => {
    const { admin } = sandbox
    const slow = broker(3)
    const topic = roles.slow
    const { partitions } = await admin.view()
    const { moved, feeders } = choose(
      partitions.filter((row) => row.topic === topic),
      slow,
    )
    undo(async () => {
      await admin.alterBroker(slow, noThrottleRates)
      await admin.alterTopic(topic, noThrottledReplicas)
    })
    const listed = [...moved, ...feeders].map(({ partition }) => `${partition}:${slow}`).join(',')
    await admin.alterTopic(topic, { 'follower.replication.throttled.replicas': listed })
    await admin.alterBroker(slow, { 'follower.replication.throttled.rate': '1' })
    for (const { partition } of feeders) {
      flow({ topic, partitions: [partition], recordsPerSecond: feederRecordsPerSecond, recordBytes: 1000, acks: 1 })
    }
    for (const { partition } of moved)
      flow({ topic, partitions: [partition], recordsPerSecond: 40, recordBytes: 300, acks: 1 })
    await admin.reassign(moved.map((row) => ({ topic, partition: row.partition, replicas: handedOver(row, slow) })))
    await admin.electPreferred(moved)
    const names = moved.map(({ partition }) => partition).join(', ')
    say(`Broker ${slow} stands still on ${topic} partitions ${names}. It leaves their ISR in 11-15 s and stays alive.`)
  },
}

/** Half of the partitions that the slow broker follows in step change their leader, at least one; the rest are feeders. */
function choose(rows: readonly PartitionView[], slow: number): { moved: PartitionView[]; feeders: PartitionView[] } {
  const followed = rows.filter(
    ({ leader, isr }) => leader >= 0 && leader !== slow && isr.includes(slow) && isr.length > 2,
  )
  if (followed.length < 2) throw new Error(`Broker ${slow} follows fewer than two partitions in step: heal first`)
  const half = Math.max(1, Math.floor(followed.length / 2))
  return { moved: followed.slice(0, half), feeders: followed.slice(half) }
}

/** The other follower first, so that a preferred election makes it the leader; the slow one stays last. */
function handedOver({ replicas, leader }: PartitionView, slow: number): number[] {
  const heirs = replicas.filter((id) => id !== leader && id !== slow)
  return [...heirs, leader, slow]
}
