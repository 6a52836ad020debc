import type { Fact, GuardFacts } from '../guards/guard'
import { PhraseSet } from '../../../shared/words/distinct'
import { abortable } from '../../links/abortable'
import type { Asking } from './asking'
import { perBroker } from './per-broker'
import { lacks, reasonOf } from './reason'

const REASSIGNMENTS_MS = 3_000
const CONFIGS_MS = 4_000
const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate']

/**
 * Running reassignments of the whole cluster. Forwarded to the controller: its silence says nothing about the broker that was asked. In ZooKeeper mode
 * only the controller itself tells them.
 */
export async function reassignments({ cluster, links, clock, signal }: Asking): Promise<GuardFacts['reassignments']> {
  if (links.denied('reassignments')) return { known: false, reasons: [lacks('cluster')] }
  let broker = cluster.controller()
  try {
    const link = await (broker >= 0 ? links.at(broker, signal) : links.any(signal))
    broker = link.address.id
    const { partitions } = await abortable(link.reassignments(REASSIGNMENTS_MS), signal)
    return { known: true, value: partitions.map(({ topic, partition }) => ({ topic, partition })), readAt: clock.now() }
  } catch (error) {
    if (signal?.aborted === true) throw error
    return { known: false, reasons: [reasonOf(error, broker, 'cluster')] }
  }
}

/** The lower of a broker's two rates, bytes per second; NaN = it has none. Kafka's default is the largest int64, which is no limit. */
const lowest = (values: readonly (string | null)[]): number =>
  values.reduce((low, value) => {
    const rate = value === null || value === '' ? Number.NaN : Number(value)
    return rate < Number.MAX_SAFE_INTEGER && !(rate >= low) ? rate : low
  }, Number.NaN)

/** Replication throttle rates of every listed broker, asked at itself (another one refuses). */
export async function throttleRates(asking: Asking, brokers: readonly number[]): Promise<GuardFacts['throttleRates']> {
  const { answers, failures } = await perBroker(asking, brokers, 'settings', async (ask, broker) => {
    const [answer] = await ask((link) => link.configs([{ type: 'broker', name: String(broker) }], RATES, CONFIGS_MS))
    if (answer === undefined || answer.error !== 0) return null
    return lowest(answer.entries.map((entry) => entry.value))
  })
  const why = new PhraseSet()
  why.add(...failures.values())
  if ([...answers.values()].includes(null)) why.add(lacks('settings'))
  const missing = why.values()
  const rates = new Map(
    [...answers].flatMap(([broker, rate]) => (rate === null || Number.isNaN(rate) ? [] : [[broker, rate] as const])),
  )
  if (missing.length > 0 && rates.size === 0) return { known: false, reasons: missing }
  return { known: true, value: rates, readAt: asking.clock.now(), ...(missing.length === 0 ? {} : { missing }) }
}

const REBALANCE = 'auto.leader.rebalance.enable'

/**
 * Whether leaders go back to their preferred replicas by themselves: auto.leader.rebalance.enable of every listed broker, known where they all tell the
 * same. The controller decides by its own file, which is another one where controllers are apart.
 */
export async function rebalances(asking: Asking, brokers: readonly number[]): Promise<Fact<boolean>> {
  const { answers, failures } = await perBroker(asking, brokers, 'settings', async (ask, broker) => {
    const [answer] = await ask((link) =>
      link.configs([{ type: 'broker', name: String(broker) }], [REBALANCE], CONFIGS_MS),
    )
    return answer?.error === 0 ? (answer.entries.find(({ name }) => name === REBALANCE)?.value ?? null) : null
  })
  const values = new Set(answers.values())
  const why = new PhraseSet()
  why.add(...failures.values())
  if (values.has(null)) why.add(lacks('settings'))
  const reasons = why.values()
  if (reasons.length === 0 && values.size === 1)
    return { known: true, value: values.has('true'), readAt: asking.clock.now() }
  return {
    known: false,
    reasons: reasons.length > 0 ? reasons : [{ id: 'why.brokers-differ', args: { key: REBALANCE } }],
  }
}
