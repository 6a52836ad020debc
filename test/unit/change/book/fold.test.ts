import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeEvent, ChangeState, ConfigPlan, Verification, Watching } from '../../../../src-main/contract/change'
import type { JournalRow } from '../../../../src-main/contract/journal'
import { foldChange } from '../../../../src-main/change/book/fold'
import { PLAN_HOLDS_MS } from '../../../../src-main/change/book/next-steps'
import { stateAfter, WrongOrder } from '../../../../src-main/change/book/allowed-steps'

const NOW = 1_700_000_000_000
const counts = { accepts: 2, refuses: 0, offline: 0, unknown: 0, tolerance: 1 }
const plan: ConfigPlan = {
  kind: 'config',
  at: NOW,
  readAt: NOW,
  clusterId: 'k',
  topics: ['a', 'b'],
  overrides: [{}, {}],
  topicIds: ['', ''],
  replication: [['1>1,2'], ['1>1,2']],
  items: ['a', 'b'].map((_topic, topic) => ({
    topic,
    key: 'retention.ms',
    before: { override: null, value: '1', source: 5 },
    after: { override: '2', value: '2', source: 1 },
  })),
  unchanged: 0,
  effects: [],
  level: 'low',
  writes: { before: counts, after: counts },
  commands: [],
  cannotRestore: [],
  conflict: null,
}
const verification = (outcome: Verification['outcome']): ChangeEvent => ({
  type: 'verified',
  verification: { at: NOW, outcome, brokers: [1, 2], differences: [], tookMs: 1 },
})
const watched = (outcome: Exclude<Watching['outcome'], 'unseen' | 'overwritten'>): ChangeEvent => ({
  type: 'watched',
  watching: { startedAt: NOW, until: NOW + 60_000, outcome, alarms: [] },
})
const ended = (outcome: 'applied' | 'failed' | 'unknown'): ChangeEvent => ({ type: 'ended', outcome })
const refusal = { topic: 'a', error: 40, message: null, removable: '' }
const EVENTS = {
  drafted: {
    type: 'drafted',
    draft: {
      kind: 'config',
      groups: [{ topics: ['a', 'b'], edits: [{ key: 'retention.ms', op: 'set', value: '2' }] }],
    },
    undoOf: '',
  },
  planned: { type: 'planned', plan, needs: { kind: 'click', ticks: [], phrase: '', reason: false } },
  validated: { type: 'validated', validation: { at: NOW, broker: 1, topics: 2, refusals: [] } },
  notValid: { type: 'validated', validation: { at: NOW, broker: 1, topics: 2, refusals: [refusal] } },
  confirmed: { type: 'confirmed', confirmation: { at: NOW, ticks: [], typed: '', reason: '' } },
  applying: { type: 'applying', topics: 2, partitions: 0 },
  sending: { type: 'sending', batch: 0, rows: [0], before: [{}], broker: 1 },
  answered: {
    type: 'answered',
    batch: 0,
    results: [{ topic: 'a', partition: -1, outcome: 'applied', error: 0, message: null }],
  },
  conflicted: {
    type: 'conflicted',
    conflict: { kind: 'plan', config: [], replication: [], gone: ['a'], anew: [], otherCluster: '' },
  },
  stopped: { type: 'stopped', by: 'person', why: { id: 'stop.by-hand', args: {} } },
  applied: ended('applied'),
  failed: ended('failed'),
  unknown: ended('unknown'),
  settled: { type: 'settled', at: NOW, results: [], brokers: [1] },
  verified: verification('verified'),
  differs: verification('differs'),
  oneBroker: verification('too-few-brokers'),
  running: watched('running'),
  calm: watched('calm'),
  overwritten: {
    type: 'watched',
    watching: { startedAt: NOW, until: NOW + 60_000, outcome: 'overwritten', alarms: [], differences: [] },
  },
  undone: { type: 'undone', by: 'u' },
  discarded: { type: 'discarded' },
} as const satisfies Record<string, ChangeEvent>
type Name = keyof typeof EVENTS

/** State after each event in each state; what is left out is refused. */
const editing: Partial<Record<Name, ChangeState>> = { drafted: 'draft', planned: 'planned', discarded: 'discarded' }
const validating: Partial<Record<Name, ChangeState>> = {
  ...editing,
  validated: 'validated',
  notValid: 'planned',
  confirmed: 'confirmed',
}
const done = (own: 'applied' | 'verified' | 'watched'): Partial<Record<Name, ChangeState>> => ({
  verified: own === 'watched' ? 'watched' : 'verified',
  oneBroker: own === 'watched' ? 'watched' : 'verified',
  differs: own === 'applied' ? 'applied' : 'overwritten',
  running: own,
  calm: own === 'applied' ? 'applied' : 'watched',
  overwritten: own === 'applied' ? 'applied' : 'overwritten',
  undone: 'undone',
})
const ends = { applied: 'applied', failed: 'failed', unknown: 'unknown', conflicted: 'conflict' } as const
const TABLE: { readonly [S in ChangeState]: Partial<Record<Name, ChangeState>> } = {
  draft: editing,
  conflict: editing,
  planned: validating,
  validated: validating,
  confirmed: { ...editing, confirmed: 'confirmed', applying: 'applying' },
  applying: { ...ends, sending: 'applying', answered: 'applying', stopped: 'applying', settled: 'applying' },
  unknown: { ...ends, settled: 'unknown' },
  applied: done('applied'),
  verified: done('verified'),
  watched: done('watched'),
  overwritten: {
    verified: 'watched',
    oneBroker: 'watched',
    differs: 'overwritten',
    running: 'overwritten',
    calm: 'overwritten',
    overwritten: 'overwritten',
    undone: 'undone',
  },
  failed: {},
  undone: {},
  discarded: {},
}
const NAMES = Object.keys(EVENTS) as Name[]
const rowsOf = (names: readonly Name[]): JournalRow[] => {
  let state: ChangeState | null = null
  return names.map((name, seq) => {
    state = stateAfter(state, EVENTS[name])
    return {
      seq: seq + 1,
      at: NOW + seq,
      change: 'c',
      cluster: 'p',
      clusterName: 'shop',
      clusterId: 'k',
      osUser: 'ann',
      principal: 'User:ann',
      state,
      event: EVENTS[name],
    }
  })
}

