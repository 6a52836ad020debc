import { PortError, type BrokerLink } from '../../ports/cluster-port'
import { abortable } from './abortable'
import type { Links } from './links'

const SILENCE: ReadonlySet<PortError['kind']> = new Set([
  'timeout',
  'refused',
  'no-route',
  'ours',
  'reset',
  'closed',
  'unknown-host',
  'tls',
  'closed-by-us',
  'other-cluster',
])
const MOST_BROKERS = 3

/** The broker did not answer, as against an answer that is an error. */
export const isSilence = (error: unknown): boolean => error instanceof PortError && SILENCE.has(error.kind)

/** Asks this very broker. Only for questions that change nothing and that it answers itself: a late one gives up the whole link. */
export async function askAt<T>(
  links: Links,
  broker: number,
  question: (link: BrokerLink) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const link = await links.at(broker, signal)
  try {
    return await abortable(question(link), signal)
  } catch (error) {
    if (isSilence(error) && signal?.aborted !== true) links.failed(link)
    throw error
  }
}

/** Asks any broker, and the next one where one is silent; at most three. Only for questions that change nothing. */
export async function askAny<T>(
  links: Links,
  question: (link: BrokerLink) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const link = await links.any(signal)
    try {
      return await abortable(question(link), signal)
    } catch (error) {
      if (!isSilence(error) || signal?.aborted === true) throw error
      links.failed(link)
      if (tries >= Math.min(MOST_BROKERS, Math.max(2, links.ids().length))) throw error
    }
  }
}
