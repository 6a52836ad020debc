import type { Fact } from '../guards/guard'
import type { Asking, PlanRow } from './asking'
import { collect, eachRow, inQuestions } from './chunks'
import { perBroker } from './per-broker'
import { mayLack } from './reason'
import { Reasons } from './reasons'

const QUESTION_MS = 8_000

/** Bytes by partition, by topic index. */
export type Sizes = ReadonlyMap<number, Fact<ReadonlyMap<number, number>>>

/**
 * Bytes on disk of each partition's largest replica that was told. A replica on a silent broker does not hide the others: something is missing only
 * where no replica of a partition was told. Before 3.3 a login without rights gets an empty answer and no error. Rejects only when cancelled.
 */
export async function sizes(asking: Asking, rows: readonly PlanRow[]): Promise<Sizes> {
  const byBroker = new Map<number, PlanRow[]>()
  const found = new Map<number, Map<number, number>>()
  const places = new Map<string, number>()
  await eachRow(asking, rows, (row) => {
    for (const broker of row.replicas) collect(byBroker, broker, row)
    if (found.has(row.topic)) return
    found.set(row.topic, new Map())
    places.set(row.name, row.topic)
  })
  const { failures } = await perBroker(asking, byBroker.keys(), 'cluster', async (ask, broker) => {
    for (const question of inQuestions(byBroker.get(broker)!)) {
      const { replicas } = await ask((link) => link.sizes(question, QUESTION_MS))
      await eachRow(asking, replicas, ({ topic, partition, bytes }) => {
        const known = found.get(places.get(topic) ?? -1)
        known?.set(partition, Math.max(bytes, known.get(partition) ?? 0))
      })
    }
  })
  const readAt = asking.clock.now()
  const reasons = new Reasons()
  await eachRow(asking, rows, ({ topic, partition, replicas }) => {
    if (found.get(topic)!.has(partition)) return
    for (const broker of replicas) reasons.add(topic, failures.get(broker) ?? mayLack(broker, 'cluster'))
  })
  return new Map([...found].map(([topic, value]) => [topic, reasons.fact(topic, value, value.size > 0, readAt)]))
}
