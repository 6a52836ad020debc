import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  draftKeys,
  draftOfEdits,
  draftPartitions,
  draftTopics,
  editsByTopic,
  withoutKey,
  withoutTopics,
  withRemoval,
} from '../../../src-main/shared/draft'
import type { ChangeDraft, ConfigDraft } from '../../../src-main/shared/draft'

const set = { key: 'min.insync.replicas', op: 'set', value: '2' } as const
const removal = { key: 'segment.bytes', op: 'delete', value: '' } as const
const draft: ConfigDraft = { kind: 'config', groups: [{ topics: ['a', 'b', 'c'], edits: [set] }] }

describe('edits by topic, and topics by edits', () => {
  it('are inverses', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    const edits = fc.uniqueArray(
      fc.record({
        key: fc.constantFrom('k1', 'k2', 'k3'),
        op: fc.constant('set' as const),
        value: fc.constantFrom('1', '2'),
      }),
      { selector: ({ key }) => key, minLength: 1 },
    )
    fc.assert(
      fc.property(names, fc.array(edits, { minLength: 5, maxLength: 5 }), (topics, all) => {
        const byTopic = new Map(topics.map((topic, at) => [topic, all[at]!]))
        const made = draftOfEdits(byTopic)
        expect(editsByTopic(made)).toEqual(byTopic)
        expect(new Set(made.groups.map((group) => JSON.stringify(group.edits))).size).toBe(made.groups.length)
      }),
    )
  })

  it('a topic in two groups has the edits of both', () => {
    const groups = [...draft.groups, { topics: ['b'], edits: [removal] }]
    expect(editsByTopic({ ...draft, groups }).get('b')).toEqual([set, removal])
  })
})

describe('what a draft names', () => {
  const election: ChangeDraft = {
    kind: 'election',
    partitions: [
      { topic: 'a', partitions: [0, 1] },
      { topic: 'b', partitions: [3] },
      { topic: 'a', partitions: [2] },
    ],
  }

  it('is named once, in its order', () => {
    const twice: ChangeDraft = { kind: 'config', groups: [...draft.groups, { topics: ['b'], edits: [removal, set] }] }
    expect([draftTopics(twice), draftKeys(twice)]).toEqual([
      ['a', 'b', 'c'],
      ['min.insync.replicas', 'segment.bytes'],
    ])
    expect([draftTopics(election), draftKeys(election)]).toEqual([['a', 'b'], []])
  })

  it('is counted', () => {
    expect([draftPartitions(election), draftPartitions(draft)]).toEqual([4, 0])
  })
})

describe('taking out of a draft', () => {
  it('leaves nothing once its last key or topic is taken out', () => {
    expect(withoutKey(draft, 'min.insync.replicas')).toBeNull()
    expect(withoutTopics(draft, new Set(['a', 'b', 'c']))).toBeNull()
    expect(withoutTopics(draft, new Set(['b']))?.groups).toEqual([{ topics: ['a', 'c'], edits: [set] }])
  })

  it('takes a stored key away on the topics named, and keeps the others together', () => {
    expect(withRemoval(draft, new Set(['b']), 'segment.bytes').groups).toEqual([
      { topics: ['a', 'c'], edits: [set] },
      { topics: ['b'], edits: [set, removal] },
    ])
    expect(withRemoval(draft, new Set(['a', 'b', 'c']), 'segment.bytes').groups).toHaveLength(1)
  })

  it('takes a key away once, also of a topic that stands in two groups', () => {
    const other = { key: 'segment.bytes', op: 'set', value: '1048576' } as const
    const twice: ConfigDraft = { kind: 'config', groups: [...draft.groups, { topics: ['b'], edits: [other] }] }
    expect(editsByTopic(withRemoval(twice, new Set(['b']), 'segment.bytes')).get('b')).toEqual([set, removal])
  })
})
