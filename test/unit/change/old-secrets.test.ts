/** Lines of runs before values were hidden have them in clear: they stay as they are, and nothing that is shown, exported or copied has them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stateAfter } from '../../../src-main/change/book/allowed-steps'
import type { ChangeEvent, ChangeState, ConfigPlan, PlanItem, ShownOtherwise } from '../../../src-main/contract/change'
import { HIDDEN } from '../../../src-main/shared/hidden-value'
import type { Phrase } from '../../../src-main/shared/words/phrase'
import { answered, applying, confirmed, newRow, planned, result } from '../../support/journal-rows'
import { settled } from '../../support/live-cluster'
import { changes, endChanges, journal, live, must, startChanges, topicName, view } from '../../support/opened-changes'
import { cluster, watchOver } from '../../support/opened-session'

const CANARY = "canary-7f3a,[x]='y'"
const SECRET = 'vendor.secret'
const PLAIN = 'vendor.plain'
const PASSWORD = 9
const TOPIC = topicName(0)

const said = (text: string): Phrase => ({ id: 'said', args: { text } })
const typed: ChangeEvent = {
  type: 'drafted',
  draft: {
    kind: 'config',
    groups: [
      {
        topics: [TOPIC],
        edits: [
          { key: SECRET, op: 'set', value: CANARY },
          { key: PLAIN, op: 'set', value: 'plain-on' },
          { key: 'compression.type', op: 'set', value: 'zstd' },
        ],
      },
    ],
  },
  undoOf: '',
}
const item = (key: string, before: string | null, after: string): PlanItem => ({
  topic: 0,
  key,
  before: { override: null, value: before, source: before === null ? 0 : 5 },
  after: { override: after, value: after, source: 1 },
})
const PLAN: Partial<ConfigPlan> = {
  clusterId: 'fake',
  topics: [TOPIC],
  topicIds: [''],
  replication: [[]],
  overrides: [{}],
  items: [
    item(SECRET, null, CANARY),
    item(PLAIN, 'plain-off', 'plain-on'),
    item('compression.type', 'producer', 'zstd'),
  ],
  commands: [`kafka-configs.sh --add-config 'vendor.secret=[canary-7f3a,x='\\''y'\\'']'`],
}
const elsewise: ShownOtherwise = { broker: 2, topic: TOPIC, key: SECRET, value: CANARY, source: 1 }
const sending: ChangeEvent = { type: 'sending', batch: 0, rows: [0], before: [{ [PLAIN]: 'plain-off' }] }
const UNTIL_APPLIED: readonly ChangeEvent[] = [
  typed,
  planned(PLAN),
  {
    type: 'validated',
    validation: {
      at: 1,
      broker: 1,
      topics: 1,
      refusals: [{ topic: TOPIC, error: 40, message: said(`Invalid value ${CANARY} for it`), removable: '' }],
    },
  },
  { type: 'validated', validation: { at: 2, broker: 1, topics: 1, refusals: [] } },
  confirmed('ticket 42'),
  applying(1),
  sending,
  answered(0, [result(TOPIC, 'applied', { message: { id: 'legacy', args: { text: `took ${CANARY}` } } })]),
  { type: 'ended', outcome: 'applied' },
]
const CASES: Readonly<Record<string, readonly ChangeEvent[]>> = {
  draft: [typed],
  planned: [typed, planned(PLAN)],
  watched: [
    ...UNTIL_APPLIED,
    {
      type: 'verified',
      verification: { at: 3, outcome: 'verified', brokers: [1], differences: [elsewise], tookMs: 5 },
    },
    {
      type: 'watched',
      watching: { outcome: 'overwritten', startedAt: 3, until: 4, alarms: [], differences: [elsewise] },
    },
  ],
  conflict: [
    ...UNTIL_APPLIED.slice(0, 6),
    {
      type: 'conflicted',
      conflict: {
        kind: 'plan',
        config: [{ topic: TOPIC, key: SECRET, base: null, now: null, wanted: CANARY, ours: true }],
        replication: [],
        gone: [],
        anew: [],
        otherCluster: '',
      },
    },
  ],
  stopped: [
    ...UNTIL_APPLIED.slice(0, 7),
    { type: 'stopped', by: 'error', why: said(`broker 1: ${CANARY}`) },
    { type: 'settled', at: 5, results: [result(TOPIC, 'refused', { message: said(`not ${CANARY}`) })], brokers: [1] },
    { type: 'ended', outcome: 'failed' },
  ],
}

/** As an earlier run has left it. */
function leave(change: string, events: readonly ChangeEvent[]): void {
  let state: ChangeState | null = null
  for (const event of events) {
    state = stateAfter(state, event)
    journal.append(newRow(change, state, event, { cluster: live.id, clusterId: 'fake' }))
  }
}

