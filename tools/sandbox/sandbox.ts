import { startCluster } from './cluster'
import type { Cluster, ClusterOptions } from './cluster'
import type { NewTopic } from './create-topics'
import { rawAdmin } from './raw-admin'
import type { RawAdmin } from './raw-admin'
import { fiveRoles, fiveTopics, roles, sandboxTopics } from './topics'
import { startConsumerGroup, startTraffic } from './traffic'
import type { Traffic } from './traffic'
import { until } from './until'

/** A running cluster with everything that scenes need: topics, traffic and a way to change settings. */
export interface Sandbox {
  readonly cluster: Cluster
  readonly admin: RawAdmin
  readonly topics: readonly NewTopic[]
  readonly traffic: Traffic
  close(): Promise<void>
}

export interface Furniture {
  /** Default: topics of every shape. */
  readonly topics?: readonly NewTopic[]
  /** False: topics and no traffic, for tests that count records. */
  readonly steadyTraffic?: boolean
}

export interface SandboxOptions extends ClusterOptions, Furniture {
  /** Called as soon as the nodes are up, before there are topics: a window may connect from here on. */
  readonly onCluster?: (cluster: Cluster) => void
}

const steadyFlows = [
  { topic: roles.slow, recordsPerSecond: 60, inARow: 3 },
  { topic: roles.guarded, recordsPerSecond: 15 },
  // Most of what brokers do here is to store batches, however small.
  { topic: roles.busy, recordsPerSecond: 90, inARow: 6 },
  { topic: 'customer-profiles', recordsPerSecond: 5, keys: 50 },
  { topic: 'inventory.stock-levels', recordsPerSecond: 10 },
  { topic: roles.lonely, recordsPerSecond: 5 },
  { topic: fiveRoles.everywhere, recordsPerSecond: 15 },
  { topic: fiveRoles.lossy, recordsPerSecond: 10 },
  { topic: fiveRoles.team, recordsPerSecond: 5 },
] as const

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const report = options.onProgress ?? (() => {})
  const cluster = await startCluster(options)
  try {
    options.onCluster?.(cluster)
    report(`brokers answer at ${cluster.bootstrap}`)
    const sandbox = await furnish(cluster, options)
    report(`${sandbox.topics.length} topics are in sync`)
    return {
      ...sandbox,
      close: async () => {
        await sandbox.close()
        await cluster.close()
      },
    }
  } catch (error) {
    await cluster.close()
    throw error
  }
}

/** Topics and traffic on a cluster that runs; resolves when all are in sync. Its `close` ends the traffic and leaves the cluster running. */
export async function furnish(cluster: Cluster, { topics: given, steadyTraffic }: Furniture = {}): Promise<Sandbox> {
  const admin = rawAdmin(() => cluster.brokers(), cluster.zookeeper)
  const usual = cluster.shape.name === 'five' ? fiveTopics : sandboxTopics
  const topics = given ?? usual(cluster.brokers().map(({ id }) => id))
  await admin.createTopics(topics)
  await until('every partition to be in sync on every broker', 120_000, () => healthy(cluster, admin, topics))
  const traffic = startTraffic(cluster.bootstrap)
  let endGroup = (): Promise<void> => Promise.resolve()
  if (steadyTraffic !== false) {
    const known = new Set(topics.map(({ name }) => name))
    for (const flow of steadyFlows) if (known.has(flow.topic)) traffic.start(flow)
    // Joining takes a few seconds and nobody has to wait for it; a group that cannot join now tries again by itself.
    void startConsumerGroup(cluster.bootstrap, [roles.slow, roles.guarded]).then(
      (end) => (endGroup = end),
      () => {},
    )
  }
  const close = async (): Promise<void> => {
    await Promise.all([traffic.close(), endGroup()])
  }
  return { cluster, admin, topics, traffic, close }
}

/** True when all topics are there and every running broker itself says that every replica is in sync; null until then. */
export async function healthy(cluster: Cluster, admin: RawAdmin, topics: readonly NewTopic[]): Promise<true | null> {
  const wanted = new Set(topics.map(({ name }) => name))
  const running = cluster.brokers().filter(({ state }) => state === 'running')
  if (running.length < cluster.brokers().length) return null
  for (const view of await admin.views()) {
    const found = new Set(view.partitions.map(({ topic }) => topic))
    if (view.brokers.length < running.length || [...wanted].some((name) => !found.has(name))) return null
    if (view.partitions.some(({ leader, isr, replicas }) => leader < 0 || isr.length < replicas.length)) return null
  }
  return true
}
