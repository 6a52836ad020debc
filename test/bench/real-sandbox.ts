import { healthy, startSandbox, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import type { NewTopic } from '../../tools/sandbox/create-topics'
import { sandboxTopics } from '../../tools/sandbox/topics'

const BROKERS = [1, 2, 3]
const PER_TOPIC = 100

/** The sandbox's own topics (with traffic) and quiet ones, until there are about `partitions` of replication factor 3. */
export async function sandboxOf(partitions: number): Promise<Sandbox> {
  const own = sandboxTopics(BROKERS)
  const missing = partitions - own.reduce((sum, topic) => sum + topic.assignment.length, 0)
  const quiet = Array.from({ length: Math.max(0, Math.ceil(missing / PER_TOPIC)) }, (_, t): NewTopic => ({
    name: `quiet-${String(t).padStart(3, '0')}`,
    assignment: Array.from({ length: Math.min(PER_TOPIC, missing - t * PER_TOPIC) }, (_unused, p) =>
      [0, 1, 2].map((i) => BROKERS[(t + p + i) % 3] ?? 1),
    ),
    configs: { 'min.insync.replicas': '2' },
  }))
  const sandbox = await startSandbox({ topics: own })
  // One topic a request: a single one for thousands of partitions outlasts the request timeout on two cores.
  for (const topic of quiet) await sandbox.admin.createTopics([topic])
  await until(
    'every partition in sync',
    120_000,
    () => healthy(sandbox.cluster, sandbox.admin, [...own, ...quiet]),
    500,
  )
  return sandbox
}
