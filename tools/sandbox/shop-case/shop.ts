import { until } from '../until'
import type { Sandbox } from '../sandbox'

/** One partition, so that one broker's death decides over every order. */
export const SHOP_TOPIC = 'shop.orders'
export const SHOP_PARTITION = 0

/** What a shop ends up with that wants its writes never refused: a leader alone may acknowledge, and any replica may lead. */
export const unsafeSettings = { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' } as const
export const safeSettings = { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' } as const

/** Makes the shop's topic with its unsafe settings, once: one that is there keeps its settings, so that it can be made safe in between. */
export async function prepareShop({ cluster, admin }: Sandbox): Promise<void> {
  const brokers = cluster.brokers().map(({ id }) => id)
  if (brokers.length < 3) throw new Error('The shop case needs three brokers')
  if ((await admin.views()).some(({ partitions }) => partitions.some(({ topic }) => topic === SHOP_TOPIC))) return
  await admin.createTopics([{ name: SHOP_TOPIC, assignment: [brokers.slice(0, 3)], configs: unsafeSettings }])
  await until(`${SHOP_TOPIC} to be in sync`, 60_000, async () => {
    return (
      (await admin.views()).every((view) =>
        view.partitions.some(({ topic, isr }) => topic === SHOP_TOPIC && isr.length === 3),
      ) || null
    )
  })
}
