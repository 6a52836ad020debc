import { PortError } from '../../../ports/cluster-port'
import type { Phrase } from '../../../shared/words/phrase'
import { cancelled } from '../../links/abortable'
import { askAt } from '../../links/ask'
import type { Asking, Question } from './asking'
import { lacks, reasonOf, silent } from './reason'
import type { Right } from './reason'
import type { Capability } from '../../../contract/summary'
import { limitReason } from '../../../ports/limit-reason'

const AT_ONCE = 4

/** What a broker refuses where it lacks the right, for all topics alike. */
const CAPABILITIES: Partial<Record<Right, Capability>> = { settings: 'broker-settings', cluster: 'log-dirs' }

export interface BrokerAnswers<T> {
  readonly answers: ReadonlyMap<number, T>
  /** Why a broker told nothing, by its id. */
  readonly failures: ReadonlyMap<number, Phrase>
}

const isSilent = ({ cluster }: Asking, broker: number): boolean => cluster.facts().get(broker)?.answers === 'no'

/** What a question settles with, or its end as soon as the monitor finds the broker silent: it sees that long before a large question is late. */
function whileHeard<T>(asking: Asking, broker: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = asking.cluster.onPicture(() => {
      if (isSilent(asking, broker)) reject(new PortError('timeout', 'timeout', `broker ${broker} does not answer`))
    })
    asked.then(resolve, reject).finally(stop)
  })
}

/**
 * Does the same work at several brokers, four at a time. One that is silent or refuses has its reason and holds up no other; one the monitor
 * calls silent is not asked, nor one that has refused the same to this login. Rejects only when cancelled.
 */
export async function perBroker<T>(
  asking: Asking,
  brokers: Iterable<number>,
  right: Right,
  work: (ask: <A>(question: Question<A>) => Promise<A>, broker: number) => Promise<T>,
): Promise<BrokerAnswers<T>> {
  const { links, signal, answering } = asking
  const answers = new Map<number, T>()
  const failures = new Map<number, Phrase>()
  const waiting = [...new Set(brokers)].sort((a, b) => a - b)
  const what = CAPABILITIES[right]
  const askOne = async (broker: number): Promise<void> => {
    if (!answering.has(broker) || isSilent(asking, broker)) return void failures.set(broker, silent(broker))
    if (what !== undefined && links.denied(what, broker)) return void failures.set(broker, lacks(right))
    try {
      answers.set(
        broker,
        await work(
          (question) => askAt(links, broker, (link) => whileHeard(asking, broker, question(link)), signal),
          broker,
        ),
      )
    } catch (error) {
      if (signal?.aborted === true) throw cancelled()
      if (what !== undefined && limitReason(error) === 'not-authorized') links.noteDenied(what, broker)
      failures.set(broker, reasonOf(error, broker, right))
    }
  }
  const next = async (): Promise<void> => {
    for (let broker = waiting.shift(); broker !== undefined; broker = waiting.shift()) await askOne(broker)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, next))
  return { answers, failures }
}
