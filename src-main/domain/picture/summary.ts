import type { BrokerSummary, ClusterSummary, Headline, SilentBroker } from '../../contract/summary'
import { AT_MIN_ISR, LAGGING, OFFLINE, UNDER_MIN_ISR, UNKNOWN } from '../../shared/states'
import { KafkaError } from '../../shared/kafka-codes'
import { tally as tallied } from '../../shared/tally'
import { BrokerTally } from './broker-tally'
import type { TallyInput } from './broker-tally'
import { isLeaving } from '../answers/shutdowns'
import type { BrokerAddress } from '../topology/columns'
import { findCulprit } from '../blame/culprit'
import type { BrokerTrouble } from '../blame/culprit'
import type { Departures } from '../blame/departures'
import { failedLogDirsOf } from '../blame/log-dirs'
import { haltedNow } from '../forecast/coordination'
import { fencingOf } from '../forecast/fencing'
import { isHeard } from '../forecast/hearing'
import { quorumWithout } from '../forecast/majority'
import type { KnownQuorum } from '../forecast/majority'
import { headline, withSince } from '../blame/headline'
import type { NearestMiss } from '../forecast/nearest'
import type { Sliced } from '../slices'

const ROWS_PER_PIECE = 2048

/** What only the monitor knows, passed through, plus what the rules need. */
export interface SummaryInput extends TallyInput, KnownQuorum {
  /** False until every live broker has been heard once, and has told of what it holds: the level is then 'unread'. */
  readonly read: boolean
  /** The headline of the summary before, for `since`; after a gap the last one that was not of an old reading. */
  readonly previous: Headline | null
  /** When its reading was taken, NaN = there is none, and whether there was a gap since. */
  readonly seenAt: number
  readonly gap: boolean
  /** Is written: the worst of this pass is noted. null = not kept. */
  readonly nearest: NearestMiss | null
  /** Is written: who went away between the pass before and this one. null = not kept. */
  readonly departures: Departures | null
  /** Last known addresses, for brokers that Metadata does not list any more. */
  readonly addresses?: ReadonlyMap<number, BrokerAddress>
  /** Brokers under a replication throttle. */
  readonly throttled?: ReadonlySet<number>
  /** Log directories that failed, by broker, as far as they were read. */
  readonly failedFolders?: ReadonlyMap<number, readonly string[]>
  readonly reach: ClusterSummary['reach']
  readonly loss: ClusterSummary['loss']
  readonly incident: ClusterSummary['incident']
  readonly plans: ClusterSummary['plans']
  readonly takenAt: number
  readonly spreadMs: number
  readonly intervalMs: number
  readonly cadence: ClusterSummary['cadence']
  readonly load: ClusterSummary['load']
  readonly kafkaVersion: string
  readonly controller: number
  readonly limits: ClusterSummary['limits']
}

function address(input: SummaryInput, id: number): BrokerAddress {
  return (
    input.reading.brokers.find((broker) => broker.id === id) ??
    input.addresses?.get(id) ?? { id, host: '', port: -1, rack: null }
  )
}

/** Without a topic nothing is known of any broker, unless it is proven that there is none. */
const isBlind = ({ reading, reach }: SummaryInput): boolean => reading.leader.length === 0 && reach !== 'all'

