import { OUTSIDE } from '../shape'
import { fiveRoles } from '../topics'
import { until } from '../until'
import type { Scene } from './scene'

export const listenerMissing: Scene = {
  name: 'listener-missing',
  summary: `all of ${fiveRoles.everywhere} is led by the broker that clients at the listener ${OUTSIDE.name} cannot see`,
  needs: 'five',
  play: async ({ sandbox: { admin, cluster }, say }) => {
    const topic = fiveRoles.everywhere
    const unseen = cluster.shape.brokers.findIndex(({ listeners }) => !listeners.includes(OUTSIDE)) + 1
    const rows = (await admin.view()).partitions.filter((row) => row.topic === topic)
    await admin.reassign(
      rows.map(({ partition, replicas }) => ({
        topic,
        partition,
        replicas: [unseen, ...replicas.filter((id) => id !== unseen)],
      })),
    )
    await admin.electPreferred(rows)
    await until(`broker ${unseen} to lead ${topic}`, 30_000, async () => {
      const views = await admin.views()
      const led = views.every(({ partitions }) =>
        partitions.every((row) => row.topic !== topic || row.leader === unseen),
      )
      return led || null
    })
    say(
      `Broker ${unseen} leads all of ${topic} and has no listener ${OUTSIDE.name}. Clients that come in at ${cluster.bootstrapOf(OUTSIDE)} ` +
        `do not see it and are told that ${topic} has no leader (error 72), while everything is in sync.`,
    )
  },
}
