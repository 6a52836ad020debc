import { randomBytes } from 'node:crypto'
import type { PartitionView } from '../cluster-view'
import type { Sandbox } from '../sandbox'
import { until } from '../until'
import { readOrders, sendOrders } from './orders'
import { SHOP_TOPIC } from './shop'

/** Orders of this accident alone; earlier ones in the topic do not count. */
export interface AccidentCounts {
  readonly acknowledged: number
  readonly refused: number
  /** Acknowledged ones that can still be read; the rest is `lost`. */
  readonly readable: number
  readonly lost: number
}

const ORDERS_BEFORE = 1000
const ORDERS_ALONE = 500
/** Fencing takes 9 s after the last heartbeat, more on a busy machine. */
const FENCING_LIMIT_MS = 120_000
/** An election comes with the fencing that makes it necessary; what is not there by then does not come. */
const ELECTION_LIMIT_MS = 15_000

/**
 * A leader dies while its followers stand still: orders, both followers frozen until the leader is alone in the ISR, more orders, the leader
 * killed, the followers thawed. Ends with the leader dead (heal brings it back) unless nobody may take over, then it is brought back to be read.
 * Seen on 4.4.0: with min ISR 1 and unclean election 500 of 1,500 acknowledged records are gone; with min ISR 2 and without it none.
 */
export async function playAccident(sandbox: Sandbox, say: (text: string) => void): Promise<AccidentCounts> {
  const { cluster, admin } = sandbox
  const start = shopPartition((await admin.view()).partitions)
  const hurt = cluster.brokers().some(({ state }) => state !== 'running')
  const unhealed = hurt || start.leader !== start.replicas[0] || start.isr.length !== start.replicas.length
  if (unhealed) throw new Error(`${SHOP_TOPIC} is not in full health: heal first`)
  const [leader = -1, ...followers] = start.replicas
  const port = (id: number): number => cluster.brokers().find((broker) => broker.id === id)?.port ?? 0
  const run = randomBytes(4).toString('hex')
  const ids = (from: number, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `order ${run} ${from + index}`)

  const acknowledged = await sendOrders(port(leader), ids(0, ORDERS_BEFORE))
  say(`${figure(acknowledged.length)} of ${figure(ORDERS_BEFORE)} orders are acknowledged by all three brokers.`)
  for (const id of followers) await cluster.freeze(id)
  say(`Brokers ${followers.join(' and ')} stand still; in about 9 s broker ${leader} is alone in the ISR.`)
  await until(`broker ${leader} to be alone in the ISR`, FENCING_LIMIT_MS, async () => {
    return shopPartition((await admin.view(leader)).partitions).isr.join() === String(leader) || null
  })
  const alone = await sendOrders(port(leader), ids(ORDERS_BEFORE, ORDERS_ALONE))
  acknowledged.push(...alone)
  say(
    `Of ${figure(ORDERS_ALONE)} more, broker ${leader} acknowledges ${figure(alone.length)} and refuses ${figure(ORDERS_ALONE - alone.length)}.`,
  )
  await cluster.kill(leader)
  for (const id of followers) await cluster.thaw(id)
  say(`Broker ${leader} is dead, brokers ${followers.join(' and ')} are back; in about 9 s one of them has to lead.`)
  const heir = await successor(sandbox, { dead: leader, witness: followers[0] ?? -1, epoch: start.leaderEpoch, say })
  say(`Broker ${heir} leads.`)

  const stored = await readOrders(port(heir))
  const readable = acknowledged.filter((id) => stored.has(id)).length
  const counts = {
    acknowledged: acknowledged.length,
    refused: ORDERS_BEFORE + ORDERS_ALONE - acknowledged.length,
    readable,
    lost: acknowledged.length - readable,
  }
  say(closingLine(counts))
  return counts
}

/** `acknowledged 1,500, readable 1,000, lost 500`, with the refused ones where there are any. */
export function closingLine({ acknowledged, refused, readable, lost }: AccidentCounts): string {
  const refusals = refused > 0 ? `refused ${figure(refused)}, ` : ''
  return `acknowledged ${figure(acknowledged)}, ${refusals}readable ${figure(readable)}, lost ${figure(lost)}`
}

interface Succession {
  readonly dead: number
  readonly witness: number
  /** Leader epoch before the accident: a thawed broker tells its old view for a moment. */
  readonly epoch: number
  readonly say: (text: string) => void
}

async function successor({ cluster, admin }: Sandbox, { dead, witness, epoch, say }: Succession): Promise<number> {
  const elected = async (): Promise<number | null> => {
    const { leader, leaderEpoch } = shopPartition((await admin.view(witness)).partitions)
    return leaderEpoch > epoch && leader >= 0 ? leader : null
  }
  await until(`broker ${dead} to be fenced`, FENCING_LIMIT_MS, async () => {
    return (await elected()) !== null || !(await admin.view(witness)).brokers.includes(dead) || null
  })
  try {
    return await until('a new leader', ELECTION_LIMIT_MS, elected)
  } catch {
    // Before eligible leader replicas (KIP-966, on from 4.1) the followers are not known to be complete, and the topic waits for the dead one.
    say(`Nobody may lead: ${SHOP_TOPIC} is offline until broker ${dead} is back.`)
    await cluster.restart(dead)
    return until('a leader after the return', FENCING_LIMIT_MS, elected)
  }
}

function shopPartition(partitions: readonly PartitionView[]): PartitionView {
  const found = partitions.find(({ topic }) => topic === SHOP_TOPIC)
  if (!found) throw new Error(`There is no topic ${SHOP_TOPIC}`)
  return found
}

const figure = (count: number): string => count.toLocaleString('en-US')
