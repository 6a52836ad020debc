/** Random clusters and random faults on them, the same from the same seed. */
import type { Random } from '../change-random'
import type { BrokerTruth, FaultCase, FaultPartition, FaultTopic, Fetching, Moment, Tellers } from './fault-case'
import { isEnded, isGoneSilently, replicaKey, serves } from './fault-case'

type MadeBroker = { -readonly [K in keyof BrokerTruth]: BrokerTruth[K] }

type Action = (making: Making) => void

/** A cluster as it is being hurt. `events`: what the controllers did since the last moment. */
class Making {
  readonly brokers: MadeBroker[]
  readonly partitions: readonly FaultPartition[]
  readonly lostDirectories = new Set<string>()
  readonly fetching = new Map<string, Fetching>()
  readonly voters: readonly number[]
  /** Separate controllers that have lost their majority. */
  controllersDown = false
  events: string[] = []

  constructor(readonly random: Random) {
    const count = 3 + random.below(5)
    const racks: readonly (string | null)[] = random.pick([[null], ['a', 'b', 'c'], ['a', 'b']])
    this.brokers = Array.from({ length: count }, (_, at) => ({
      id: at + 1,
      rack: racks[at % racks.length] ?? null,
      process: 'up',
      fenced: false,
      listener: !random.chance(0.04),
      heard: !random.chance(0.06),
    }))
    // Somebody has to tell.
    this.brokers[0]!.listener = this.brokers[0]!.heard = true
    this.voters = random.chance(0.3) ? [1, 2, 3] : [101, 102, 103]
    this.partitions = this.topics(random.chance(0.04)).flatMap((topic) => this.assign(topic))
  }

  private topics(blind: boolean): FaultTopic[] {
    const { random } = this
    return Array.from({ length: 2 + random.below(3) }, (_, at) => ({
      name: `topic-${at}`,
      minInSyncReplicas: 1 + random.below(3),
      unclean: random.chance(0.2),
      hidden: blind || random.chance(0.1),
      settingsDenied: random.chance(0.1),
    }))
  }

  private assign(topic: FaultTopic): FaultPartition[] {
    const ids = this.brokers.map(({ id }) => id)
    const factor = Math.min(ids.length, this.random.pick([1, 2, 3, 3, 3, 4, 5]))
    return Array.from({ length: 1 + this.random.below(2) }, (_, number) => ({
      topic,
      number,
      replicas: this.random.some(ids, factor),
    }))
  }

  get controllers(): boolean {
    const live = this.voters.filter((id) => {
      const node = this.brokers.find((broker) => broker.id === id)
      return node === undefined || !isEnded(node)
    })
    return !this.controllersDown && live.length > this.voters.length / 2
  }

  some(which: (broker: MadeBroker) => boolean): MadeBroker | undefined {
    const found = this.brokers.filter(which)
    return found.length === 0 ? undefined : this.random.pick(found)
  }

  /** Numbers of some partitions that have a replica on it, at least one where there is any. */
  held(broker: number): number[] {
    const all = this.partitions.flatMap(({ replicas }, at) => (replicas.includes(broker) ? [at] : []))
    return all.length === 0 ? [] : this.random.some(all, 1 + this.random.below(all.length))
  }

  fence(broker: MadeBroker): void {
    this.events.push(`f${broker.id}`)
    broker.fenced = true
  }

  /** A replica whose log directory failed fetches nothing. */
  fetches(partition: number, broker: number, how: Fetching | null): void {
    const key = replicaKey(partition, broker)
    if (how === null || this.lostDirectories.has(key)) this.fetching.delete(key)
    else this.fetching.set(key, how)
  }
}

/** A broker without our listener cannot be seen at all, so nothing happens to it. */
const isUp = ({ process, fenced, listener }: MadeBroker): boolean => process === 'up' && !fenced && listener

/** One of them always tells, and a directory that failed stays so. */
const mayEnd = (making: Making) => (broker: MadeBroker) =>
  isUp(broker) &&
  broker.id !== 1 &&
  !making.partitions.some((_, at) => making.lostDirectories.has(replicaKey(at, broker.id)))

const die =
  (process: 'dead' | 'frozen'): Action =>
  (making) => {
    const one = making.some(mayEnd(making))
    if (one !== undefined) one.process = process
  }

const fenceTheDead: Action = (making) => {
  for (const one of making.brokers) if (isGoneSilently(one) && making.random.chance(0.8)) making.fence(one)
}

const shutDown: Action = (making) => {
  const one = making.some(mayEnd(making))
  if (one === undefined) return
  making.events.push(`s${one.id}`)
  one.process = 'stopping'
}

const endShutdown: Action = (making) => {
  const one = making.some(({ process }) => process === 'stopping')
  if (one === undefined) return
  making.fence(one)
  one.process = 'stopped'
}

const comeBack: Action = (making) => {
  const one = making.some(({ process, fenced }) => fenced && (process === 'dead' || process === 'stopped'))
  if (one === undefined) return
  making.events.push(`${one.process === 'dead' ? 'r' : 'c'}${one.id}`, `u${one.id}`)
  one.fenced = false
  one.process = making.random.chance(0.5) ? 'returning' : 'up'
  for (const at of making.held(one.id)) making.fetches(at, one.id, making.random.pick(['stuck', 'catching-up']))
}

