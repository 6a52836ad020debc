import { MOST_EVENTS, type EventQuestion, type HistoryPage, type KeptEvent } from '@contract/history'
import { ok, type Result } from '@contract/result'
import type { Bridge } from '../../bridge/bridge'

/** What is left out is any. */
export type EventAsk = Partial<Omit<EventQuestion, 'beforeSeq' | 'limit'>> & Pick<EventQuestion, 'cluster'>

const LAST_MOMENT = 8.64e15
const ANY = { incident: -1, topic: '', partition: -1, broker: -1, kinds: [], from: 0, until: LAST_MOMENT } as const

/** Events, newest first, page after page until there are no more or `most` are read; `beforeSeq` 0 = from the newest. */
export async function readEvents(
  calls: Bridge['calls'],
  ask: EventAsk,
  most: number,
  beforeSeq = 0,
): Promise<Result<HistoryPage<KeptEvent>>> {
  const rows: KeptEvent[] = []
  let unreadable = 0
  let before = beforeSeq
  for (;;) {
    const limit = Math.min(MOST_EVENTS, most - rows.length)
    const answer = await calls['history:events']({ ...ANY, ...ask, beforeSeq: before, limit })
    if (!answer.ok) return answer
    rows.push(...answer.value.rows)
    unreadable += answer.value.unreadable
    const last = answer.value.rows.at(-1)
    const more = answer.value.more && last !== undefined
    if (!more || rows.length >= most) return ok({ rows, more, unreadable })
    before = last.seq
  }
}
