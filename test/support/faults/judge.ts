/**
 * Refutes what was said of a cluster by what is so: the controllers' own word (Elections.java), which processes run, and what was kept from whoever said it. A
 * claim is refuted where it is false, and where it may be true but its evidence was withheld. Saying nothing is never refuted; who counts has to see to
 * it that enough is said.
 */
import type { ClusterState, Endings, PartitionState } from './elections'
import type { BrokerTruth, FaultPartition, Fetching } from './fault-case'
import { isEnded, isGoneSilently, replicaKey, serves } from './fault-case'
import type { Statement } from './statements'

/** What is so at one moment. */
export interface Witness {
  readonly brokers: readonly BrokerTruth[]
  readonly controllers: boolean
  readonly voters: readonly number[]
  readonly partitions: readonly FaultPartition[]
  readonly lostDirectories: ReadonlySet<string>
  readonly fetching: ReadonlyMap<string, Fetching>
  readonly endings: Endings
}

/** Place of a partition among those of the witness. */
type Place = number

export const nameOf = ({ topic, number }: FaultPartition): string => `${topic.name}/${number}`

const brokerOf = ({ brokers }: Witness, id: number): BrokerTruth | undefined => brokers.find((one) => one.id === id)

const isServing = (witness: Witness, id: number): boolean => {
  const broker = brokerOf(witness, id)
  return broker !== undefined && serves(broker)
}

/** Kafka 3.7 and newer: Partition.effectiveMinIsr. */
const minOf = ({ topic, replicas }: FaultPartition): number => Math.min(topic.minInSyncReplicas, replicas.length)

const hasEnough = ({ leader, isr }: PartitionState, partition: FaultPartition): boolean =>
  leader >= 0 && isr.length >= minOf(partition)

function placesSeen({ partitions }: Witness): Place[] {
  return partitions.flatMap(({ topic }, place) => (topic.hidden ? [] : [place]))
}

/** The first refutation that holds of any of them. */
function first<T>(items: readonly T[], refute: (item: T) => string | null): string | null {
  for (const item of items) {
    const why = refute(item)
    if (why !== null) return why
  }
  return null
}

function placeOf(witness: Witness, name: string): Place {
  const place = witness.partitions.findIndex((one) => nameOf(one) === name)
  if (place < 0) throw new Error(`there is no partition ${name}`)
  return place
}

/** null = it takes acks=all writes now, and that can be known. */
function refusesNow(witness: Witness, place: Place): string | null {
  const partition = witness.partitions[place]!
  const state = witness.endings.now[place]!
  const name = nameOf(partition)
  if (partition.topic.hidden) return `${name} was never seen`
  if (partition.topic.settingsDenied) return `min ISR of ${name} was never read`
  if (state.leader < 0) return `${name} has no leader`
  if (!isServing(witness, state.leader)) return `leader ${state.leader} of ${name} does not serve`
  const leader = brokerOf(witness, state.leader)
  if (leader?.heard !== true) return `leader ${state.leader} of ${name} was never heard`
  if (!leader.listener) return `leader ${state.leader} of ${name} cannot be reached from here`
  return hasEnough(state, partition) ? null : `${name} has ${state.isr.length} in sync and wants ${minOf(partition)}`
}

const nothingSeen = (witness: Witness, reach: string): string | null =>
  reach !== 'all' && placesSeen(witness).length === 0 ? 'nothing was seen' : null

const isLate = ({ fetching }: Witness, place: Place, broker: number): boolean => fetching.has(replicaKey(place, broker))

/** null = all its copies are there, in step, and were read. */
function ails(witness: Witness, place: Place): string | null {
  const { replicas } = witness.partitions[place]!
  const { leader, isr } = witness.endings.now[place]!
  const name = nameOf(witness.partitions[place]!)
  const refused = refusesNow(witness, place)
  if (refused !== null) return refused
  return first(replicas, (id) => {
    if (!isr.includes(id)) return `${id} is out of the ISR of ${name}`
    if (!isServing(witness, id)) return `${id} of ${name} does not serve`
    if (brokerOf(witness, id)?.heard !== true) return `${id} of ${name} was never read`
    return id !== leader && isLate(witness, place, id) ? `${id} of ${name} is behind` : null
  })
}

function refuteWell(witness: Witness, reach: string): string | null {
  if (!witness.controllers) return 'there is no controller'
  return nothingSeen(witness, reach) ?? first(placesSeen(witness), (place) => ails(witness, place))
}

const isLost = (before: PartitionState, after: PartitionState): boolean =>
  before.leader >= 0 && (after.leader < 0 || after.unclean)

