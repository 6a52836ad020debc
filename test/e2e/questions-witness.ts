/** What the brokers themselves say to a question: their Metadata, settings and log ends, read past the product and judged here once more. */
import { logEndOffset, until } from '../../tools/sandbox'
import type { RunningSandbox } from './fixture'

export interface Row {
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export const rowsOf = async ({ admin }: RunningSandbox, broker?: number): Promise<readonly Row[]> =>
  (await admin.view(broker)).partitions

export const rowOf = async (
  sandbox: RunningSandbox,
  topic: string,
  partition: number,
  broker?: number,
): Promise<Row> => {
  const found = (await rowsOf(sandbox, broker)).find((row) => row.topic === topic && row.partition === partition)
  if (found === undefined) throw new Error(`No broker tells of ${topic} / ${partition}`)
  return found
}

export interface Needs {
  readonly minIsr: ReadonlyMap<string, number>
}

/** `min.insync.replicas` in force, by topic. */
export async function needsOf(sandbox: RunningSandbox): Promise<Needs> {
  const minIsr = new Map<string, number>()
  for (const topic of new Set((await rowsOf(sandbox)).map((row) => row.topic)))
    minIsr.set(topic, Number((await sandbox.admin.describeTopic(topic)).get('min.insync.replicas')?.value))
  return { minIsr }
}

/** From 3.7 a value above the replication factor acts as the replication factor (KIP-966). */
const asked = ({ minIsr }: Needs, { topic, replicas }: Row): number => Math.min(minIsr.get(topic) ?? 1, replicas.length)

export const refuses = (needs: Needs, row: Row): boolean => row.leader >= 0 && row.isr.length < asked(needs, row)

export interface Stop {
  /** Partitions by topic. */
  readonly offline: ReadonlyMap<string, number>
  readonly refuses: ReadonlyMap<string, number>
}

/** Of a clean cluster: whoever is left of the ISR leads, and fewer than min ISR refuse. */
export function stopOf(rows: readonly Row[], needs: Needs, broker: number): Stop {
  const offline = new Map<string, number>()
  const refusing = new Map<string, number>()
  const count = (into: Map<string, number>, { topic }: Row): unknown => into.set(topic, (into.get(topic) ?? 0) + 1)
  for (const row of rows.filter(({ replicas }) => replicas.includes(broker))) {
    const left = row.isr.filter((id) => id !== broker)
    if (left.length === 0) count(offline, row)
    else if (!refuses(needs, row) && left.length < asked(needs, row)) count(refusing, row)
  }
  return { offline, refuses: refusing }
}

export const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, n) => all + n, 0)

/** A replica's log end, by that broker's own word. */
export function endAt({ cluster }: RunningSandbox, broker: number, topic: string, partition: number): Promise<number> {
  const port = cluster.brokers().find(({ id }) => id === broker)?.port ?? 0
  return until(`the log end of broker ${broker}`, 30_000, () => logEndOffset(port, topic, partition))
}

/** Records `follower` is behind its leader: leader first, so that it is never more than it was. */
export async function behindOf(
  sandbox: RunningSandbox,
  topic: string,
  partition: number,
  follower: number,
): Promise<number> {
  const { leader } = await rowOf(sandbox, topic, partition)
  const end = await endAt(sandbox, leader, topic, partition)
  return end - (await endAt(sandbox, follower, topic, partition))
}