describe.each(Object.keys(TABLE) as ChangeState[])('in state %s', (state) => {
  it.each(NAMES)('%s', (name) => {
    const after = TABLE[state][name]
    if (after === undefined) expect(() => stateAfter(state, EVENTS[name])).toThrow(WrongOrder)
    else expect(stateAfter(state, EVENTS[name])).toBe(after)
  })
})

describe('folding', () => {
  it.each(NAMES.filter((name) => name !== 'drafted'))('a change cannot begin with %s', (name) => {
    expect(() => stateAfter(null, EVENTS[name])).toThrow(WrongOrder)
  })

  it('nothing is no change', () => {
    expect(() => foldChange([], NOW)).toThrow('without lines')
  })

  it('a line out of order throws instead of being guessed around', () => {
    const rows = rowsOf(['drafted', 'planned'])
    expect(() => foldChange([rows[1]!, rows[0]!], NOW)).toThrow(WrongOrder)
  })

  const whole: Name[] = [
    'drafted',
    'planned',
    'validated',
    'confirmed',
    'applying',
    'sending',
    'answered',
    'stopped',
    'applied',
    'verified',
    'running',
    'calm',
  ]
  it('the whole way', () => {
    const view = foldChange(rowsOf(whole), NOW)
    expect(view).toMatchObject({
      state: 'watched',
      since: NOW + 11,
      createdAt: NOW,
      version: 12,
      problem: { detail: { text: 'stopped-by-person' } },
      next: ['rest', 'undo', 'verify'],
    })
    expect(view.results).toEqual([
      { topic: 'a', partition: -1, outcome: 'applied', error: 0, message: null },
      { topic: 'b', partition: -1, outcome: 'not-begun', error: 0, message: null },
    ])
  })

  const next = (names: readonly Name[], context: object = {}, now = NOW): unknown =>
    foldChange(rowsOf(names), now, { environment: 'dev', plannedHere: true, armed: true, running: false, ...context })
      .next[0]
  it.each<[Name[], object, string | undefined]>([
    [['drafted'], {}, 'plan'],
    [['drafted', 'planned'], {}, 'validate'],
    [['drafted', 'planned', 'notValid'], {}, 'edit'],
    [['drafted', 'planned', 'validated'], {}, 'confirm'],
    [['drafted', 'planned', 'validated'], { armed: false }, 'arm'],
    [['drafted', 'planned', 'validated'], { plannedHere: false }, 'plan'],
    [['drafted', 'planned', 'validated', 'confirmed'], {}, 'apply'],
    [['drafted', 'planned', 'validated', 'confirmed'], { armed: false }, 'arm'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying'], { running: true }, 'stop'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying'], {}, 'settle'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying', 'unknown'], {}, 'settle'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying', 'conflicted'], {}, 'plan'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying', 'failed'], {}, 'rest'],
    [['drafted', 'planned', 'validated', 'confirmed', 'applying', 'applied'], {}, 'verify'],
    [['drafted', 'discarded'], {}, undefined],
  ])('after %j (%j): %s', (names, context, step) => {
    expect(next(names, context)).toBe(step)
  })

  it('a plan does not hold for ever', () => {
    expect(next(['drafted', 'planned'], {}, NOW + PLAN_HOLDS_MS)).toBe('validate')
    expect(next(['drafted', 'planned'], {}, NOW + PLAN_HOLDS_MS + 1)).toBe('plan')
    expect(next(['drafted', 'planned'], {}, NOW - PLAN_HOLDS_MS - 1)).toBe('plan')
  })

  it('editing forgets what was planned, planning forgets what was confirmed', () => {
    expect(foldChange(rowsOf(['drafted', 'planned', 'validated', 'confirmed', 'drafted']), NOW)).toMatchObject({
      plan: null,
      needs: null,
      validation: null,
      confirmation: null,
    })
    expect(foldChange(rowsOf(['drafted', 'planned', 'validated', 'confirmed', 'planned']), NOW)).toMatchObject({
      plan,
      validation: null,
      confirmation: null,
    })
  })
})

it('any lines the table allows fold; state, version and next are those of the last line', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { maxLength: 30 }), (choices) => {
      const names: Name[] = ['drafted']
      let state: ChangeState = 'draft'
      for (const choice of choices) {
        const allowed = NAMES.filter((name) => TABLE[state][name] !== undefined)
        if (allowed.length === 0) break
        const name = allowed[choice % allowed.length]!
        names.push(name)
        state = TABLE[state][name]!
      }
      const view = foldChange(rowsOf(names), NOW)
      expect([view.state, view.version]).toEqual([state, names.length])
      expect(view.next.length === 0).toBe(
        ['undone', 'discarded'].includes(state) ||
          (state === 'failed' && !view.results.some(({ outcome }) => outcome === 'not-begun')),
      )
    }),
  )
})
