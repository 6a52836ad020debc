import type { Phrase } from '../../../shared/words/phrase'
import type { DiskFacts, Fact } from '../guards/guard'
import type { Asking, PlanRow } from './asking'
import { collect, eachRow, inQuestions } from './chunks'
import { perBroker } from './per-broker'
import { mayLack } from './reason'
import { Reasons } from './reasons'

const QUESTION_MS = 8_000

/**
 * Log directories that hold replicas of each topic, with what is free there, by topic index. A broker that was not heard, or is too old to tell (before 3.3),
 * is missing. Rejects only when cancelled.
 */
export async function disks(
  asking: Asking,
  rows: readonly PlanRow[],
): Promise<ReadonlyMap<number, Fact<readonly DiskFacts[]>>> {
  const byBroker = new Map<number, PlanRow[]>()
  const found = new Map<number, Map<string, DiskFacts>>()
  const places = new Map<string, number>()
  await eachRow(asking, rows, (row) => {
    for (const broker of row.replicas) collect(byBroker, broker, row)
    if (found.has(row.topic)) return
    found.set(row.topic, new Map())
    places.set(row.name, row.topic)
  })
  const tooOld = new Set<number>()
  const { failures } = await perBroker(asking, byBroker.keys(), 'cluster', async (ask, broker) => {
    for (const question of inQuestions(byBroker.get(broker)!)) {
      for (const { folder, freeBytes, topics } of await ask((link) => link.disks(question, QUESTION_MS))) {
        for (const { topic, replicas } of topics) {
          const place = places.get(topic) ?? -1
          const key = `${broker}/${folder}`
          const before = found.get(place)?.get(key)?.replicas ?? 0
          if (Number.isNaN(freeBytes)) tooOld.add(broker)
          else found.get(place)?.set(key, { broker, folder, freeBytes, replicas: before + replicas })
        }
      }
    }
  })
  const readAt = asking.clock.now()
  const reasons = new Reasons()
  const told = new Map(
    [...found].map(([topic, folders]) => [topic, new Set([...folders.values()].map((one) => one.broker))]),
  )
  await eachRow(asking, rows, ({ topic, replicas }) => {
    for (const broker of replicas) {
      if (told.get(topic)!.has(broker)) continue
      const why: Phrase = tooOld.has(broker) ? { id: 'why.too-old', args: { broker } } : mayLack(broker, 'cluster')
      reasons.add(topic, failures.get(broker) ?? why)
    }
  })
  return new Map(
    [...found].map(([topic, folders]) => [topic, reasons.fact(topic, [...folders.values()], folders.size > 0, readAt)]),
  )
}
