import { PortError } from '../../ports/cluster-port'
import type { BrokerLink } from '../../ports/cluster-port'
import type { Step } from '../book/step'

export const BARRIER_MS = 3_000
/** A broker that is not listed for this long is taken for gone. One that is only frozen would have been thawed or restarted by then. */
const GONE_AFTER_MS = 10 * 60_000

export interface LastWrite {
  /** Broker that was asked; -1 not known. */
  readonly broker: number
  readonly sentAt: number
}

/**
 * Whether a write that had no answer can no longer be carried out later. The broker that took it forwards to the controller in order, one
 * request at a time, and puts a request that failed back in front (NodeToControllerChannelManager), so once it answers a forwarded question
 * asked later, the write is through or given up. While it is frozen the write may lie in its socket: nothing can be told then. `question`
 * must be one that is forwarded and changes nothing, and tells whether it was answered in earnest. Seen on 4.4.0: with the controller away, a write
 * that was given up on took effect 33 s later, 0.4 s after the controller was back, and no reading before that showed it.
 */
export async function isPast(
  step: Step,
  { broker, sentAt }: LastWrite,
  question: (link: BrokerLink) => Promise<boolean>,
): Promise<boolean> {
  const { cluster, links, signal, clock } = step
  let link: BrokerLink
  try {
    link = await (broker < 0 ? links.any(signal) : links.at(broker, signal))
  } catch (cause) {
    if (!(cause instanceof PortError)) throw cause
    const unlisted = cluster.reading()?.brokers.every(({ id }) => id !== broker) ?? false
    const refuses = cause.kind === 'refused' || cluster.facts().get(broker)?.silence === 'refused'
    // Nobody listens there any more, and the cluster has dropped it: the process that had it is gone, and with it what it had not forwarded. The address
    // alone tells nothing: behind one that is a relay's the process may go on.
    return unlisted && (refuses || clock.now() - sentAt > GONE_AFTER_MS)
  }
  try {
    return await question(link)
  } catch (cause) {
    if (!(cause instanceof PortError)) throw cause
    if (cause.kind === 'kafka' || cause.kind === 'unsupported') return true
    links.failed(link)
    return false
  }
}
