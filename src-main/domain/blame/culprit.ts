import type { Course, Culprit } from '../../contract/summary'

/** Trouble of one broker, as counted over all partitions. */
export interface BrokerTrouble {
  readonly broker: number
  readonly rack: string | null
  readonly listed: boolean
  readonly silent: boolean
  readonly course: Course | ''
  readonly throttled: boolean
  /** Replicas on it (leaders included), and those of them out of the ISR, late, or on a broker that does not answer. */
  readonly replicas: number
  readonly troubled: number
  /** Of the troubled ones: shrinking lag, and lag known at all. */
  readonly recovering: number
  readonly rated: number
  /**
   * Partitions it leads, and those of them with a follower in trouble whose broker is listed and answers; those followers. A follower on a broker that
   * is away says nothing about its leader.
   */
  readonly leads: number
  readonly leadsTroubled: number
  readonly followersTroubled: number
  /** How many different brokers those followers are on. */
  readonly followerBrokers: number
  /** Of a broker that is away: partitions whose ISR or ELR it is in, or that it led last, and those without a leader that wait for it. */
  readonly mayLead: number
  readonly awaited: number
}

/** An explanation must cover this share of the troubled replicas. */
const COVERS = 0.8

const sumOf = (brokers: readonly BrokerTrouble[], of: (broker: BrokerTrouble) => number): number =>
  brokers.reduce((total, broker) => total + of(broker), 0)

function causeOf(brokers: readonly BrokerTrouble[]): Culprit['cause'] {
  const away = brokers.flatMap((broker) => awayCause(broker) ?? [])
  if (away.length === brokers.length) return away.every((cause) => cause === away[0]) ? away[0]! : 'silent'
  if (brokers.every((broker) => broker.throttled)) return 'throttled'
  const rated = sumOf(brokers, (broker) => broker.rated)
  if (rated === 0) return 'unknown'
  return sumOf(brokers, (broker) => broker.recovering) * 2 > rated ? 'recovering' : 'slow'
}

const most = <T>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, item) => (best === undefined || score(item) > score(best) ? item : best),
    undefined,
  )

const isAway = (broker: BrokerTrouble): boolean => awayCause(broker) !== null

function awayCause({ listed, silent, course }: BrokerTrouble): 'gone' | 'silent' | Course | null {
  if (course !== '') return course
  if (!listed) return 'gone'
  return silent ? 'silent' : null
}

function followerCulprit(one: BrokerTrouble): Culprit {
  const { broker, rack, troubled: behind, replicas: of } = one
  return { kind: 'follower-broker', broker, rack, brokers: [], behind, of, cause: causeOf([one]) }
}

/**
 * The smallest explanation of the trouble; null when nobody covers four fifths of the troubled replicas. Brokers that are gone, silent, or on their way in or out come first, all
 * together: what is on them, and the followers of what they lead, is theirs, and no broker, leader or rack that answers is blamed for it. Else one follower broker,
 * else one leader broker (its followers on two or more brokers that answer suffer), else one rack of which two or more brokers are concerned. Brokers that are away are
 * named also where they explain only a part and nobody else explains the whole.
 */
export function findCulprit(brokers: readonly BrokerTrouble[]): Culprit | null {
  const troubled = sumOf(brokers, (broker) => broker.troubled)
  if (troubled === 0) return null
  const enough = COVERS * troubled
  const away = brokers.filter((broker) => isAway(broker) && broker.troubled > 0)
  if (away.length > 0 && sumOf(away, (one) => one.troubled + one.followersTroubled) >= enough)
    return awayCulprit(away, brokers)
  return (
    livingCulprit(
      brokers.filter((broker) => !isAway(broker)),
      enough,
    ) ?? (away.length > 0 ? awayCulprit(away, brokers) : null)
  )
}

function livingCulprit(brokers: readonly BrokerTrouble[], enough: number): Culprit | null {
  const follower = most(brokers, (broker) => broker.troubled)
  if (follower !== undefined && follower.troubled >= enough) return followerCulprit(follower)
  const leader = most(brokers, (broker) => broker.followersTroubled)
  if (leader !== undefined && leader.followersTroubled >= enough && leader.followerBrokers >= 2) {
    const { broker, rack, leadsTroubled: behind, leads: of, throttled } = leader
    return { kind: 'leader-broker', broker, rack, brokers: [], behind, of, cause: throttled ? 'throttled' : 'unknown' }
  }
  return rackCulprit(brokers, enough)
}

/** A rack that all brokers stand in tells nothing. */
function membersOf(rack: string | null, brokers: readonly BrokerTrouble[]): readonly BrokerTrouble[] {
  if (rack === null || rack === '') return []
  const members = brokers.filter((broker) => broker.rack === rack)
  return members.length === brokers.length ? [] : members
}

function awayCulprit(away: readonly BrokerTrouble[], brokers: readonly BrokerTrouble[]): Culprit {
  const [one, ...others] = [...away].sort((a, b) => a.broker - b.broker)
  if (others.length === 0) return followerCulprit(one!)
  const rack = others.every((other) => other.rack === one!.rack) ? one!.rack : null
  return {
    kind: 'brokers-away',
    broker: firstBack([one!, ...others]),
    // Where one of the rack answers, it is not the rack.
    rack: membersOf(rack, brokers).length === away.length ? rack : null,
    brokers: [one!, ...others].map((member) => ({
      broker: member.broker,
      rack: member.rack,
      cause: awayCause(member) ?? 'silent',
    })),
    behind: sumOf(away, (broker) => broker.troubled),
    of: sumOf(away, (broker) => broker.replicas),
    cause: causeOf(away),
  }
}

/**
 * Whose return helps most: the one in the ISR or ELR of most partitions, of equals the one that most partitions without a leader wait for (the last known leader
 * may always lead again, an ELR member that was killed is taken off the list when it registers: `awaitedBroker`). -1 = all the same.
 */
function firstBack(away: readonly BrokerTrouble[]): number {
  const [first, second] = [...away].sort((a, b) => b.mayLead - a.mayLead || b.awaited - a.awaited)
  return first!.mayLead === second!.mayLead && first!.awaited === second!.awaited ? -1 : first!.broker
}

function rackCulprit(brokers: readonly BrokerTrouble[], enough: number): Culprit | null {
  for (const rack of new Set(brokers.map((broker) => broker.rack))) {
    const members = membersOf(rack, brokers)
    const concerned = members.filter((broker) => broker.troubled > 0)
    const behind = sumOf(concerned, (broker) => broker.troubled)
    if (behind < enough || concerned.length < 2) continue
    const of = sumOf(members, (broker) => broker.replicas)
    return { kind: 'rack', broker: -1, rack, brokers: [], behind, of, cause: causeOf(concerned) }
  }
  return null
}