const openPort: Action = (making) => {
  const one = making.some(({ process }) => process === 'returning')
  if (one !== undefined) one.process = 'up'
}

const thaw: Action = (making) => {
  const one = making.some(({ process }) => process === 'frozen')
  if (one === undefined) return
  if (one.fenced) making.events.push(`u${one.id}`)
  one.fenced = false
  one.process = 'up'
}

/** Before anybody noticed: it only goes on. */
const thawAtOnce: Action = (making) => {
  const one = making.some(({ process, fenced }) => process === 'frozen' && !fenced)
  if (one !== undefined) one.process = 'up'
}

const loseDirectory: Action = (making) => {
  const one = making.some(isUp)
  const lost = one === undefined ? [] : making.held(one.id)
  if (one === undefined || lost.length === 0) return
  making.events.push(`d${one.id}:${lost.join('.')}`)
  for (const at of lost) {
    making.lostDirectories.add(replicaKey(at, one.id))
    making.fetches(at, one.id, null)
  }
}

const fallBehind: Action = (making) => {
  const one = making.some(isUp)
  if (one !== undefined) for (const at of making.held(one.id)) making.fetches(at, one.id, 'late')
}

const isLate = (making: Making, broker: number) => (at: number) =>
  making.fetching.get(replicaKey(at, broker)) === 'late'

const evict: Action = (making) => {
  const one = making.some(isUp)
  if (one === undefined) return
  const late = making.held(one.id).filter(isLate(making, one.id))
  if (late.length === 0) return
  making.events.push(`o${one.id}:${late.join('.')}`)
  for (const at of late) making.fetches(at, one.id, making.random.pick(['stuck', 'catching-up']))
}

const rejoin: Action = (making) => {
  for (const one of making.brokers.filter(isUp)) {
    const joining = making.held(one.id)
    if (joining.length === 0) continue
    making.events.push(`j${one.id}:${joining.join('.')}`)
    for (const at of joining) making.fetches(at, one.id, null)
  }
}

const electPreferred: Action = (making) => making.events.push(`p0:${making.partitions.map((_, at) => at).join('.')}`)

const hear: Action = (making) => {
  for (const one of making.brokers) one.heard = true
}

/** After a sleep everybody is asked anew; one has answered already. */
const askAnew: Action = (making) => {
  for (const one of making.brokers) one.heard = one.id === 1 || making.random.chance(0.4)
}

/** Only these go on without controllers. */
const WITHOUT: readonly Action[] = [die('dead'), die('frozen'), thawAtOnce, thawAtOnce, hear]
const WITH: readonly Action[] = [
  ...[die('dead'), die('dead'), die('dead'), die('frozen'), die('frozen')],
  ...[fenceTheDead, fenceTheDead, fenceTheDead, fenceTheDead],
  ...[shutDown, shutDown, endShutdown, endShutdown],
  ...[comeBack, comeBack, comeBack, openPort, openPort, thaw],
  ...[loseDirectory, fallBehind, fallBehind, evict, evict, rejoin, rejoin, rejoin, electPreferred, hear, hear, askAnew],
  (making) => {
    making.controllersDown = making.voters[0] === 101 && making.random.chance(0.5)
  },
]

/** Who has an old view is asked only beside one that has not: alone, nobody could know better. */
function tellersOf(making: Making, first: boolean): Tellers {
  const { random } = making
  const answering = making.brokers.filter((one) => serves(one) && one.listener && one.heard).map(({ id }) => id)
  const [teller = -1, second = -1] = random.some(answering, random.chance(0.5) ? 2 : 1)
  if (first || second < 0 || !random.chance(0.3)) return { teller, second, stale: -1 }
  return { teller, second, stale: random.chance(0.5) ? teller : second }
}

export function makeCase(random: Random): FaultCase {
  const making = new Making(random)
  const eligibleLeaders = random.chance(0.5)
  // Who tells none is no KRaft broker, and there a listener that is missing is only found where its broker leads something.
  const offsetsTold = random.chance(0.7) || making.brokers.some(({ listener }) => !listener)
  const quorumTold = !random.chance(0.1)
  const versionTold = !random.chance(0.1)
  const moments: Moment[] = []
  for (let at = 4 + random.below(4); at > 0; at--) {
    const count = moments.length === 0 && random.chance(0.7) ? 0 : 1 + random.below(3)
    for (let done = 0; done < count; done++) {
      if (making.controllersDown && random.chance(0.4)) making.controllersDown = false
      random.pick(making.controllers ? WITH : WITHOUT)(making)
    }
    moments.push({
      events: making.events.length === 0 ? 'n0' : making.events.join('+'),
      brokers: making.brokers.map((broker) => ({ ...broker })),
      controllers: making.controllers,
      // Whoever may not ask does not hear that nobody would answer either.
      quorumTold: quorumTold || !making.controllers,
      lostDirectories: new Set(making.lostDirectories),
      fetching: new Map(making.fetching),
      tellers: tellersOf(making, moments.length === 0),
    })
    making.events = []
  }
  const { voters, partitions } = making
  return { eligibleLeaders, offsetsTold, versionTold, voters, partitions, moments }
}
