/**
 * One sandbox cluster for all files of this process, lent to one after the other: a start costs as much as many a file. Whoever needs settings of its
 * own, or Kafka's usual time until a broker is fenced, starts its own.
 */
import { furnish, healthy, reviveNodes, startCluster, until } from '../../tools/sandbox'
import type { Cluster, Furniture, Sandbox } from '../../tools/sandbox'
import { noThrottleRates } from '../../tools/sandbox/throttles'

/** Half of what Kafka gives a silent broker (9 s): what follows a fence is tested on this cluster, and not how long one takes. */
export const fencesSoon = { 'broker.session.timeout.ms': '4500', 'broker.heartbeat.interval.ms': '1000' } as const

let running: Promise<Cluster> | null = null

/** A sandbox with nothing on it but these topics. Its `close` gives it back as it was, or ends it where that cannot be done, and says so. */
export async function borrowSandbox(furniture: Furniture): Promise<Sandbox> {
  running ??= startCluster({ label: 'shared', overrides: fencesSoon })
  const cluster = await running.catch((cause: unknown) => {
    running = null
    throw cause
  })
  const end = async (cause: unknown): Promise<never> => {
    running = null
    await cluster.close()
    throw cause
  }
  const sandbox = await furnish(cluster, furniture).catch(end)
  return {
    ...sandbox,
    close: async () => {
      await sandbox.close()
      await clear(sandbox).catch(end)
    },
  }
}

/** Every node runs, no topic is left, and every broker says so. */
async function clear({ cluster, admin }: Sandbox): Promise<void> {
  await reviveNodes({ cluster }, () => {})
  for (const { id } of cluster.brokers()) await admin.alterBroker(id, noThrottleRates)
  const names = new Set((await admin.views()).flatMap(({ partitions }) => partitions.map(({ topic }) => topic)))
  await Promise.all([...names].map((name) => admin.deleteTopic(name)))
  await until('the sandbox to be as it was', 120_000, () => healthy(cluster, admin, []))
}
