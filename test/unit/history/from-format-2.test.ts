/**
 * Bodies as format 2 kept them, in `test/fixtures/journal-format-2.json`: written by the code of commit 8952bde, the last one of that format, while
 * it worked on the fake cluster of the tests.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ChangeEvent } from '../../../src-main/contract/change'
import { fromBody, toBody } from '../../../src-main/history/journal-body'
import { readEvent, UnreadableRow } from '../../../src-main/history/read-event'

interface Kept {
  readonly type: string
  readonly plan: Readonly<Record<string, unknown>>
  readonly conflict: Readonly<Record<string, unknown>>
}
type Name = 'settings' | 'undoRefused' | 'conflicted' | 'election'
const kept = fromBody(
  readFileSync(join(import.meta.dirname, '../../fixtures/journal-format-2.json'), 'utf8'),
) as Readonly<Record<Name, Kept>>

const read = (body: Kept): ChangeEvent => readEvent({ seq: 5, type: body.type, format: 2, body: toBody(body) })
const planOf = (body: Kept): unknown => {
  const event = read(body)
  return event.type === 'planned' ? event.plan : null
}
const without = (value: Readonly<Record<string, unknown>>, ...names: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))

describe('a row of format 2', () => {
  it('with a plan of settings has lost what only elections have', () => {
    const { plan } = kept.settings
    expect(plan).toMatchObject({ election: [], leaders: [], unchanged: 2 })
    expect(planOf(kept.settings)).toStrictEqual({
      ...(without(plan, 'election', 'leaders') as object),
      kind: 'config',
      topicIds: (plan.topics as readonly string[]).map(() => ''),
    })
  })

  it('with a plan of an election has lost what only settings have', () => {
    const { plan } = kept.election
    const common = without(plan, 'election', 'items', 'unchanged', 'overrides', 'cannotRestore', 'conflict') as object
    expect(plan.election).toHaveLength(2)
    expect(planOf(kept.election)).toStrictEqual({
      ...common,
      kind: 'election',
      partitions: plan.election,
      topicIds: (plan.topics as readonly string[]).map(() => ''),
    })
  })

  it('with an undo that was refused tells what it is about alone', () => {
    expect(planOf(kept.undoRefused)).toMatchObject({
      kind: 'config',
      level: 'refused',
      conflict: {
        kind: 'undo',
        gone: [],
        anew: [],
        config: [{ topic: 'topic-00000', key: 'compression.type', base: 'zstd', now: 'lz4', wanted: null }],
      },
    })
  })

  it('with a conflict says that it is one with the plan', () => {
    expect(read(kept.conflicted)).toStrictEqual({
      type: 'conflicted',
      conflict: { ...kept.conflicted.conflict, kind: 'plan', anew: [] },
    })
  })

  it.each(['settings', 'undoRefused', 'election'] as const)('with a plan without one of its members: %s', (name) => {
    for (const member of Object.keys(kept[name].plan)) {
      const plan = without(kept[name].plan, member) as Kept['plan']
      expect(() => read({ ...kept[name], plan }), member).toThrow(UnreadableRow)
    }
  })

  it.each<[Name, Readonly<Record<string, unknown>>]>([
    ['settings', { leaders: [{ broker: 1, before: 1, after: 1 }] }],
    ['election', { election: [] }],
    ['election', { items: kept.settings.plan.items }],
    ['election', { overrides: kept.settings.plan.overrides }],
    ['election', { cannotRestore: ['records-deleted'] }],
    ['election', { conflict: kept.undoRefused.plan.conflict }],
    ['undoRefused', { conflict: { ...(kept.undoRefused.plan.conflict as object), otherCluster: 'other' } }],
    ['undoRefused', { conflict: kept.conflicted.conflict }],
  ])('with members of both kinds cannot be read, as nobody wrote it: %s with %j', (name, more) => {
    expect(() => read({ ...kept[name], plan: { ...kept[name].plan, ...more } })).toThrow(UnreadableRow)
  })
})