/** Everything a person gets to see of a change. */
const seen = (id: string): string =>
  [
    JSON.stringify(view(id)),
    JSON.stringify(must(changes.rows(id))),
    ...(['markdown', 'json', 'csv'] as const).map((format) => must(changes.report([id], format)).text),
  ].join('\n')

describe('a secret in lines of an earlier run', () => {
  watchOver()
  beforeEach(() => startChanges())
  afterEach(endChanges)

  it.each(Object.entries(CASES))('is shown nowhere, and stays in the file: %s', (name, events) => {
    leave(name, events)
    expect(seen(name)).not.toContain('canary')
    expect(seen(name)).toContain(HIDDEN)
    expect(JSON.stringify(journal.rows(name))).toContain('canary')
    // What is none is shown, as soon as a broker told that it is none.
    expect(seen(name)).toContain('zstd')
    expect(seen(name).includes('plain-on')).toBe(name !== 'draft')
  })

  it('takes the command line with it, and says why there is none', () => {
    leave('planned', CASES.planned!)
    expect(view('planned').plan).toMatchObject({
      commands: [],
      noCommands: { id: 'commands.hidden', args: { key: SECRET } },
      items: [{ after: { override: HIDDEN, value: HIDDEN } }, { after: { override: 'plain-on' } }, {}],
    })
  })

  it('is not needed to take the change back, and no new line has it', async () => {
    cluster.settings.defaults.set(SECRET, { value: null, source: 5, type: PASSWORD, sensitive: true })
    cluster.topic(TOPIC)!.settings.set(SECRET, CANARY)
    leave('old', [typed, planned({ ...PLAN, items: [item(SECRET, null, CANARY)] }), ...UNTIL_APPLIED.slice(3)])
    const undo = must(await settled(changes.undo({ id: 'old', cluster: live.id })))
    expect(undo).toMatchObject({ plan: { conflict: null, items: [{ key: SECRET, after: { override: null } }] } })
    expect(JSON.stringify(journal.rows(undo.id))).not.toContain('canary')
  })

  it('is in no conflict of an undo either, old or new', async () => {
    leave('old', [typed, planned({ ...PLAN, items: [item('vendor.untold', null, CANARY)] }), ...UNTIL_APPLIED.slice(3)])
    const undo = must(await settled(changes.undo({ id: 'old', cluster: live.id })))
    expect(undo).toMatchObject({ plan: { conflict: { config: [{ key: 'vendor.untold', base: HIDDEN, now: null }] } } })
    expect(JSON.stringify(journal.rows(undo.id))).not.toContain('canary')
    const config = [{ topic: TOPIC, key: SECRET, base: CANARY, now: null, wanted: null }]
    leave('undo-then', [
      { type: 'drafted', draft: { kind: 'config', groups: [] }, undoOf: 'watched' },
      planned({ ...PLAN, items: [], commands: [], conflict: { kind: 'undo', config, gone: [], anew: [] } }),
    ])
    leave('watched', CASES.watched!)
    expect(seen('undo-then')).not.toContain('canary')
  })
})
