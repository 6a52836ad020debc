import { describe, expect, it } from 'vitest'
import { leadersBack } from '../../../../../src-renderer/features/change/start/election-draft'
import { isPlanGone, isUnchecked, lightOf, primaryStep } from '../../../../../src-renderer/features/change/steps'
import { viewOfFrame } from '../../../../../src-renderer/stores/frame-view'
import { MARK_NOT_PREFERRED } from '@shared/states'
import { buildFrame } from '../../../../support/frames'
import { buildChange, buildElection, buildNeeds, buildPlan } from '../../../../support/screen-changes'

describe('steps', () => {
  it.each<[what: string, view: ReturnType<typeof buildChange>, light: ReturnType<typeof lightOf>]>([
    ['nothing was planned', buildChange({ state: 'draft', plan: null }), null],
    ['nothing speaks against it', buildChange({ plan: buildPlan({ level: 'low' }) }), 'safe'],
    ['warnings are to be read', buildChange({ state: 'validated' }), 'read'],
    ['it would stop something', buildChange({ plan: buildPlan({ level: 'block' }) }), 'stop'],
    ['it is no confirmation can override this', buildChange({ plan: buildPlan({ level: 'refused' }) }), 'refused'],
    ['the cluster changed under it', buildChange({ state: 'conflict', plan: buildPlan({ level: 'low' }) }), 'refused'],
    [
      'the brokers refuse it',
      buildChange({
        plan: buildPlan({ level: 'low' }),
        validation: {
          at: 0,
          broker: 1,
          topics: 1,
          refusals: [{ topic: 'a', error: 40, message: null, removable: '' }],
        },
      }),
      'refused',
    ],
    ['it is on its way', buildChange({ state: 'applying' }), null],
    ['it was carried out', buildChange({ state: 'verified' }), null],
  ])('has one light: %s', (_, view, light) => {
    expect(lightOf(view)).toBe(light)
  })

  it.each<[what: string, view: ReturnType<typeof buildChange>, asked: boolean]>([
    ['planned', buildChange(), true],
    ['of leaders: Kafka has no trial run of an election', buildElection({ next: ['confirm', 'plan'] }), false],
    ['refused here: it will not be sent', buildChange({ needs: buildNeeds({ kind: 'never' }) }), false],
    ['asked about already', buildChange({ validation: { at: 0, broker: 1, topics: 1, refusals: [] } }), false],
    ['too old', buildChange({ next: ['plan', 'edit', 'discard'] }), false],
    ['confirmed', buildChange({ state: 'confirmed', next: ['apply'] }), false],
  ])('the brokers are asked about a plan by themselves: %s', (_, view, asked) => {
    expect(isUnchecked(view)).toBe(asked)
  })

  it('knows a plan that does not hold any more', () => {
    expect(isPlanGone(buildChange({ state: 'confirmed', next: ['plan', 'edit', 'discard'] }))).toBe(true)
    expect(isPlanGone(buildChange({ state: 'confirmed', next: ['apply', 'plan'] }))).toBe(false)
    expect(isPlanGone(buildChange({ needs: buildNeeds({ kind: 'never' }), next: ['plan'] }))).toBe(false)
  })

  it('puts arming before what needs it, and passes over it once it is done', () => {
    const view = buildChange({ next: ['confirm', 'discard'] })
    expect(primaryStep(view, false)).toBe('arm')
    expect(primaryStep(view, true)).toBe('apply')
    expect(primaryStep(buildChange({ next: ['arm', 'confirm'] }), true)).toBe('apply')
    expect(primaryStep(buildChange({ state: 'confirmed', next: ['apply'] }), false)).toBe('arm')
    expect(primaryStep(buildChange({ next: ['undo'] }), true)).toBeNull()
    expect(primaryStep(buildChange({ state: 'watched', next: ['undo', 'verify'] }), true)).toBeNull()
  })
})

describe('leaders back', () => {
  // Replicas of row n begin at broker 1 + n % 5; rows 0, 5 (broker 1) and 6 (broker 2) are led by another.
  const view = viewOfFrame(
    buildFrame({
      topics: [
        ['a', 4],
        ['b', 4],
      ],
      change: (row) => ([0, 5, 6].includes(row) ? { leader: row === 6 ? -1 : 3, marks: MARK_NOT_PREFERRED } : null),
    }),
  )

  it('takes partitions that have a leader, which is not the preferred one', () => {
    expect(leadersBack(view, {})).toEqual({
      count: 2,
      stay: { 'not-in-sync': 0, 'preferred-silent': 0 },
      draft: {
        kind: 'election',
        partitions: [
          { topic: 'a', partitions: [0] },
          { topic: 'b', partitions: [1] },
        ],
      },
    })
  })

  it('is of a topic, a partition, or the leaders that belong to a broker', () => {
    expect(leadersBack(view, { topic: 'b' }).draft.partitions).toEqual([{ topic: 'b', partitions: [1] }])
    expect(leadersBack(view, { topic: 'a', partition: 1 }).count).toBe(0)
    expect(leadersBack(view, { broker: 1 }).count).toBe(2)
    expect(leadersBack(view, { broker: 2 }).count).toBe(0)
    expect(leadersBack(view, { topic: 'gone' }).count).toBe(0)
  })

  it.each<[string, { readonly out?: readonly number[] }, readonly number[], object]>([
    ['in the ISR of a broker that answers', {}, [], { count: 1, 'not-in-sync': 0, 'preferred-silent': 0 }],
    ['out of the ISR', { out: [1] }, [], { count: 0, 'not-in-sync': 1, 'preferred-silent': 0 }],
    ['on a broker that does not answer', {}, [1], { count: 0, 'not-in-sync': 0, 'preferred-silent': 1 }],
    ['led by one that does not answer', {}, [3], { count: 1, 'not-in-sync': 0, 'preferred-silent': 0 }],
  ])('takes what can move now: the preferred replica is %s', (_where, more, silent, wanted) => {
    const frame = buildFrame({
      topics: [['a', 1]],
      change: () => ({ leader: 3, marks: MARK_NOT_PREFERRED, ...more }),
    })
    const brokers = frame.summary.brokers.map((broker) =>
      silent.includes(broker.id) ? { ...broker, answers: 'no' as const } : broker,
    )
    const { count, stay } = leadersBack(viewOfFrame({ ...frame, summary: { ...frame.summary, brokers } }), {})
    expect({ count, ...stay }).toEqual(wanted)
  })
})
