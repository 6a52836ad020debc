import { abortable } from '../../links/abortable'
import type { Fact } from '../guards/guard'
import type { Asking, PlanRow } from './asking'
import { eachRow } from './chunks'
import { leaderOffsets } from './leader-offsets'
import { Reasons } from './reasons'

/** Between the two readings: long enough for a rate, short enough to wait for. */
const APART_MS = 1_000

/** Records per second into each topic, by topic index: two readings of the leaders' LEOs. Rejects only when cancelled. */
export async function produceRate(asking: Asking, rows: readonly PlanRow[]): Promise<Map<number, Fact<number>>> {
  const { clock, signal } = asking
  const first = await leaderOffsets(asking, rows, 'log-end')
  await abortable(new Promise<void>((resolve) => clock.after(APART_MS, resolve)), signal)
  const second = await leaderOffsets(asking, rows, 'log-end')
  const seconds = (second.readAt - first.readAt) / 1000
  const reasons = new Reasons()
  for (const { missing } of [first, second]) reasons.addAll(missing)
  const rates = new Map<number, number>()
  await eachRow(asking, rows, ({ topic }, at) => {
    const grown = (second.offset[at]! - first.offset[at]!) / seconds
    // A truncated log (new leader) does not take records back out of the rate.
    rates.set(topic, (rates.get(topic) ?? 0) + (grown < 0 ? 0 : grown))
  })
  return new Map([...rates].map(([topic, rate]) => [topic, reasons.fact(topic, rate, false, second.readAt)]))
}