/** What one ending of a stop brings to a partition: nothing, refused writes, or no leader, or another log. */
function costOf(witness: Witness, place: Place, after: ClusterState): 'none' | 'refuses' | 'offline' {
  const partition = witness.partitions[place]!
  const before = witness.endings.now[place]!
  if (isLost(before, after[place]!)) return 'offline'
  return hasEnough(before, partition) && !hasEnough(after[place]!, partition) ? 'refuses' : 'none'
}

/** Of n voters more than half have to run. */
function losesMajority({ voters, brokers }: Witness, without: number): boolean {
  if (!voters.includes(without)) return false
  const left = voters.filter((id) => id !== without && !brokers.some((broker) => broker.id === id && isEnded(broker)))
  return left.length <= voters.length / 2
}

/** Endings in which whoever is gone silently is fenced too. */
const settled = (endings: readonly ClusterState[]): readonly ClusterState[] => endings.slice(0, 2)

function refuteMayStop(
  witness: Witness,
  { broker, controllersKnown, reach }: Extract<Statement, { kind: 'may-stop' }>,
): string | null {
  if (!witness.controllers) return 'there is no controller that would elect another leader'
  const endings = witness.endings.stopped(broker)
  if (endings.length === 0) return `${broker} is not one that could be stopped`
  if (controllersKnown && losesMajority(witness, broker)) return 'the controllers lose their majority'
  const nothing = nothingSeen(witness, reach)
  if (nothing !== null) return nothing
  return first(placesSeen(witness), (place) => {
    const partition = witness.partitions[place]!
    const name = nameOf(partition)
    if (partition.topic.settingsDenied && witness.endings.now[place]!.isr.includes(broker))
      return `min ISR of ${name} was never read`
    const anyhow = costOf(witness, place, witness.endings.fenced())
    return first(settled(endings), (after) => {
      const cost = costOf(witness, place, after)
      return cost === 'none' || cost === anyhow
        ? null
        : `${name} then ${cost === 'refuses' ? 'refuses' : 'is offline or loses records'}`
    })
  })
}

/** Where somebody is gone silently the figures depend on who is fenced first, so nothing is compared. */
function refuteStopCosts(
  witness: Witness,
  { broker, refuses, offline }: Extract<Statement, { kind: 'stop-costs' }>,
): string | null {
  if (!witness.controllers || witness.brokers.some(isGoneSilently)) return null
  return first(settled(witness.endings.stopped(broker)), (after) => {
    const costs = placesSeen(witness).map((place) => costOf(witness, place, after))
    const [refusing, lost] = ['refuses', 'offline'].map((cost) => costs.filter((one) => one === cost).length)
    return refuses === refusing && offline === lost ? null : `${refusing} refuse and ${lost} are offline`
  })
}

/** How it goes on with a partition whose leader stops, or is fenced where it has gone already. */
function endingsOfLeader({ endings, brokers }: Witness, { leader }: PartitionState): readonly ClusterState[] {
  const broker = brokers.find(({ id }) => id === leader)
  if (broker === undefined) return []
  return isGoneSilently(broker) ? [endings.fenced()] : endings.stopped(leader)
}

function refuteLeadsNext(
  witness: Witness,
  { partition: name, broker, unclean, accepts }: Extract<Statement, { kind: 'leads-next' }>,
): string | null {
  if (!witness.controllers) return 'there is no controller that would elect it'
  const place = placeOf(witness, name)
  const partition = witness.partitions[place]!
  const endings = endingsOfLeader(witness, witness.endings.now[place]!).map((after) => after[place]!)
  if (endings.length === 0) return null
  const chosen = endings.filter((after) => after.leader === broker && after.unclean === unclean)
  const taken = endings.map((after) => `${after.leader}${after.unclean ? ' uncleanly' : ''}`)
  if (chosen.length === 0) return `Kafka elects ${taken.join(' or ')}`
  if (accepts !== 'yes' && accepts !== 'no') return null
  if (partition.topic.settingsDenied) return `min ISR of ${name} was never read`
  // Once everybody who is gone is fenced.
  const then = endings[0]!
  const takes = hasEnough(then, partition) && isServing(witness, then.leader)
  return takes === (accepts === 'yes')
    ? null
    : `with ${then.isr.length} in sync it then ${takes ? 'accepts' : 'refuses'}`
}

function refuteNobodyNext(witness: Witness, name: string): string | null {
  const place = placeOf(witness, name)
  const endings = endingsOfLeader(witness, witness.endings.now[place]!).map((after) => after[place]!.leader)
  return endings.length > 0 && endings.every((leader) => leader >= 0) ? `Kafka elects ${endings.join(' or ')}` : null
}

