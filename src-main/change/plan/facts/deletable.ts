import type { Deletable, Fact } from '../guards/guard'
import type { Asking, PlanRow, TopicAsked } from './asking'
import { collect, eachRow } from './chunks'
import { leaderOffsets } from './leader-offsets'
import { limitsOf, type Limits } from './limits'
import { Reasons } from './reasons'
import type { Sizes } from './sizes'

/** Offsets and size of one partition; NaN unknown. `atLimit`: first record young enough, -1 = none, NaN also where age does not matter. */
export interface PartitionLog {
  readonly partition: number
  readonly logStart: number
  readonly logEnd: number
  readonly atLimit: number
  readonly bytes: number
}

/**
 * What becomes deletable in one partition; null = not known. By age: everything before the first record that is young enough, since a segment goes
 * only when all its records are too old and deletion stops at the first that stays (UnifiedLog.deleteOldSegments), so it is an upper bound. By size:
 * what is beyond the limit; its records, and the bytes of what is too old, are shares, as if all records were of one size.
 */
export function deletableOf(log: PartitionLog, { ageMs, bytes: limit }: Limits): Deletable | null {
  const { partition, logStart, logEnd, atLimit, bytes } = log
  const stored = logEnd - logStart
  if (Number.isNaN(stored)) return null
  let from = logStart
  if (ageMs !== null) from = atLimit === -1 ? logEnd : Math.max(logStart, atLimit)
  if (limit !== null) {
    const over = Math.max(0, bytes - limit)
    from = Math.max(from, logStart + (over === 0 ? 0 : Math.ceil((over / bytes) * stored)))
  }
  if (Number.isNaN(from)) return null
  const records = from - logStart
  return { partition, records, bytes: records === 0 ? 0 : Math.ceil(bytes * (records / stored)), from }
}

/** First young enough record of each row whose topic has a limit by age; one round of questions per distinct limit. */
async function agesOf(
  asking: Asking,
  rows: readonly PlanRow[],
  limits: ReadonlyMap<number, Limits>,
): Promise<{ offset: Float64Array; missing: Reasons }> {
  const now = asking.clock.now()
  const byAge = new Map<number, number[]>()
  await eachRow(asking, rows, ({ topic }, at) => {
    const ageMs = limits.get(topic)!.ageMs
    if (ageMs !== null) collect(byAge, ageMs, at)
  })
  const offset = new Float64Array(rows.length).fill(Number.NaN)
  const missing = new Reasons()
  for (const [ageMs, chosen] of byAge) {
    const found = await leaderOffsets(
      asking,
      chosen.map((at) => rows[at]!),
      'at-time',
      Math.max(0, Math.floor(now - ageMs)),
    )
    await eachRow(asking, chosen, (at, i) => (offset[at] = found.offset[i]!))
    missing.addAll(found.missing)
  }
  return { offset, missing }
}

/** By topic index: what the planned retention makes deletable. `rows`: all partitions of these topics. Rejects only when cancelled. */
export async function deletable(
  asking: Asking,
  topics: ReadonlyMap<number, TopicAsked>,
  rows: readonly PlanRow[],
  sizes: Sizes,
): Promise<Map<number, Fact<readonly Deletable[]>>> {
  const limits = new Map([...topics].map(([topic, asked]) => [topic, limitsOf(asked)]))
  const found = new Map<number, Deletable[]>([...topics.keys()].map((topic) => [topic, []]))
  // Start before end, so that a segment deleted meanwhile makes the upper bound larger and not smaller.
  const starts = await leaderOffsets(asking, rows, 'log-start')
  const ages = await agesOf(asking, rows, limits)
  const ends = await leaderOffsets(asking, rows, 'log-end')
  const reasons = new Reasons()
  for (const [topic, { missing }] of limits) reasons.add(topic, ...missing)
  for (const missing of [starts.missing, ages.missing, ends.missing]) reasons.addAll(missing)
  await eachRow(asking, rows, ({ topic, partition }, at) => {
    const size = sizes.get(topic)
    const bytes = size?.known === true ? (size.value.get(partition) ?? Number.NaN) : Number.NaN
    const log = { partition, logStart: starts.offset[at]!, logEnd: ends.offset[at]!, atLimit: ages.offset[at]!, bytes }
    const one = deletableOf(log, limits.get(topic)!)
    if (one !== null) found.get(topic)!.push(one)
    else if (Number.isNaN(bytes) && limits.get(topic)!.bytes !== null)
      reasons.add(topic, ...(size?.known === false ? size.reasons : (size?.missing ?? [])))
  })
  return new Map(
    [...found].map(([topic, value]) => [topic, reasons.fact(topic, value, value.length > 0, starts.readAt)]),
  )
}
