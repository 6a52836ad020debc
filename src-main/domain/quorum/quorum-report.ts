import { LATE_AFTER_MS, SILENT_AFTER_MS } from '../../contract/quorum'
import type { Following, QuorumMember, QuorumReport } from '../../contract/quorum'
import type { Voter } from '../forecast/majority'

/** A node as the quorum's leader tells it; times by its clock, -1 unknown. */
export interface QuorumNode {
  readonly id: number
  /** '' = not told. */
  readonly directory: string
  readonly logEndOffset: number
  readonly lastFetchAt: number
  readonly lastCaughtUpAt: number
}

export interface QuorumFigures {
  readonly leader: number
  readonly epoch: number
  readonly highWatermark: number
  readonly voters: readonly QuorumNode[]
  readonly observers: readonly QuorumNode[]
  readonly addresses: readonly { readonly id: number; readonly host: string; readonly port: number }[]
}

/** By our clock. */
export interface QuorumAsked {
  readonly askedAt: number
  readonly readAt: number
  readonly broker: number
}

const told = (value: number): number => (value >= 0 ? value : Number.NaN)

/**
 * What the leader's own entry says it is by its clock: it has the time of the answer as its last catch-up (LeaderState.describeReplicaState); its last fetch
 * is -1 in some versions. NaN without that entry.
 */
function leaderClock({ leader, voters, observers }: QuorumFigures): number {
  const own = [...voters, ...observers].find(({ id }) => id === leader)
  return own === undefined ? Number.NaN : told(Math.max(own.lastFetchAt, own.lastCaughtUpAt))
}

function followingOf(ageMs: number, node: QuorumNode, clock: number): Following {
  if (node.lastFetchAt < 0) return 'never'
  if (Number.isNaN(clock)) return 'unknown'
  if (ageMs >= SILENT_AFTER_MS) return 'silent'
  return ageMs >= LATE_AFTER_MS ? 'late' : 'in-step'
}

const remarkOf = (voters: number): QuorumReport['remark'] => {
  if (voters === 1) return 'single'
  return voters > 0 && voters % 2 === 0 ? 'even' : ''
}

/** Who has to agree: more than half of those that vote (KIP-595, VoterSet.java). */
export const majorityOf = (voters: number): number => Math.floor(voters / 2) + 1

/**
 * The quorum of an answer with a leader. `before`: the report before this one, null = the first. A voter counts as one that may be lost only while it is in step: of
 * those that are late it is not known whether they come back, and their leader itself does not count them (LeaderState.updateCheckQuorumForFollowingVoter). Observers
 * that have not fetched for five minutes are not told (LeaderState.clearInactiveObservers).
 */
export function quorumReport(figures: QuorumFigures, asked: QuorumAsked, before: QuorumReport | null): QuorumReport {
  const { leader, epoch } = figures
  const clock = leaderClock(figures)
  const leaderEnd = told(
    [...figures.voters, ...figures.observers].find(({ id }) => id === leader)?.logEndOffset ?? Number.NaN,
  )
  const addresses = new Map(figures.addresses.map(({ id, host, port }) => [id, `${host}:${port}`]))
  const fetching = new Set(figures.observers.map(({ id }) => id))
  const member =
    (votes: boolean) =>
    (node: QuorumNode): QuorumMember => {
      const leads = node.id === leader
      const fetchAgeMs = leads ? 0 : Math.max(0, clock - told(node.lastFetchAt))
      return {
        id: node.id,
        votes,
        directory: node.directory,
        address: addresses.get(node.id) ?? '',
        logEndOffset: told(node.logEndOffset),
        behind: leads ? 0 : Math.max(0, leaderEnd - told(node.logEndOffset)),
        fetchAgeMs,
        following: leads ? 'leads' : followingOf(fetchAgeMs, node, clock),
        replaced: votes && fetching.has(node.id),
      }
    }
  const order = (a: QuorumMember, b: QuorumMember): number =>
    Number(b.following === 'leads') - Number(a.following === 'leads') || a.id - b.id
  const voters = figures.voters.map(member(true)).sort(order)
  const observers = figures.observers.map(member(false)).sort(order)
  const same = before?.leaderEpoch === epoch && before.leader === leader
  return {
    ...asked,
    leader,
    leaderEpoch: epoch,
    seenSince: same ? before.seenSince : asked.readAt,
    sawItBegin: same ? before.sawItBegin : before !== null,
    highWatermark: told(figures.highWatermark),
    logEndOffset: leaderEnd,
    members: [...voters, ...observers],
    voters: voters.length,
    ...strength(voters),
    remark: remarkOf(voters.length),
  }
}

function strength(voters: readonly QuorumMember[]): Pick<QuorumReport, 'majority' | 'inStep' | 'mayLose'> {
  const majority = majorityOf(voters.length)
  const count = (...states: readonly Following[]): number =>
    voters.filter(({ following }) => states.includes(following)).length
  const inStep = count('leads', 'in-step')
  const known = voters.length > 0 && count('unknown') === 0
  return {
    majority,
    inStep,
    mayLose: known
      ? { atLeast: Math.max(0, inStep - majority), atMost: Math.max(0, inStep + count('late') - majority) }
      : null,
  }
}

/** Who votes and is live, for what a stop does to the majority; null as soon as that is not known of one. */
export function votersOf({ members }: QuorumReport): readonly Voter[] | null {
  const voters = members.filter(({ votes }) => votes)
  if (voters.some(({ following }) => following === 'unknown')) return null
  return voters.map(({ id, following }) => ({ id, live: following !== 'silent' && following !== 'never' }))
}
