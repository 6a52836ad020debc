import { roles } from '../topics'
import type { Scene } from './scene'

export const offlinePartition: Scene = {
  name: 'offline-partition',
  summary: 'the broker with the only replicas of a topic dies: partitions without a leader',
  needs: 'any',
  play: async ({ sandbox, say }) => {
    const lonely = sandbox.topics.find(({ name }) => name === roles.lonely)
    const holder = lonely?.assignment[0]?.[0]
    if (holder === undefined) throw new Error(`This sandbox has no topic ${roles.lonely}`)
    await sandbox.cluster.kill(holder)
    say(
      `Broker ${holder} is dead and held the only replicas of ${roles.lonely}: offline in about 9 s, the rest stays live.`,
    )
  },
}
