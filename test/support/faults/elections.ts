/** A fault case as a question to Elections.java, and its answer. */
import type { BrokerTruth, FaultCase, FaultPartition, Moment } from './fault-case'
import { isEnded, isGoneSilently } from './fault-case'

/** A partition as the controllers have it. */
export interface PartitionState {
  /** -1 = none. */
  readonly leader: number
  readonly isr: readonly number[]
  readonly elr: readonly number[]
  readonly lastKnownElr: readonly number[]
  readonly leaderEpoch: number
  /** A leader since the question began was in neither ISR nor ELR, and did not lead last. */
  readonly unclean: boolean
}

/** One state per partition of the case. */
export type ClusterState = readonly PartitionState[]

/** What Kafka's classes say of one moment, each worked out when it is first asked for. */
export interface Endings {
  readonly now: ClusterState
  /** Once everybody who is gone silently is fenced; `now` where nobody is. */
  readonly fenced: () => ClusterState
  /** If the broker stopped, in each order of that and the fencing of those gone silently; empty = it cannot. The last one before any of them is fenced. */
  readonly stopped: (broker: number) => readonly ClusterState[]
  /** Once the broker is back; null = it is neither away nor going, or there are no controllers. */
  readonly returned: (broker: number) => ClusterState | null
}

interface Asked {
  readonly fenced: number
  readonly stopped: ReadonlyMap<number, readonly number[]>
  readonly returned: ReadonlyMap<number, number>
}

const numbers = (words: string): number[] => (words === '' ? [] : words.split(',').map(Number))

function stateOf(words: string): ClusterState {
  return words.split(';').map((word) => {
    const [leader = '', isr = '', elr = '', last = '', epoch = '', unclean = ''] = word.split('/')
    return {
      leader: Number(leader),
      isr: numbers(isr),
      elr: numbers(elr),
      lastKnownElr: numbers(last),
      leaderEpoch: Number(epoch),
      unclean: unclean === '1',
    }
  })
}

const partitionWord = ({ replicas, topic }: FaultPartition): string =>
  `${replicas.join(',')}/${topic.minInSyncReplicas}/${topic.unclean ? 1 : 0}`

/** As the controllers hear of it: who was killed registers anew after an unclean shutdown, who was frozen only goes on. */
function returnEvents(broker: BrokerTruth): string[] {
  const registers = broker.process === 'frozen' ? [] : [`${broker.process === 'dead' ? 'r' : 'c'}${broker.id}`]
  return [...(broker.fenced ? [] : [`f${broker.id}`]), ...registers, `u${broker.id}`]
}

/** Writes the steps of one moment behind those before; the numbers are places in the answer. */
function askMoment({ events, brokers, controllers }: Moment, steps: string[]): Asked & { readonly now: number } {
  const ask = (step: readonly string[]): number => steps.push(`?${step.join('+')}`) - 1
  const now = steps.push(events) - 1
  if (!controllers) return { now, fenced: now, stopped: new Map(), returned: new Map() }
  const dead = brokers.filter(isGoneSilently).map(({ id }) => `f${id}`)
  const stopped = new Map<number, number[]>()
  const returned = new Map<number, number>()
  for (const broker of brokers) {
    const stop = `f${broker.id}`
    if (isEnded(broker) || broker.process === 'stopping') returned.set(broker.id, ask(returnEvents(broker)))
    if (!broker.fenced && !isEnded(broker) && broker.process !== 'returning')
      stopped.set(broker.id, [ask([...dead, stop]), ask([`s${broker.id}`, ...dead, stop]), ask([stop])])
  }
  return { now, fenced: dead.length === 0 ? now : ask(dead), stopped, returned }
}

/** The line to ask and how to read the line that answers it: the endings of each moment. */
export function questionOf({ eligibleLeaders, partitions, moments }: FaultCase): {
  readonly line: string
  readonly endings: (answer: string) => readonly Endings[]
} {
  const steps: string[] = []
  const asked = moments.map((moment) => askMoment(moment, steps))
  const words = [eligibleLeaders ? '1' : '0', String(partitions.length), ...partitions.map(partitionWord), ...steps]
  const endings = (answer: string): readonly Endings[] => {
    const told = answer.split(' ')
    if (answer.startsWith('failed') || told.length !== steps.length)
      throw new Error(`${steps.length} questions, ${told.length} answers: ${answer.slice(0, 300)}`)
    const states = new Map<number, ClusterState>()
    const at = (place: number): ClusterState => {
      const state = states.get(place) ?? stateOf(told[place]!)
      states.set(place, state)
      return state
    }
    return asked.map(({ now, fenced, stopped, returned }) => ({
      now: at(now),
      fenced: () => at(fenced),
      stopped: (broker) => (stopped.get(broker) ?? []).map(at),
      returned: (broker) => (returned.has(broker) ? at(returned.get(broker)!) : null),
    }))
  }
  return { line: words.join(' '), endings }
}