function refuteFencing(witness: Witness): string | null {
  const after = witness.endings.fenced()
  return first(placesSeen(witness), (place) => {
    const partition = witness.partitions[place]!
    if (partition.topic.settingsDenied && witness.endings.now[place]!.leader >= 0)
      return `min ISR of ${nameOf(partition)} was never read`
    const cost = costOf(witness, place, after)
    return cost === 'none' ? null : `${nameOf(partition)} then ${cost}`
  })
}

function refuteBackWith(witness: Witness, name: string, broker: number): string | null {
  const place = placeOf(witness, name)
  if (witness.endings.now[place]!.leader >= 0) return `${name} has a leader`
  const after = witness.endings.returned(broker)
  if (after === null) return `${broker} is not away`
  return after[place]!.leader >= 0 ? null : `${name} stays without a leader when ${broker} is back`
}

/** Nobody fetches there, or from there. */
function standsStill(witness: Witness, place: Place, broker: number): string | null {
  const name = nameOf(witness.partitions[place]!)
  if (witness.endings.now[place]!.leader < 0) return `${name} has no leader`
  if (!isServing(witness, broker)) return `${broker} of ${name} does not serve`
  return witness.lostDirectories.has(replicaKey(place, broker)) ? `the log directory of ${broker} failed` : null
}

const refuteHealed = (witness: Witness): string | null =>
  first(placesSeen(witness), (place) =>
    first(witness.partitions[place]!.replicas, (broker) => standsStill(witness, place, broker)),
  )

/** One that is shutting down serves, and is as good as away. */
function refuteAway(witness: Witness, id: number): string | null {
  const broker = brokerOf(witness, id)
  return broker?.process === 'up' && !broker.fenced ? `${id} serves` : null
}

/** Replicas that are missing or late, as far as they are seen. */
function troubled(witness: Witness): { readonly place: Place; readonly broker: number }[] {
  return placesSeen(witness).flatMap((place) => {
    const { leader, isr } = witness.endings.now[place]!
    return witness.partitions[place]!.replicas.filter(
      (id) => id !== leader && (!isr.includes(id) || !isServing(witness, id) || isLate(witness, place, id)),
    ).map((broker) => ({ place, broker }))
  })
}

/** Whoever is away explains what is on it, and what it led: a broker that serves is blamed for the rest only. */
function refuteBlame(
  witness: Witness,
  statement: Extract<Statement, { kind: 'blames-follower' | 'blames-leader' }>,
): string | null {
  const { broker, kind } = statement
  if ((kind === 'blames-leader' || statement.runs) && !isServing(witness, broker)) return `${broker} does not serve`
  const all = troubled(witness)
  const isOn = (one: (typeof all)[number]): boolean =>
    kind === 'blames-follower' ? one.broker === broker : witness.endings.now[one.place]!.leader === broker
  const serving = (one: (typeof all)[number]): boolean => one.broker === broker || isServing(witness, one.broker)
  const its = all.filter((one) => isOn(one) && serving(one)).length
  const ended = all.filter((one) => !serving(one) && brokerOf(witness, one.broker)?.heard === true).length
  // Behind a leader that has ended there is nobody to catch up with.
  if (its === 0 && !witness.brokers.some(isGoneSilently)) return `nothing that serves is behind because of ${broker}`
  return ended > its ? `${ended} replicas are on brokers that do not serve, ${its} on it` : null
}

/** Why it is not so, or cannot be known; null = it stands. */
export function refute(statement: Statement, witness: Witness): string | null {
  switch (statement.kind) {
    case 'well':
      return refuteWell(witness, statement.reach)
    case 'all-accept':
      return nothingSeen(witness, statement.reach) ?? first(placesSeen(witness), (place) => refusesNow(witness, place))
    case 'accepts':
      return refusesNow(witness, placeOf(witness, statement.partition))
    case 'may-stop':
      return refuteMayStop(witness, statement)
    case 'stop-costs':
      return refuteStopCosts(witness, statement)
    case 'leads-next':
      return refuteLeadsNext(witness, statement)
    case 'nobody-next':
      return refuteNobodyNext(witness, statement.partition)
    case 'fencing-harmless':
      return refuteFencing(witness)
    case 'back-with':
      return refuteBackWith(witness, statement.partition, statement.broker)
    case 'catches-up':
      return standsStill(witness, placeOf(witness, statement.partition), statement.broker)
    case 'healed':
      return refuteHealed(witness)
    case 'away':
      return refuteAway(witness, statement.broker)
    case 'blames-follower':
    case 'blames-leader':
      return refuteBlame(witness, statement)
  }
}
