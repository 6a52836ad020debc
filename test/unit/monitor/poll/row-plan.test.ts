import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdersOf } from '../../../../src-main/domain/topology/broker-index'
import { buildTopology } from '../../../../src-main/domain/topology/topology'
import type { RowBudget } from '../../../../src-main/monitor/poll/budget'
import { runWhole } from '../../../../src-main/domain/slices'
import { planPass, type RowPlan, type RowPlanInput } from '../../../../src-main/monitor/poll/row-plan'
import { questionsPass } from '../../../../src-main/monitor/poll/questions'
import { FakeClock } from '../../../support/fake-clock'
import { FakeCluster } from '../../../support/fake-cluster'

function topologyOf(topics: number, partitionsPerTopic: number, brokers = 4) {
  const cluster = new FakeCluster({ clock: new FakeClock(), brokers, topics, partitionsPerTopic })
  return buildTopology(cluster.metadata(1), null).topology
}

const of = (rows: number): RowBudget => ({ inAll: rows, inTurn: rows })

const planRows = (input: RowPlanInput): RowPlan => runWhole(planPass(input))

describe('planPass', () => {
  it('asks everything when the budget allows it', () => {
    const topology = topologyOf(3, 4)
    const plan = planRows({
      topology,
      holders: holdersOf(topology),
      must: new Uint8Array(12),
      cursor: 5,
      budget: of(1000),
    })
    expect(plan.whole).toBe(true)
    expect([...plan.rows]).toEqual([...Array(12).keys()])
  })

  it('keeps must rows even when they alone are above the budget, and moves on by one other row', () => {
    const topology = topologyOf(3, 4)
    const must = new Uint8Array(12).fill(1, 0, 6)
    const plan = planRows({ topology, holders: holdersOf(topology), must, cursor: 8, budget: of(1) })
    expect([...plan.rows]).toEqual([0, 1, 2, 3, 4, 5, 8])
    expect(plan.cursor).toBe(9)
  })

  it('lets the rest have its turn beside them as long as there is room for both', () => {
    const topology = topologyOf(1, 12, 3)
    const must = new Uint8Array(12).fill(1, 0, 6)
    const rows = (budget: RowBudget): number[] => [
      ...planRows({ topology, holders: holdersOf(topology), must, cursor: 0, budget }).rows,
    ]
    expect(rows({ inAll: 12, inTurn: 3 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(rows({ inAll: 8, inTurn: 3 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(rows({ inAll: 4, inTurn: 3 })).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('wraps round at the end', () => {
    const topology = topologyOf(1, 5, 3)
    const plan = planRows({
      topology,
      holders: holdersOf(topology),
      must: new Uint8Array(5),
      cursor: 4,
      budget: of(3),
    })
    expect([...plan.rows]).toEqual([0, 1, 4])
    expect(plan.cursor).toBe(2)
  })

  it('reads every row after enough ticks, never more than the budget and one partition per broker, each row once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 20 }),
        (topics, partitions, rowsPerBroker) => {
          const topology = topologyOf(topics, partitions)
          const holders = holdersOf(topology)
          const seen = new Set<number>()
          let cursor = 0
          for (let tick = 0; tick < topics * partitions; tick += 1) {
            const plan = planRows({
              topology,
              holders,
              must: new Uint8Array(topics * partitions),
              cursor,
              budget: of(rowsPerBroker),
            })
            cursor = plan.cursor
            expect(new Set(plan.rows).size).toBe(plan.rows.length)
            const used = new Map<number, number>()
            for (const row of plan.rows) {
              seen.add(row)
              for (let at = topology.replicaStart[row]!; at < topology.replicaStart[row + 1]!; at += 1) {
                used.set(topology.replicaBroker[at]!, (used.get(topology.replicaBroker[at]!) ?? 0) + 1)
              }
            }
            expect(Math.max(...used.values())).toBeLessThanOrEqual(rowsPerBroker)
          }
          expect(seen.size).toBe(topics * partitions)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('has nothing to ask of a cluster without topics', () => {
    const topology = topologyOf(0, 1)
    const plan = planRows({
      topology,
      holders: holdersOf(topology),
      must: new Uint8Array(0),
      cursor: 0,
      budget: of(10),
    })
    expect(plan.rows.length).toBe(0)
  })
})

describe('questionsPass', () => {
  it('asks every replica of the planned rows exactly once, followers and leaders apart, topics together', () => {
    const topology = topologyOf(3, 4)
    const leader = Int32Array.from(topology.partition, (_, row) =>
      row === 2 ? -1 : topology.replicaBroker[topology.replicaStart[row]!]!,
    )
    const rows = Uint32Array.from([0, 2, 3, 7])
    const holders = holdersOf(topology)
    const asked = (['followers', 'leaders'] as const).flatMap((which) =>
      runWhole(questionsPass(which, topology, holders, leader, rows)).flatMap((question) => {
        const topicsInOrder = question.rows.topicIndex.every(
          (topic, i) => i === 0 || topic >= question.rows.topicIndex[i - 1]!,
        )
        expect(topicsInOrder).toBe(true)
        return Array.from(question.replicaRows, (replica, i) => {
          const row = topology.replicaPartition[replica]!
          expect(question.broker).toBe(topology.replicaBroker[replica])
          expect(question.rows.partition[i]).toBe(topology.partition[row])
          expect(question.rows.topicIndex[i]).toBe(topology.topicIndex[row])
          expect(which === 'leaders').toBe(leader[row] === question.broker)
          return replica
        })
      }),
    )
    const expected = [...rows].flatMap((row) => Array.from({ length: 3 }, (_, k) => topology.replicaStart[row]! + k))
    expect([...asked].sort((a, b) => a - b)).toEqual(expected)
  })
})
