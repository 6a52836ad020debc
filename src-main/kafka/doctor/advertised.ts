import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { withoutListener } from '../../domain/answers/listeners'
import type { BrokerAddress, MetadataColumns } from '../../domain/topology/columns'
import { KafkaBrokerLink } from '../client/broker-link'
import { ClusterIdentity } from '../client/cluster-identity'
import { addressText } from '../../shared/bootstrap'
import type { HostPort } from '../../shared/bootstrap'
import { KafkaError } from '../../shared/kafka-codes'
import type { Transport } from '../client/transport'
import { PortError } from '../../ports/cluster-port'
import { failed, fine, many, warning } from './findings'
import type { Finding } from './findings'

const AT_ONCE = 16
/** Of the hosts file; who needs more needs a name server. */
const MOST_LINES = 12

/** Connects to every address that the brokers advertise: those are used from here on, the bootstrap addresses are not. */
export async function examineBrokers(
  metadata: MetadataColumns,
  bootstrap: HostPort,
  transport: Transport,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const { brokers, clusterId } = metadata
  if (brokers.length === 0) return failed('Metadata lists no broker', 'no-brokers')
  const unreachable: { readonly broker: BrokerAddress; readonly error: PortError }[] = []
  const identity = new ClusterIdentity(clusterId ?? '')
  const waiting = [...brokers]
  const worker = async (): Promise<void> => {
    for (let broker = waiting.shift(); broker !== undefined && !signal.aborted; broker = waiting.shift()) {
      const error = await reach(broker, identity, transport, timeoutMs, signal)
      if (error !== null) unreachable.push({ broker, error })
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, brokers.length) }, worker))
  unreachable.sort((a, b) => a.broker.id - b.broker.id)
  const names = brokers.map((broker) => `${broker.id} at ${addressText(broker)}`)
  const unlisted = lackingListener(metadata)
  if (unreachable.length === 0) {
    const answering = `${many(brokers.length, 'broker')} answering: ${names.slice(0, 12).join(', ')}`
    return unlisted === '' ? fine(answering) : warning(`${answering}${unlisted}`, 'no-listener')
  }
  const here = brokers.some(({ host }) => isLoopback(host)) && !isLoopback(bootstrap.host)
  const hint = here ? '. They advertise an address of the loopback, which leads back to this machine' : ''
  const complaints = unreachable.map(({ broker: { id }, error }) => `broker ${id}: ${error.message}`).sort()
  const nameless = unreachable.filter(({ error }) => error.reason === 'unknown-host').map(({ broker }) => broker)
  const lines = nameless.length === 0 ? '' : await hostsLines(nameless, brokers.length === 1 ? bootstrap : null)
  const evidence = `${unreachable.length} of ${brokers.length} advertised addresses cannot be used: ${complaints.join('; ')}${hint}${lines}${unlisted}`
  const all = unreachable.length === brokers.length
  if (nameless.length === unreachable.length)
    return all ? failed(evidence, 'advertised-unknown-names') : warning(evidence, 'advertised-unknown-names')
  return all ? failed(evidence, 'advertised-unreachable') : warning(evidence, 'some-brokers-unreachable')
}

/** Brokers that Metadata does not list although they lead: nothing of them is seen through this listener. '' = there are none. */
function lackingListener({ partitionErrors: errors, ...told }: MetadataColumns): string {
  const ids = [...withoutListener({ ...told, errors }, !Number.isNaN(told.metadataOffset))].sort((a, b) => a - b)
  if (ids.length === 0) return ''
  const led = errors.filter((error) => error === KafkaError.LISTENER_NOT_FOUND).length
  const who = `${ids.length === 1 ? 'broker' : 'brokers'} ${ids.join(', ')}`
  return `. Without the listener by which we came in: ${who}; ${many(led, 'partition')} led there cannot be reached from here`
}

/**
 * What makes the names of these brokers known to this machine alone. `through`: the address we came in by, where it can only be theirs, as the
 * cluster has one broker; else each line needs the address of its own broker, which Kafka tells nobody.
 */
async function hostsLines(brokers: readonly BrokerAddress[], through: HostPort | null): Promise<string> {
  const found = through === null ? null : await lookup(through.host).catch(() => null)
  const line = ({ id, host }: BrokerAddress): string => `${found?.address ?? `<address of broker ${id}>`} ${host}`
  const more = brokers.length - MOST_LINES
  const rest = more > 0 ? `; and ${more} more` : ''
  const port = brokers[0]!.port
  const alsoPort = through !== null && through.port !== port ? ` (and let port ${port} lead there)` : ''
  return `. For the hosts file: ${brokers.slice(0, MOST_LINES).map(line).join('; ')}${rest}${alsoPort}`
}

async function reach(
  broker: BrokerAddress,
  identity: ClusterIdentity,
  transport: Transport,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<PortError | null> {
  const link = new KafkaBrokerLink(transport, broker, identity)
  const stop = (): void => link.giveUp('the examination was cancelled')
  signal.addEventListener('abort', stop)
  try {
    await link.connect(timeoutMs)
    return null
  } catch (error) {
    if (error instanceof PortError) return error
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    link.giveUp('the examination is over')
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
