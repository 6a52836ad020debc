import { cancelled } from '../../links/abortable'
import { askAny } from '../../links/ask'
import type { EligibleFacts, Fact } from '../guards/guard'
import type { Asking } from './asking'
import { mayLack, reasonOf } from './reason'
import { Reasons } from './reasons'

const TOPICS_PER_QUESTION = 50
const QUESTION_MS = 4_000

/** By partition; those that have neither are left out. */
type Elr = ReadonlyMap<number, EligibleFacts>

export interface ShortIsr {
  readonly topic: string
  /** Partitions whose ISR is short: only they can have an ELR or a last known leader (KIP-966). */
  readonly partitions: readonly number[]
}

/**
 * Eligible leader replicas and the last known leader, by topic index, asked for now: the monitor looks at some topics in trouble every few seconds, and what it has not seen
 * must not pass for none. Where every ISR is whole nobody is asked, nor where the cluster keeps none or does not tell yet whether it does. Rejects only when cancelled.
 */
export async function elr(
  asking: Asking,
  topics: ReadonlyMap<number, ShortIsr>,
  metadataAt: number,
): Promise<Map<number, Fact<Elr>>> {
  const { links, clock, signal, cluster } = asking
  const found = new Map([...topics.keys()].map((topic) => [topic, new Map<number, EligibleFacts>()]))
  const reasons = new Reasons()
  const kept = cluster.elr()
  const shrunk = [...topics].filter(([, { partitions }]) => partitions.length > 0)
  if (kept === null) for (const [at] of shrunk) reasons.add(at, { id: 'why.elr-untold', args: {} })
  const short = kept === true ? shrunk : []
  for (let from = 0; from < short.length; from += TOPICS_PER_QUESTION) {
    const question = short.slice(from, from + TOPICS_PER_QUESTION)
    let broker = -1
    try {
      const answer = await askAny(
        links,
        (link) => {
          broker = link.address.id
          return link.elr(
            question.map(([, { topic }]) => topic),
            QUESTION_MS,
          )
        },
        signal,
      )
      const told = new Map(answer.partitions.map((row) => [`${row.topic}\n${row.partition}`, row]))
      for (const [at, { topic, partitions }] of question) {
        for (const partition of partitions) {
          const row = told.get(`${topic}\n${partition}`)
          // A topic that may not be described is left out of the answer.
          if (row === undefined) reasons.add(at, mayLack(broker, 'topic'))
          else if (row.elr.length > 0 || row.lastKnownElr.length > 0)
            found.get(at)!.set(partition, { elr: row.elr, lastKnown: row.lastKnownElr })
        }
      }
    } catch (error) {
      if (signal?.aborted === true) throw cancelled()
      for (const [at] of question) reasons.add(at, reasonOf(error, broker, 'topic'))
    }
  }
  const readAt = short.length === 0 ? metadataAt : clock.now()
  return new Map([...found].map(([topic, value]) => [topic, reasons.fact(topic, value, value.size > 0, readAt)]))
}
