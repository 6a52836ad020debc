import { KafkaBrokerLink } from '../../src-main/kafka/client/broker-link'
import { ClusterIdentity } from '../../src-main/kafka/client/cluster-identity'
import { createTransport } from '../../src-main/kafka/client/transport'
import { startWireBroker, type Question, type WireBroker } from './wire-broker'

/** A scripted broker and a link to it, not connected yet. `ends` takes what has to be done after the test; `clusterId` is what it has to prove, '' = nothing. */
export async function brokerAndLink(
  ends: (() => Promise<void>)[],
  script: (question: Question) => boolean | undefined,
  clusterId = '',
): Promise<{ broker: WireBroker; link: KafkaBrokerLink }> {
  const broker = await startWireBroker(script)
  const address = { id: 1, host: broker.host, port: broker.port, rack: null }
  const identity = new ClusterIdentity(clusterId)
  const link = new KafkaBrokerLink(createTransport({ tls: null, sasl: null }), address, identity)
  ends.push(async () => {
    link.giveUp('test is over')
    await link.closed()
    await broker.close()
  })
  return { broker, link }
}
