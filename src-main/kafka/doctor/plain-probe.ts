import type { HostPort } from '../../shared/bootstrap'
import { PortError } from '../../ports/cluster-port'
import { BrokerSocket } from '../client/broker-socket'
import { Deadline } from '../client/deadline'
import { createTransport } from '../client/transport'

/** Whether a port answers Kafka's first question without TLS: the proof that it does not speak TLS. Sends no secret. */
export async function speaksPlainKafka(address: HostPort, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const transport = createTransport({ tls: null, sasl: null })
  const socket = new BrokerSocket(transport, address, { requests: 0, bytesOut: 0, bytesIn: 0 })
  const stop = (): void => socket.end(new PortError('cancelled', 'closed-by-us', 'The examination is over'))
  signal.addEventListener('abort', stop)
  const deadline = new Deadline(timeoutMs)
  try {
    if (signal.aborted) return false
    await socket.dial(deadline)
    await socket.greet(deadline)
    return true
  } catch {
    return false
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}