function brokerRows(input: SummaryInput, tally: BrokerTally): BrokerSummary[] {
  const { sums } = tally
  const blind = isBlind(input)
  const seen = (count: number): number => (blind ? NaN : count)
  const rows = Array.from(tally.brokers.ids, (id, slot): BrokerSummary => {
    const { host, port, rack } = address(input, id)
    const fact = input.presences.factOf(id)
    const listed = tally.listings[slot] === 'listed'
    const answers = fact?.answers ?? (listed ? 'connecting' : 'no')
    const stop = tally.stops.effect(id)
    // While it does not answer, nobody knows whether its replicas keep up.
    const unanswered = answers !== 'yes'
    const unread = sums.unread[slot]! > 0 || sums.replicas[slot] === 0
    const judged = !blind && sums.unjudged[slot] === 0 && !input.presences.isUnheard(id)
    return {
      id,
      host,
      port,
      rack,
      listed,
      noListener: tally.listings[slot] === 'no-listener',
      answers,
      answersSince: fact?.answersSince ?? NaN,
      course: courseOf(input, tally, slot),
      silence: fact?.silence ?? '',
      leadsTo: fact?.leadsTo ?? '',
      latencyMs: fact?.latencyMs ?? NaN,
      replicas: seen(sums.replicas[slot]!),
      inSync: seen(sums.inSync[slot]!),
      adding: seen(sums.adding[slot]!),
      leaders: seen(sums.leaders[slot]!),
      lagRecords: unanswered || unread ? NaN : sums.lagRecords[slot]!,
      behind: tallied(sums.behind[slot]!, judged && !unanswered && sums.unread[slot] === 0),
      lateMs: unread || (unanswered && sums.lateMs[slot] === 0) ? NaN : sums.lateMs[slot]!,
      stopRefuses: tallied(stop.refuses, judged && stop.unknown === 0),
      stopOffline: tallied(stop.offline, judged),
      stopLoses: tallied(stop.loses, judged),
      ...failedLogDirsOf(id, sums.onFailedLogDir[slot]!, input.failedFolders),
      stopHalts: stop.halts,
      stopQuorum: quorumWithout(input, new Set([id]), input.presences).effect,
    }
  })
  return rows.sort((a, b) => a.id - b.id)
}

/** Leaving takes that it leads nothing any more: one that leads again has changed its mind. */
function courseOf({ presences, reading }: SummaryInput, tally: BrokerTally, slot: number): BrokerSummary['course'] {
  const id = tally.brokers.ids[slot]!
  if (tally.isGone(slot)) return ''
  if (presences.isReturning(id)) return 'returning'
  return isLeaving(reading, presences.factOf(id)) && tally.sums.leaders[slot] === 0 ? 'leaving' : ''
}

function troubles(input: SummaryInput, tally: BrokerTally): BrokerTrouble[] {
  const { sums } = tally
  return Array.from(tally.brokers.ids, (broker, slot) => ({
    broker,
    rack: address(input, broker).rack,
    listed: !tally.isGone(slot),
    silent: tally.isSilent(slot),
    course: courseOf(input, tally, slot),
    throttled: input.throttled?.has(broker) === true,
    replicas: sums.replicas[slot]!,
    troubled: sums.troubled[slot]!,
    recovering: sums.recovering[slot]!,
    rated: sums.rated[slot]!,
    leads: sums.leaders[slot]!,
    leadsTroubled: sums.leadsTroubled[slot]!,
    followersTroubled: sums.followersTroubled[slot]!,
    followerBrokers: tally.followerBrokers(slot),
    mayLead: sums.mayLead[slot]!,
    awaited: sums.awaited[slot]!,
  }))
}

/** Brokers that do not answer but are still listed; once fenced they are gone from Metadata, and so from here. Of one that only we do not see nothing is foretold. */
function silentBrokers(input: SummaryInput, tally: BrokerTally): SilentBroker[] {
  const silent: SilentBroker[] = []
  tally.brokers.ids.forEach((broker, slot) => {
    const fact = input.presences.factOf(broker)
    if (fact === undefined || !input.presences.isUnanswered(broker) || tally.isGone(slot)) return
    const { controllerSilent, sessionTimeoutMs } = input.settings
    const { from, to } = fencingOf(fact, controllerSilent ? NaN : sessionTimeoutMs, input.now)
    silent.push({
      broker,
      rack: address(input, broker).rack,
      since: fact.answersSince,
      silence: fact.silence,
      returning: fact.returning,
      heard: !controllerSilent && isHeard(fact.heardAt, fact.answersSince, input.now),
      leadsTo: fact.leadsTo,
      fencedFrom: from,
      fencedTo: to,
      leads: tally.sums.leaders[slot]!,
      thenRefuses: tally.sums.thenRefuses[slot]!,
      thenOffline: tally.sums.thenOffline[slot]!,
      thenLoses: tally.sums.thenLoses[slot]!,
    })
  })
  return silent
}

