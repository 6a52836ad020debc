/**
 * The judge of test/integration/faults.test.ts has to bite: what the product of 27 November said in the findings K4.1, K4.3, K5.4, K6.2, K8.2, K8.3 and K8.8, and other
 * false claims, are refuted, and what is so stands.
 */
import { describe, expect, it } from 'vitest'
import type { ClusterState, Endings, PartitionState } from '../../support/faults/elections'
import { replicaKey } from '../../support/faults/fault-case'
import type { BrokerTruth, FaultPartition, FaultTopic } from '../../support/faults/fault-case'
import { refute } from '../../support/faults/judge'
import type { Witness } from '../../support/faults/judge'
import type { Statement } from '../../support/faults/statements'

const up = (id: number, changes: Partial<BrokerTruth> = {}): BrokerTruth => ({
  id,
  rack: null,
  process: 'up',
  fenced: false,
  listener: true,
  heard: true,
  ...changes,
})
const killed = (id: number): BrokerTruth => up(id, { process: 'dead', fenced: true })
const dying = (id: number): BrokerTruth => up(id, { process: 'dead' })

/** Topic `t`, min ISR 2. */
const part = (replicas: readonly number[], topic: Partial<FaultTopic> = {}): FaultPartition => ({
  topic: { name: 't', minInSyncReplicas: 2, unclean: false, hidden: false, settingsDenied: false, ...topic },
  number: 0,
  replicas,
})

const led = (leader: number, isr: readonly number[], unclean = false): PartitionState => ({
  leader,
  isr,
  elr: [],
  lastKnownElr: [],
  leaderEpoch: 1,
  unclean,
})

interface Scene extends Partial<Omit<Witness, 'endings' | 'partitions'>> {
  readonly partition?: FaultPartition
  readonly now?: PartitionState
  readonly fenced?: PartitionState
  /** By broker. */
  readonly stopped?: Readonly<Record<number, readonly PartitionState[]>>
  readonly returned?: Readonly<Record<number, PartitionState>>
}

/** One partition on brokers 1 to 3, all well unless said otherwise. */
function witness({
  partition = part([1, 2, 3]),
  now = led(1, [1, 2, 3]),
  fenced,
  stopped,
  returned,
  ...more
}: Scene): Witness {
  const whole = (state: PartitionState): ClusterState => [state]
  const endings: Endings = {
    now: whole(now),
    fenced: () => whole(fenced ?? now),
    stopped: (broker) => (stopped?.[broker] ?? []).map(whole),
    returned: (broker) => (returned?.[broker] === undefined ? null : whole(returned[broker])),
  }
  return {
    brokers: [up(1), up(2), up(3)],
    controllers: true,
    voters: [101, 102, 103],
    lostDirectories: new Set(),
    fetching: new Map(),
    ...more,
    partitions: [partition],
    endings,
  }
}

const WELL: Statement = { kind: 'well', reach: 'unknown' }
const ALL_ACCEPT: Statement = { kind: 'all-accept', reach: 'unknown' }
const ACCEPTS: Statement = { kind: 'accepts', partition: 't/0' }
const HEALED: Statement = { kind: 'healed' }
const mayStop = (broker: number): Statement => ({ kind: 'may-stop', broker, controllersKnown: true, reach: 'unknown' })
const costs = (broker: number, refuses: number, offline: number): Statement => ({
  kind: 'stop-costs',
  broker,
  refuses,
  offline,
})
const leads = (broker: number, unclean = false, accepts: 'yes' | 'no' | 'not-said' = 'not-said'): Statement => ({
  kind: 'leads-next',
  partition: 't/0',
  broker,
  unclean,
  accepts,
})
const NOBODY: Statement = { kind: 'nobody-next', partition: 't/0' }
const backWith = (broker: number): Statement => ({ kind: 'back-with', partition: 't/0', broker })
const away = (broker: number): Statement => ({ kind: 'away', broker })

const hidden = part([1, 2, 3], { hidden: true })
const denied = part([1, 2, 3], { settingsDenied: true })
const oneGone = [up(1), up(2), killed(3)]
const noListener = [up(1), up(2), up(3, { listener: false })]
const spares = { 1: [led(2, [2, 3])], 2: [led(1, [1, 3])], 3: [led(1, [1, 2])] }

