/** What is foretold of a set against the same set taken out broker by broker, by Kafka's rules of fencing and election written down once more, and a set of one against the board's figure. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UNCLEAN_OFF, UNCLEAN_ON } from '../../../../src-main/domain/topology/reading'
import type { WritableReading } from '../../../../src-main/domain/topology/reading'
import { Presences } from '../../../../src-main/domain/state/presences'
import { broker, factsOf, readingOf, settings } from '../../../support/columns'
import { stopEffects } from '../../../support/stop-effects'
import { whatIf } from '../../../support/what-if'

const IDS = [1, 2, 3, 4, 5]
const BROKERS = IDS.map((id) => broker(id))

interface Partition {
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
  readonly elr: readonly number[]
}

/** ISR and ELR as Kafka keeps them: a leader in the ISR, an ELR only below min ISR and apart from the ISR. */
const partition = (min: number): fc.Arbitrary<Partition> =>
  fc
    .tuple(
      fc.shuffledSubarray(IDS, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    )
    .map(([replicas, dice]) => {
      const isr = replicas.filter((_, at) => dice[at]! > 0)
      const members = isr.length === 0 ? replicas.slice(0, 1) : isr
      const effective = Math.min(min, replicas.length)
      const elr =
        members.length < effective
          ? replicas.filter((id, at) => !members.includes(id) && dice[at === 0 ? 3 : at - 1] !== 1)
          : []
      return { replicas, isr: members, elr }
    })

const clusters = fc.integer({ min: 1, max: 3 }).chain((min) =>
  fc.record({
    min: fc.constant(min),
    unclean: fc.boolean(),
    partitions: fc.array(partition(min), { minLength: 1, maxLength: 8 }),
    leads: fc.array(fc.nat(3), { minLength: 8, maxLength: 8 }),
    stop: fc.shuffledSubarray(IDS, { minLength: 1 }),
    silent: fc.subarray(IDS, { maxLength: 2 }),
  }),
)
type Cluster = typeof clusters extends fc.Arbitrary<infer T> ? T : never

const leaderOf = ({ leads }: Cluster, { isr }: Partition, at: number): number => isr[leads[at]! % isr.length]!

function readingFor(cluster: Cluster): WritableReading {
  const partitions = cluster.partitions.map((one, at) => ({ ...one, leader: leaderOf(cluster, one, at) }))
  const reading = readingOf([{ name: 't', partitions }], BROKERS, cluster.min)
  reading.uncleanElection.fill(cluster.unclean ? UNCLEAN_ON : UNCLEAN_OFF)
  const { replicaBroker, replicaPartition } = reading.topology
  replicaBroker.forEach((id, replica) => {
    if (cluster.partitions[replicaPartition[replica]!]!.elr.includes(id)) reading.replicaElr[replica] = 1
  })
  return reading
}

interface State {
  leader: number
  isr: number[]
  elr: number[]
  unclean: boolean
}

/** What the controller does when one broker is fenced (ReplicationControlManager.handleBrokerFenced, PartitionChangeBuilder). */
function fence(
  state: State,
  replicas: readonly number[],
  min: number,
  unclean: boolean,
  gone: ReadonlySet<number>,
): void {
  const left = state.isr.filter((id) => !gone.has(id))
  const led = state.leader >= 0 && gone.has(state.leader)
  const out = state.isr.filter((id) => gone.has(id))
  if (led) {
    const by = (list: readonly number[]): number => replicas.find((id) => list.includes(id) && !gone.has(id)) ?? -1
    const clean = by(state.isr) >= 0 ? by(state.isr) : by(state.elr)
    const taken = clean < 0 && unclean ? by(replicas) : -1
    state.leader = clean >= 0 ? clean : taken
    if (taken >= 0) state.unclean = true
  }
  state.isr = left.length > 0 ? left : state.leader >= 0 ? [state.leader] : state.isr
  const effective = Math.min(min, replicas.length)
  state.elr =
    state.isr.length >= effective ? [] : [...new Set([...state.elr, ...out])].filter((id) => !state.isr.includes(id))
}

it('a set is foretold as it comes when its brokers are fenced one after the other', () => {
  fc.assert(
    fc.property(clusters, (cluster) => {
      const answer = whatIf(readingFor(cluster), cluster.stop, {
        presences: new Presences(factsOf(IDS)),
        settings: settings({ version: [4, 1] }),
      })
      const now = { loses: [] as number[], offline: [] as number[], refuses: [] as number[], moved: [] as string[] }
      cluster.partitions.forEach((one, at) => {
        const effective = Math.min(cluster.min, one.replicas.length)
        const leader = leaderOf(cluster, one, at)
        const state: State = { leader, isr: [...one.isr], elr: [...one.elr], unclean: false }
        const gone = new Set<number>()
        for (const id of cluster.stop) {
          gone.add(id)
          fence(state, one.replicas, cluster.min, cluster.unclean, gone)
        }
        if (state.leader < 0) now.offline.push(at)
        else if (state.unclean) now.loses.push(at)
        else if (one.isr.length >= effective && state.isr.length < effective) now.refuses.push(at)
        if (state.leader >= 0 && state.leader !== leader) now.moved.push(`${at}: ${leader} to ${state.leader}`)
      })
      const named = (what: 'loses' | 'offline' | 'refuses'): readonly number[] => answer.topics[0]?.named[what] ?? []
      const moved = (answer.topics[0]?.moved ?? []).map((way) => `${way.partition}: ${way.from} to ${way.to}`)
      expect({ loses: named('loses'), offline: named('offline'), refuses: named('refuses'), moved }).toEqual(now)
    }),
    { numRuns: 1_000 },
  )
})

it("a set of one is foretold as the board's figure of that broker, whoever is silent", () => {
  fc.assert(
    fc.property(clusters, (cluster) => {
      const reading = readingFor(cluster)
      const facts = factsOf(IDS, Object.fromEntries(cluster.silent.map((id) => [id, 0])))
      const board = stopEffects(reading, settings({ version: [4, 1] }), facts)
      for (const id of IDS) {
        const { loses, offline, refuses } = whatIf(reading, [id], { presences: new Presences(facts) })
        expect({ loses: loses.atLeast, offline: offline.atLeast, refuses: refuses.atLeast }).toEqual({
          loses: board.get(id)?.loses,
          offline: board.get(id)?.offline,
          refuses: board.get(id)?.refuses,
        })
      }
    }),
    { numRuns: 400 },
  )
})