function unreachable(input: SummaryInput): Headline['noListener'] {
  const { withoutListener, metadataError } = input.reading
  if (withoutListener.size === 0) return null
  let partitions = 0
  for (let row = 0; row < metadataError.length; row++)
    if (metadataError[row] === KafkaError.LISTENER_NOT_FOUND) partitions++
  const ids = [...withoutListener].sort((a, b) => a - b)
  return { brokers: ids.map((broker) => ({ broker, rack: address(input, broker).rack })), partitions }
}

/** Where nobody answers it may as well be this machine that was cut off: nobody is counted then. */
function noteDepartures({ departures, presences, now }: SummaryInput, tally: BrokerTally): void {
  if (departures === null) return
  const ids = Array.from(tally.brokers.ids)
  const away = ids.map((_, slot) => tally.isGone(slot) || tally.isSilent(slot))
  if (away.every((one) => one)) return
  ids.forEach((id, slot) => {
    departures.note(id, away[slot] === true ? 'away' : presences.answers(id) ? 'there' : 'unsure', now)
  })
}

const votersOf = (voters: SummaryInput['voters']): ClusterSummary['voters'] =>
  voters === null ? null : { live: voters.filter(({ live }) => live).length, total: voters.length }

/**
 * The summary in pieces of 2,048 partitions. `reading` and `columns` must not change in between, or sums mix two
 * moments.
 */
export function* summaryPass(input: SummaryInput): Sliced<ClusterSummary> {
  const tally = new BrokerTally(input)
  const rows = input.reading.leader.length
  for (let from = 0; from < rows; from += ROWS_PER_PIECE) {
    tally.add(from, Math.min(from + ROWS_PER_PIECE, rows))
    yield
  }
  const { healedAt, counts, minIsrUnknown } = tally
  const judged = !isBlind(input) && counts[UNKNOWN] === 0
  const writesKnown = judged && minIsrUnknown === 0 && tally.unheard === 0
  const states = {
    offline: tallied(counts[OFFLINE]!, judged),
    writesRefused: tallied(counts[UNDER_MIN_ISR]!, writesKnown),
    oneLossAway: tallied(counts[AT_MIN_ISR]!, writesKnown),
    underReplicated: tallied(tally.underReplicated, judged),
    lagging: tallied(counts[LAGGING]!, judged),
  }
  const culprit = findCulprit(troubles(input, tally))
  const leaving = tally.leaving > 0 ? { replicas: tally.leaving, by: tally.leavingBy } : null
  const silent = silentBrokers(input, tally)
  const { read, now } = input
  const halted = haltedNow(input.reading.topology, input.columns.state, writesKnown)
  const { controllerSilent } = input.settings
  const noListener = unreachable(input)
  const facts = { read, ...states, halted, noListener, controllerSilent, culprit, leaving, silent, healedAt }
  if (tally.nearest !== null) input.nearest?.note(tally.nearest, now)
  if (read) noteDepartures(input, tally)
  return {
    takenAt: input.takenAt,
    spreadMs: input.spreadMs,
    topics: input.reading.topology.topicNames.length,
    reach: input.reach,
    partitions: rows,
    replicas: input.reading.replicaFlags.length,
    counts,
    minIsrUnknown,
    headline: withSince(input.previous, headline(facts, now), now, {
      lateAtFirst: tally.lateAtFirst,
      seenAt: input.seenAt,
      gap: input.gap,
    }),
    loss: input.loss,
    incident: input.incident,
    plans: input.plans,
    brokers: brokerRows(input, tally),
    sourceBroker: input.reading.sourceBroker,
    intervalMs: input.intervalMs,
    cadence: input.cadence,
    load: input.load,
    evictionWindowMs: input.settings.evictionWindowMs,
    kafkaVersion: input.kafkaVersion,
    controller: input.controller,
    voters: votersOf(input.voters),
    quorum: input.quorum,
    nearest: input.nearest?.worst(now) ?? null,
    departures: input.departures?.lastHour(now) ?? [],
    limits: input.limits,
    disputed: tally.disputed,
  }
}
