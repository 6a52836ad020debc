/** Steps of a change as the journal gets them, with only what a test is about spelled out. */
import type {
  ChangeEvent,
  ChangeState,
  ConfigPlan,
  ElectionPlan,
  ItemResult,
  Needs,
} from '../../src-main/contract/change'
import type { JournalRow } from '../../src-main/contract/journal'

export type NewRow = Omit<JournalRow, 'seq' | 'at'>

const COMMON = {
  at: 1000,
  readAt: 990,
  clusterId: 'kafka-1',
  topics: [],
  topicIds: [],
  replication: [],
  effects: [],
  level: 'low',
  writes: {
    before: { accepts: 1, refuses: 0, offline: 0, unknown: 0, tolerance: 1 },
    after: { accepts: 1, refuses: 0, offline: 0, unknown: 0, tolerance: Number.NaN },
  },
  commands: [],
} as const

export const buildPlan = (change: Partial<ConfigPlan> = {}): ConfigPlan => ({
  ...COMMON,
  kind: 'config',
  overrides: [],
  items: [],
  unchanged: 0,
  cannotRestore: [],
  conflict: null,
  ...change,
})

export const buildElectionPlan = (change: Partial<ElectionPlan> = {}): ElectionPlan => ({
  ...COMMON,
  kind: 'election',
  partitions: [],
  leaders: [],
  ...change,
})

export const NEEDS: Needs = { kind: 'click', ticks: [], phrase: '', reason: false }

export const result = (topic: string, outcome: ItemResult['outcome'], more: Partial<ItemResult> = {}): ItemResult => ({
  topic,
  partition: -1,
  outcome,
  error: 0,
  message: null,
  ...more,
})

export const drafted = (topics: readonly string[], key = 'min.insync.replicas', undoOf = ''): ChangeEvent => ({
  type: 'drafted',
  draft: { kind: 'config', groups: [{ topics, edits: [{ key, op: 'set', value: '2' }] }] },
  undoOf,
})
export const planned = (plan: Partial<ConfigPlan> = {}): ChangeEvent => ({
  type: 'planned',
  plan: buildPlan(plan),
  needs: NEEDS,
})
export const confirmed = (reason: string): ChangeEvent => ({
  type: 'confirmed',
  confirmation: { at: 1500, ticks: [], typed: '', reason },
})
export const applying = (topics: number, partitions = 0): ChangeEvent => ({ type: 'applying', topics, partitions })
export const answered = (batch: number, results: readonly ItemResult[]): ChangeEvent => ({
  type: 'answered',
  batch,
  results,
})

export const newRow = (change: string, state: ChangeState, event: ChangeEvent, more: Partial<NewRow> = {}): NewRow => ({
  change,
  cluster: 'p1',
  clusterName: 'orders-eu',
  clusterId: 'kafka-1',
  osUser: 'mira',
  principal: 'User:ops',
  state,
  event,
  ...more,
})

/** The usual way of a change to its end, row by row. */
export const wholeChange = (change: string, topics: readonly string[], more: Partial<NewRow> = {}): NewRow[] => [
  newRow(change, 'draft', drafted(topics), more),
  newRow(change, 'planned', planned({ topics, level: 'warn' }), more),
  newRow(change, 'confirmed', confirmed(`ticket 42 for ${change}`), more),
  newRow(change, 'applying', applying(topics.length), more),
  newRow(
    change,
    'applying',
    { type: 'sending', batch: 0, rows: topics.map((_, at) => at), before: topics.map(() => ({})) },
    more,
  ),
  newRow(
    change,
    'applying',
    answered(
      0,
      topics.map((topic) => result(topic, 'applied')),
    ),
    more,
  ),
  newRow(change, 'applied', { type: 'ended', outcome: 'applied' }, more),
]
