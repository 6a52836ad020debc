import { Partitioners } from 'kafkajs'
import { fetchValues } from '../fetch-values'
import { patientClient } from '../kafkajs-client'
import { highWatermark, logEndOffset } from '../offsets'
import { until } from '../until'
import { SHOP_PARTITION, SHOP_TOPIC } from './shop'

const ORDERS_PER_SEND = 50

/**
 * Sends orders with acks=all to the one broker at `port` and answers which ids were acknowledged. Without retries: a send that is tried again could
 * be stored twice or be acknowledged later, and the count would say nothing.
 */
export async function sendOrders(port: number, ids: readonly string[]): Promise<string[]> {
  const producer = patientClient(`127.0.0.1:${port}`).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  })
  await until('the producer to connect', 60_000, () => producer.connect().then(() => true))
  const acknowledged: string[] = []
  for (let from = 0; from < ids.length; from += ORDERS_PER_SEND) {
    const batch = ids.slice(from, from + ORDERS_PER_SEND)
    const messages = batch.map((id) => ({ key: id, value: id, partition: SHOP_PARTITION }))
    await producer.send({ topic: SHOP_TOPIC, messages, acks: -1, timeout: 30_000 }).then(
      () => acknowledged.push(...batch),
      () => {},
    )
  }
  await producer.disconnect()
  return acknowledged
}

/** Every value of the topic from its start, once its leader at `port` lets consumers read all that it holds. */
export async function readOrders(port: number): Promise<Set<string>> {
  const end = await until('everything to be readable', 90_000, async () => {
    const [logEnd, readable] = await Promise.all([
      logEndOffset(port, SHOP_TOPIC, SHOP_PARTITION),
      highWatermark(port, SHOP_TOPIC, SHOP_PARTITION),
    ])
    return logEnd !== null && logEnd === readable ? { offset: logEnd } : null
  })
  const found = new Set<string>()
  for (let offset = 0; offset < end.offset;) {
    const { errorCode, values, nextOffset } = await fetchValues(port, SHOP_TOPIC, SHOP_PARTITION, offset)
    if (errorCode !== 0 || nextOffset === offset)
      throw new Error(`Reading ${SHOP_TOPIC} at ${offset} failed: ${errorCode}`)
    for (const value of values) found.add(value)
    offset = nextOffset
  }
  return found
}