describe('what was said in the findings is refuted', () => {
  it.each<[string, Statement, Scene]>([
    ['K4.1 well, with nothing seen', WELL, { partition: hidden }],
    ['K4.1 all accept writes, with nothing seen', ALL_ACCEPT, { partition: hidden }],
    ['K4.1 safe to stop, with nothing seen', mayStop(1), { partition: hidden, stopped: spares }],
    ['K4.3 accepts, min ISR not read', ACCEPTS, { partition: denied }],
    ['K4.3 safe to stop, min ISR not read', mayStop(1), { partition: denied, stopped: spares }],
    ['K4.3 well, min ISR not read', WELL, { partition: denied }],
    ['K5.4 well, with a leader that cannot be reached', WELL, { brokers: noListener, now: led(3, [1, 2, 3]) }],
    ['K5.4 accepts, its leader cannot be reached', ACCEPTS, { brokers: noListener, now: led(3, [1, 2, 3]) }],
    ['K5.4 a live broker is not of the cluster', away(3), { brokers: noListener }],
    [
      'K5.4 offline if broker 1 stops, though one without a listener takes over',
      costs(1, 0, 1),
      {
        brokers: noListener,
        partition: part([1, 3], { minInSyncReplicas: 1 }),
        now: led(1, [1, 3]),
        stopped: { 1: [led(3, [3])] },
      },
    ],
    [
      'K6.2 goes offline, where Kafka elects uncleanly',
      NOBODY,
      { now: led(1, [1]), stopped: { 1: [led(2, [2], true)] } },
    ],
    ['K8.2 a time for all, while one has no leader', HEALED, { now: led(-1, []) }],
    ['K8.2 a time for all, while a broker is gone', HEALED, { brokers: oneGone, now: led(1, [1, 2]) }],
    [
      'K8.2 a time for all, with a log directory that failed',
      HEALED,
      { now: led(1, [1, 2]), lostDirectories: new Set([replicaKey(0, 3)]) },
    ],
    [
      'K8.3 blames the leader for followers on brokers that are dead',
      { kind: 'blames-leader', broker: 1 },
      { brokers: [up(1), killed(2), killed(3)], now: led(1, [1]) },
    ],
    [
      'K8.3 blames one that is there for what dead ones hold',
      { kind: 'blames-follower', broker: 2, runs: true },
      { brokers: [up(1), up(2), killed(3)], now: led(1, [1, 2]) },
    ],
    ['K8.3 calls one gone that serves', away(2), {}],
    [
      'K8.8 safe to stop, and the controllers lose their majority',
      mayStop(1),
      {
        brokers: [up(1), up(2), killed(3)],
        partition: part([1, 2], { minInSyncReplicas: 1 }),
        now: led(1, [1, 2]),
        voters: [1, 2, 3],
        stopped: { 1: [led(2, [2])] },
      },
    ],
    ['K8.8 well, without a controller', WELL, { controllers: false }],
    ['K8.8 safe to stop, without a controller', mayStop(1), { controllers: false, stopped: spares }],
  ])('%s', (_, statement, scene) => {
    expect(refute(statement, witness(scene))).not.toBeNull()
  })
})

