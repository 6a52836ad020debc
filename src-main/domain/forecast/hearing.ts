import type { BrokerFacts } from '../topology/reading'

/** A node in an answer of the quorum's leader; times in ms by that leader's clock, -1 = none. */
export interface QuorumMember {
  readonly id: number
  readonly lastFetchAt: number
  readonly lastCaughtUpAt: number
}

/**
 * When the controllers heard each other node for the last time, ms by our clock and never later than the truth. Every broker fetches the controllers'
 * log, as a voter or as an observer, again and again, and their leader tells when it last did (DescribeQuorum from 3.3, KIP-836). The leader's own entry has
 * the time of the answer (RaftUtil.toReplicaState), which is not before `sentAt`, so ages are taken from there. Without that entry nothing is known. A voter
 * on a new disk is listed twice, as voter and as observer: the later time counts.
 */
export function heardByControllers(
  leader: number,
  members: readonly QuorumMember[],
  sentAt: number,
): ReadonlyMap<number, number> {
  const heard = new Map<number, number>()
  const leaderNow = Math.max(
    -1,
    ...members
      .filter(({ id }) => id === leader)
      .map(({ lastFetchAt, lastCaughtUpAt }) => Math.max(lastFetchAt, lastCaughtUpAt)),
  )
  if (leaderNow < 0) return heard
  for (const { id, lastFetchAt } of members) {
    if (id === leader || lastFetchAt < 0) continue
    const at = sentAt - Math.max(0, leaderNow - lastFetchAt)
    if (at > (heard.get(id) ?? Number.NEGATIVE_INFINITY)) heard.set(id, at)
  }
  return heard
}

/** What was on its way when a broker fell silent may still have reached the controllers. */
const ON_ITS_WAY_MS = 1000
/** The quorum is asked every 3 s and given 2 s, and a fetch may wait half a second (KafkaRaftClient): so old is what is known of a broker that lives. */
const HEARD_FOR_MS = 6000

/** A fetch of the controllers' log may wait half a second for something new (KafkaRaftClient), so one that lives is heard at least that often. */
const FETCH_WAIT_MS = 500

/** Whether the controllers, asked long enough after `silentSince`, did not name a later fetch of the broker: they do not hear it either. */
export const isUnheardByControllers = (heardAt: number, askedAt: number, silentSince: number): boolean =>
  askedAt > (heardAt > silentSince ? heardAt : silentSince) + ON_ITS_WAY_MS + FETCH_WAIT_MS

/**
 * Since when the controllers do not hear a broker that answers us; NaN = they hear it, or nothing tells. It goes on serving, and learns of nothing that they decide: what it leads evicts nobody
 * (AlterPartition needs them), and it is fenced a session later.
 */
export const cutOffSince = ({
  answers,
  heardAt,
  hearingAskedAt,
}: Pick<BrokerFacts, 'answers' | 'heardAt' | 'hearingAskedAt'>): number =>
  answers === 'yes' && hearingAskedAt > heardAt + ON_ITS_WAY_MS + FETCH_WAIT_MS ? heardAt : Number.NaN

/** Whether the controllers hear a broker that has not answered us since `silentSince`. As long as they do they do not fence it. `heardAt` NaN = not told. */
export const isHeard = (heardAt: number, silentSince: number, now: number): boolean =>
  heardAt > silentSince + ON_ITS_WAY_MS && now - heardAt < HEARD_FOR_MS
