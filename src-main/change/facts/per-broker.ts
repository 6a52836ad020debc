import { cancelled } from '../abortable'
import { askAt } from '../ask'
import type { Asking, Question } from './asking'
import { reasonOf, silentText } from './reason'

const AT_ONCE = 4

export interface BrokerAnswers<T> {
  readonly answers: ReadonlyMap<number, T>
  /** Why a broker told nothing, by its id. */
  readonly failures: ReadonlyMap<number, string>
}

/**
 * Does the same work at several brokers, four at a time. One that is silent or refuses has its reason and holds up no other; one the monitor
 * calls silent is not asked. Rejects only when cancelled.
 */
export async function perBroker<T>(
  asking: Asking,
  brokers: Iterable<number>,
  right: string,
  work: (ask: <A>(question: Question<A>) => Promise<A>, broker: number) => Promise<T>,
): Promise<BrokerAnswers<T>> {
  const { links, signal, answering } = asking
  const answers = new Map<number, T>()
  const failures = new Map<number, string>()
  const waiting = [...new Set(brokers)].sort((a, b) => a - b)
  const askOne = async (broker: number): Promise<void> => {
    if (!answering.has(broker)) return void failures.set(broker, silentText(broker))
    try {
      answers.set(broker, await work((question) => askAt(links, broker, question, signal), broker))
    } catch (error) {
      if (signal?.aborted === true) throw cancelled()
      failures.set(broker, reasonOf(error, broker, right))
    }
  }
  const next = async (): Promise<void> => {
    for (let broker = waiting.shift(); broker !== undefined; broker = waiting.shift()) await askOne(broker)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, next))
  return { answers, failures }
}

/** Distinct reasons as one text. */
export const joined = (reasons: Iterable<string>): string => [...new Set(reasons)].join('; ')
