import type { Cluster } from '../cluster'
import { logEndOffset } from '../offsets'
import { writeRecords } from '../records'
import { fiveRoles } from '../topics'
import { until } from '../until'
import type { Scene } from './scene'

/** Acknowledged by the leader alone. */
const RECORDS = 500
/** Fencing takes 9 s after the last heartbeat, more on a busy machine. */
const FENCED_WITHIN_MS = 60_000

/** The accident of the shop case in small: the follower stands still, the leader goes on alone and dies, and the follower leads without what it missed. */
export const unclean: Scene = {
  name: 'unclean',
  summary: `${fiveRoles.lossy} elects a leader that missed acknowledged records: they are gone (20-25 s)`,
  needs: 'five',
  play: async ({ sandbox: { admin, cluster }, say }) => {
    const topic = fiveRoles.lossy
    const rowAt = async (broker: number) => (await admin.view(broker)).partitions.find((row) => row.topic === topic)
    const row = (await admin.view()).partitions.find((one) => one.topic === topic)
    const follower = row?.replicas.find((id) => id !== row.leader)
    const hurt = cluster.brokers().some(({ state }) => state !== 'running')
    if (row === undefined || follower === undefined || hurt || row.isr.length < row.replicas.length)
      throw new Error(`${topic} is not in full health: heal first`)
    const { leader, leaderEpoch } = row
    await cluster.freeze(follower)
    say(`Broker ${follower} stands still; in about 9 s broker ${leader} is alone in the ISR of ${topic}.`)
    await until(`broker ${leader} to be alone`, FENCED_WITHIN_MS, async () => {
      return (await rowAt(leader))?.isr.join() === String(leader) || null
    })
    await writeRecords(cluster, { topic, count: RECORDS })
    const had = await endAt(cluster, leader, topic)
    await cluster.kill(leader)
    await cluster.thaw(follower)
    const has = await endAt(cluster, follower, topic)
    say(`Broker ${leader} is dead with ${had} records, broker ${follower} is back with ${has}; in about 9 s it leads.`)
    await until(`broker ${follower} to lead`, FENCED_WITHIN_MS, async () => {
      const now = await rowAt(follower)
      return (now?.leader === follower && now.leaderEpoch > leaderEpoch) || null
    })
    say(`Broker ${follower} leads from offset ${has}: ${had - has} records that were acknowledged are gone.`)
  },
}

const endAt = (cluster: Cluster, id: number, topic: string): Promise<number> => {
  const port = cluster.brokers().find((broker) => broker.id === id)?.port ?? 0
  return until(`the log end of broker ${id}`, 10_000, () => logEndOffset(port, topic, 0))
}
