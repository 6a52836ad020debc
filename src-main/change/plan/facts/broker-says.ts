import { askAt } from '../../links/ask'
import type { Links } from '../../links/links'
import { PortError } from '../../../ports/cluster-port'
import type { BrokerSays } from '../guards/guard'
import { DECIDED_BY_FILE } from '../guards/inherited'

const CONFIGS_MS = 4_000
const AT_ONCE = 4

/**
 * What each broker says of itself, by key; one that is silent, refuses or does not tell a key is left out, so that this can find a difference and
 * prove none. One that has refused already is not asked. The controllers' own files no broker tells. Rejects only when cancelled.
 */
export async function brokerSays(
  links: Links,
  brokers: readonly number[],
  signal: AbortSignal | undefined,
): Promise<BrokerSays> {
  const told = new Map(DECIDED_BY_FILE.map((key) => [key, new Map<number, string>()]))
  const waiting = brokers.filter((id) => !links.denied('broker-settings', id))
  const askNext = async (): Promise<void> => {
    for (let broker = waiting.shift(); broker !== undefined; broker = waiting.shift()) {
      const id = broker
      const resource = { type: 'broker' as const, name: String(id) }
      try {
        const [answer] = await askAt(links, id, (link) => link.configs([resource], DECIDED_BY_FILE, CONFIGS_MS), signal)
        for (const { name, value } of answer?.error === 0 ? answer.entries : [])
          if (value !== null) told.get(name)?.set(id, value)
      } catch (error) {
        if (signal?.aborted === true || !(error instanceof PortError)) throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, askNext))
  return told
}
