import { isIP } from 'node:net'
import type { BrokerAddress, MetadataColumns } from '../../domain/topology/columns'
import { KafkaBrokerLink } from '../client/broker-link'
import { ClusterIdentity } from '../client/cluster-identity'
import { addressText } from '../../shared/bootstrap'
import type { HostPort } from '../../shared/bootstrap'
import type { Transport } from '../client/transport'
import { PortError } from '../../ports/cluster-port'
import { failed, fine, many, warning } from './findings'
import type { Finding } from './findings'

const AT_ONCE = 16

/** Connects to every address that the brokers advertise: those are used from here on, the bootstrap addresses are not. */
export async function examineBrokers(
  { brokers, clusterId }: MetadataColumns,
  bootstrap: HostPort,
  transport: Transport,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  if (brokers.length === 0) return failed('Metadata lists no broker', 'no-brokers')
  const unreachable: string[] = []
  const identity = new ClusterIdentity(clusterId ?? '')
  const waiting = [...brokers]
  const worker = async (): Promise<void> => {
    for (let broker = waiting.shift(); broker !== undefined && !signal.aborted; broker = waiting.shift()) {
      const complaint = await reach(broker, identity, transport, timeoutMs, signal)
      if (complaint !== null) unreachable.push(`broker ${broker.id}: ${complaint}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, brokers.length) }, worker))
  const names = brokers.map((broker) => `${broker.id} at ${addressText(broker)}`)
  if (unreachable.length === 0)
    return fine(`${many(brokers.length, 'broker')} answering: ${names.slice(0, 12).join(', ')}`)
  const here = brokers.some(({ host }) => isLoopback(host)) && !isLoopback(bootstrap.host)
  const hint = here ? '. They advertise an address of the loopback, which leads back to this machine' : ''
  const evidence = `${unreachable.length} of ${brokers.length} advertised addresses cannot be used: ${unreachable.sort().join('; ')}${hint}`
  return unreachable.length === brokers.length
    ? failed(evidence, 'advertised-unreachable')
    : warning(evidence, 'some-brokers-unreachable')
}

async function reach(
  broker: BrokerAddress,
  identity: ClusterIdentity,
  transport: Transport,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string | null> {
  const link = new KafkaBrokerLink(transport, broker, identity)
  const stop = (): void => link.giveUp('the examination was cancelled')
  signal.addEventListener('abort', stop)
  try {
    await link.connect(timeoutMs)
    return null
  } catch (error) {
    return error instanceof PortError ? error.message : String(error)
  } finally {
    signal.removeEventListener('abort', stop)
    link.giveUp('the examination is over')
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
