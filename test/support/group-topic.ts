import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'

/** The consumer group's own topic comes a few seconds after the others; from then on nothing moves by itself. */
export const groupTopic = ({ admin }: Sandbox): Promise<true> =>
  until('the topic of consumer offsets', 120_000, async () => {
    return (
      (await admin.views()).every(({ partitions }) => {
        const own = partitions.filter(({ topic }) => topic === '__consumer_offsets')
        return own.length > 0 && own.every(({ isr, replicas, leader }) => leader >= 0 && isr.length === replicas.length)
      }) || null
    )
  })
