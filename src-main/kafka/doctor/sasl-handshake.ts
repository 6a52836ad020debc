import { BrokerSocket } from '../client/broker-socket'
import type { Deadline } from '../client/deadline'
import type { HostPort } from '../../shared/bootstrap'
import type { Transport } from '../client/transport'
import { PortError } from '../../ports/cluster-port'
import { defineCodec } from '../wire/codec'
import { ApiKey } from '../../shared/api-keys'

/** SaslHandshake: kafkajs logs in by itself, this one is asked only to see what a listener offers. */
export const saslHandshake = defineCodec<
  { readonly mechanism: string },
  { readonly error: number; readonly mechanisms: readonly string[] }
>({
  apiKey: ApiKey.SaslHandshake,
  apiName: 'SaslHandshake',
  versions: [1],
  flexibleFrom: 999,
  tellsThrottle: false,
  write: (w, { mechanism }) => w.string(mechanism, 'Mechanism'),
  read: (r) => ({ error: r.int16('ErrorCode'), mechanisms: r.array('Mechanisms', 2, () => r.string('Mechanisms')) }),
})

/** Mechanisms that a listener offers, asked on a connection of its own; [] where it wants no login or does not say. */
export async function offeredMechanisms(
  transport: Transport,
  address: HostPort,
  deadline: Deadline,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const socket = new BrokerSocket(transport, address, { requests: 0, bytesOut: 0, bytesIn: 0 })
  const stop = (): void => socket.end(new PortError('cancelled', 'closed-by-us', 'The examination is over'))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    await socket.dial(deadline)
    const body = saslHandshake.encode(1, { mechanism: 'none-of-these' })
    return await socket.within(deadline, saslHandshake.apiName, async () => {
      return saslHandshake.decode(1, await socket.send(saslHandshake, 1, body)).mechanisms
    })
  } catch {
    return []
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}
