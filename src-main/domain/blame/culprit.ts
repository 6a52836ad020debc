import type { Culprit } from '../../contract/summary'

/** Trouble of one broker, as counted over all partitions. */
export interface BrokerTrouble {
  readonly broker: number
  readonly rack: string | null
  readonly listed: boolean
  readonly silent: boolean
  readonly throttled: boolean
  /** Replicas on it (leaders included), and those of them out of the ISR, late, or on a broker that does not answer. */
  readonly replicas: number
  readonly troubled: number
  /** Of the troubled ones: shrinking lag, and lag known at all. */
  readonly recovering: number
  readonly rated: number
  /** Partitions it leads, and those of them with a follower in trouble; troubled followers of its partitions. */
  readonly leads: number
  readonly leadsTroubled: number
  readonly followersTroubled: number
  /** How many different brokers those followers are on. */
  readonly followerBrokers: number
}

/** An explanation must cover this share of the troubled replicas. */
const COVERS = 0.8

function causeOf(brokers: readonly BrokerTrouble[]): Culprit['cause'] {
  const sum = (of: (broker: BrokerTrouble) => number): number =>
    brokers.reduce((total, broker) => total + of(broker), 0)
  if (brokers.every((broker) => !broker.listed)) return 'gone'
  if (brokers.every((broker) => broker.silent || !broker.listed)) return 'silent'
  if (brokers.every((broker) => broker.throttled)) return 'throttled'
  const rated = sum((broker) => broker.rated)
  if (rated === 0) return 'unknown'
  return sum((broker) => broker.recovering) * 2 > rated ? 'recovering' : 'slow'
}

const most = <T>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>(
    (best, item) => (best === undefined || score(item) > score(best) ? item : best),
    undefined,
  )

/**
 * The smallest explanation of the trouble: one follower broker, else one leader broker (its followers on two or more
 * brokers suffer), else one rack of which two or more brokers are concerned; null when none of them covers four fifths
 * of the troubled replicas. Of a follower and a leader that both do, the leader only when none of its followers'
 * brokers explains it alone.
 */
export function findCulprit(brokers: readonly BrokerTrouble[]): Culprit | null {
  const troubled = brokers.reduce((total, broker) => total + broker.troubled, 0)
  if (troubled === 0) return null
  const enough = COVERS * troubled
  const follower = most(brokers, (broker) => broker.troubled)!
  if (follower.troubled >= enough) {
    const { broker, rack, troubled: behind, replicas: of } = follower
    return { kind: 'follower-broker', broker, rack, behind, of, cause: causeOf([follower]) }
  }
  const leader = most(brokers, (broker) => broker.followersTroubled)!
  if (leader.followersTroubled >= enough && leader.followerBrokers >= 2) {
    const cause = leader.silent || !leader.listed ? causeOf([leader]) : leader.throttled ? 'throttled' : 'unknown'
    return {
      kind: 'leader-broker',
      broker: leader.broker,
      rack: leader.rack,
      behind: leader.leadsTroubled,
      of: leader.leads,
      cause,
    }
  }
  return rackCulprit(brokers, enough)
}

function rackCulprit(brokers: readonly BrokerTrouble[], enough: number): Culprit | null {
  const racks = new Map<string, BrokerTrouble[]>()
  for (const broker of brokers) {
    if (broker.rack !== null && broker.rack !== '') racks.set(broker.rack, [...(racks.get(broker.rack) ?? []), broker])
  }
  for (const [rack, members] of racks) {
    const concerned = members.filter((broker) => broker.troubled > 0)
    const behind = concerned.reduce((total, broker) => total + broker.troubled, 0)
    // A rack that all brokers stand in tells nothing.
    if (behind < enough || concerned.length < 2 || members.length === brokers.length) continue
    const of = members.reduce((total, broker) => total + broker.replicas, 0)
    return { kind: 'rack', broker: -1, rack, behind, of, cause: causeOf(concerned) }
  }
  return null
}