describe('what else is false is refuted', () => {
  it.each<[string, Statement, Scene]>([
    ['well, and one is out', WELL, { now: led(1, [1, 2]) }],
    ['well, and one is late', WELL, { fetching: new Map([[replicaKey(0, 2), 'late']]) }],
    ['well, and a member of the ISR is dead', WELL, { brokers: [up(1), up(2), dying(3)] }],
    ['well, and one was never read', WELL, { brokers: [up(1), up(2), up(3, { heard: false })] }],
    ['accepts, and its leader is dead', ACCEPTS, { brokers: [dying(1), up(2), up(3)] }],
    ['accepts, and its leader was never heard', ACCEPTS, { brokers: [up(1, { heard: false }), up(2), up(3)] }],
    ['accepts, with too few', ACCEPTS, { now: led(1, [1]) }],
    ['all accept, and one does not', ALL_ACCEPT, { now: led(-1, []) }],
    ['safe to stop, and then it refuses', mayStop(2), { now: led(1, [1, 2]), stopped: { 2: [led(1, [1])] } }],
    ['safe to stop, and then it is offline', mayStop(1), { now: led(1, [1]), stopped: { 1: [led(-1, [])] } }],
    ['safe to stop, and then it loses records', mayStop(1), { now: led(1, [1]), stopped: { 1: [led(2, [2], true)] } }],
    [
      'safe to stop, and it is one only while a dead one is not fenced',
      mayStop(2),
      { brokers: [up(1), up(2), dying(3)], stopped: { 2: [led(1, [1]), led(1, [1]), led(1, [1, 3])] } },
    ],
    ['safe to stop, and it has gone', mayStop(3), { brokers: oneGone, now: led(1, [1, 2]) }],
    ['another one leads', leads(3), { stopped: spares }],
    ['a clean leader, and Kafka elects uncleanly', leads(2), { now: led(1, [1]), stopped: { 1: [led(2, [2], true)] } }],
    [
      'the next leader accepts, and refuses',
      leads(2, false, 'yes'),
      { now: led(1, [1, 2]), stopped: { 1: [led(2, [2])] } },
    ],
    ['the next leader refuses, and accepts', leads(2, false, 'no'), { stopped: spares }],
    ['the next leader, without a controller', leads(2), { controllers: false, stopped: spares }],
    ['after its fencing another leads', leads(3), { brokers: [dying(1), up(2), up(3)], fenced: led(2, [2, 3]) }],
    [
      'fencing is harmless, and refuses',
      { kind: 'fencing-harmless' },
      { brokers: [up(1), dying(2), dying(3)], fenced: led(1, [1]) },
    ],
    ['it comes back with one that does not help', backWith(2), { now: led(-1, []), returned: { 2: led(-1, []) } }],
    ['it comes back with one that is not away', backWith(2), { now: led(-1, []) }],
    [
      'it catches up on a dead broker',
      { kind: 'catches-up', partition: 't/0', broker: 3 },
      { brokers: oneGone, now: led(1, [1, 2]) },
    ],
    ['a cost that is not so', costs(1, 1, 0), { stopped: spares }],
  ])('%s', (_, statement, scene) => {
    expect(refute(statement, witness(scene))).not.toBeNull()
  })
})

describe('what is so stands', () => {
  it.each<[string, Statement, Scene]>([
    ['well', WELL, {}],
    ['well, as all was proven to be seen and there is none', { kind: 'well', reach: 'all' }, { partition: hidden }],
    ['accepts', ACCEPTS, { now: led(1, [1, 2]) }],
    ['all accept', ALL_ACCEPT, { now: led(1, [1, 2]) }],
    ['may stop', mayStop(1), { stopped: spares }],
    ['may stop, one of three voters', mayStop(1), { voters: [1, 2, 3], stopped: spares }],
    ['one refuses', costs(2, 1, 0), { now: led(1, [1, 2]), stopped: { 2: [led(1, [1])] } }],
    ['the next leader', leads(2, false, 'yes'), { stopped: spares }],
    ['an unclean one', leads(2, true, 'no'), { now: led(1, [1]), stopped: { 1: [led(2, [2], true)] } }],
    ['nobody', NOBODY, { now: led(1, [1]), stopped: { 1: [led(-1, [])] } }],
    ['after its fencing', leads(2), { brokers: [dying(1), up(2), up(3)], fenced: led(2, [2, 3]) }],
    [
      'fencing is harmless',
      { kind: 'fencing-harmless' },
      { brokers: [up(1), up(2), dying(3)], fenced: led(1, [1, 2]) },
    ],
    ['it comes back', backWith(1), { now: led(-1, []), returned: { 1: led(1, [1]) } }],
    ['it catches up', { kind: 'catches-up', partition: 't/0', broker: 3 }, { now: led(1, [1, 2]) }],
    ['a time for all', HEALED, { now: led(1, [1, 2]) }],
    ['gone', away(3), { brokers: oneGone, now: led(1, [1, 2]) }],
    ['a leader whose live followers are behind', { kind: 'blames-leader', broker: 1 }, { now: led(1, [1]) }],
    ['a follower that is behind', { kind: 'blames-follower', broker: 3, runs: true }, { now: led(1, [1, 2]) }],
  ])('%s', (_, statement, scene) => {
    expect(refute(statement, witness(scene))).toBeNull()
  })
})
