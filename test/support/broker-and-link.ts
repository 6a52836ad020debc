import { KafkaBrokerLink } from '../../src-main/kafka/client/broker-link'
import { createTransport } from '../../src-main/kafka/client/transport'
import { startWireBroker, type Question, type WireBroker } from './wire-broker'

/** A scripted broker and a link to it, not connected yet. `ends` takes what has to be done after the test. */
export async function brokerAndLink(
  ends: (() => Promise<void>)[],
  script: (question: Question) => boolean | undefined,
): Promise<{ broker: WireBroker; link: KafkaBrokerLink }> {
  const broker = await startWireBroker(script)
  const link = new KafkaBrokerLink(createTransport({ tls: null, sasl: null }), {
    id: 1,
    host: broker.host,
    port: broker.port,
    rack: null,
  })
  ends.push(async () => {
    link.giveUp('test is over')
    await link.closed()
    await broker.close()
  })
  return { broker, link }
}
