import { writeRecords } from '../records'
import { noThrottledReplicas, noThrottleRates } from '../throttles'
import { fiveRoles } from '../topics'
import type { Scene } from './scene'

/** Of each partition, so that there is something to move. */
const MEGABYTES = 4
/** Of the throttle, in bytes a second and broker: minutes for what there is. */
const RATE = 50_000

export const reassign: Scene = {
  name: 'reassign',
  summary: `${fiveRoles.moved} moves to other brokers under a replication throttle, for minutes`,
  needs: 'five',
  play: async ({ sandbox: { admin, cluster }, say, undo }) => {
    const topic = fiveRoles.moved
    const ids = cluster.brokers().map(({ id }) => id)
    const rows = (await admin.view()).partitions.filter((row) => row.topic === topic)
    for (const { partition } of rows)
      await writeRecords(cluster, { topic, partition, count: MEGABYTES * 100, bytes: 10_000, perBatch: 50 })
    const moves = rows.map(({ partition, replicas }) => ({
      topic,
      partition,
      from: replicas,
      replicas: ids.filter((id) => !replicas.includes(id)).slice(-replicas.length),
    }))
    undo(async () => {
      for (const id of ids) await admin.alterBroker(id, noThrottleRates)
      await admin.alterTopic(topic, noThrottledReplicas)
    })
    const listed = (of: 'from' | 'replicas'): string =>
      moves.flatMap((move) => move[of].map((id) => `${move.partition}:${id}`)).join(',')
    await admin.alterTopic(topic, {
      'leader.replication.throttled.replicas': listed('from'),
      'follower.replication.throttled.replicas': listed('replicas'),
    })
    for (const id of ids)
      await admin.alterBroker(id, {
        'leader.replication.throttled.rate': String(RATE),
        'follower.replication.throttled.rate': String(RATE),
      })
    await admin.reassign(moves)
    const text = moves.map(({ partition, from, replicas }) => `${partition} from ${from.join()} to ${replicas.join()}`)
    say(`${topic} moves: partition ${text.join('; ')}, at ${RATE / 1000} KB/s a broker. Heal cancels it.`)
  },
}
