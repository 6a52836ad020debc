import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODECS } from '../../../../../src-main/shared/codecs'
import { GUARDS, factsNeeded, judge, ruleSays } from '../../../../../src-main/change/plan/guards/index'
import type { Fact, FactName, GuardFacts, TopicFacts } from '../../../../../src-main/change/plan/guards/guard'
import { isPhrase } from '../../../../../src-main/shared/words/entries'
import { saidBy } from '../../../../support/told-effect'
import { runWhole } from '../../../../../src-main/domain/slices'
import { CONFIG_KEYS } from '../../../../../src-main/shared/config-keys'
import { MAX_EFFECT_ROWS } from '../../../../../src-main/contract/change'
import { NOW, changesOf, known, partitionFacts, unknown } from '../../../../support/guard-facts'

const KEYS = CONFIG_KEYS.map(({ name }) => name)
const value = fc.oneof(
  fc.constantFrom('', '-1', '0', '1', '2', '3', '99', '600000', '604800000', '9223372036854775807'),
  fc.constantFrom(
    'true',
    'false',
    ' TRUE',
    'delete',
    'compact',
    'compact,delete',
    '*',
    '0:3',
    'zstd',
    'producer',
    'LogAppendTime',
    'shred',
  ),
  fc.integer().map(String),
  fc.string(),
)
const told = fc.option(value, { nil: null })
const count = fc.constantFrom(0, 1, 7, 5000, NaN, Number.MAX_SAFE_INTEGER)
const fact = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(
    { weight: 3, arbitrary: arbitrary.map((found) => known(found)) },
    {
      weight: 1,
      arbitrary: arbitrary.map((found): Fact<T> => ({
        known: true,
        value: found,
        readAt: NOW,
        missing: [saidBy('broker 2')],
      })),
    },
    { weight: 1, arbitrary: fc.string().map(unknown) },
  )
const brokers = fc.uniqueArray(fc.constantFrom(1, 2, 3, 4), { maxLength: 4 })
const partition = fc.record({
  replicas: brokers,
  isr: brokers,
  leader: fc.constantFrom(-1, 1, 2, 3),
  elr: brokers,
  ends: fc.array(count, { maxLength: 4 }),
})
const place = fc.record({ topic: fc.constantFrom('a', 'b', 'c'), partition: fc.nat(4) })

const topic: fc.Arbitrary<TopicFacts> = fc.record({
  topic: fc.constantFrom('a', 'b', 'c', '__consumer_offsets', 'x-changelog'),
  internal: fc.boolean(),
  changes: fc
    .dictionary(fc.constantFrom(...KEYS), fc.tuple(told, told), { maxKeys: 6 })
    .map((changes) => changesOf(changes)),
  toldBy: fc.constantFrom(1, 2, 3),
  config: fc.dictionary(fc.constantFrom(...KEYS), value).map((config) => new Map(Object.entries(config))),
  partitions: fc.array(partition, { maxLength: 4 }).map((rows) => rows.map((row, index) => partitionFacts(index, row))),
  sizes: fact(fc.array(fc.tuple(fc.nat(4), count)).map((rows) => new Map(rows))),
  disks: fact(
    fc.array(
      fc.record({ broker: fc.nat(4), folder: fc.constantFrom('/a', '/b'), freeBytes: count, replicas: fc.nat(4) }),
      { maxLength: 4 },
    ),
  ),
  deletable: fact(
    fc.array(fc.record({ partition: fc.nat(4), records: count, bytes: count, from: count }), { maxLength: 4 }),
  ),
  groups: fact(
    fc.array(fc.record({ group: fc.string(), partition: fc.nat(4), unreadRecords: count }), { maxLength: 4 }),
  ),
  sample: fact(
    fc.record({
      partitions: fc.nat(4),
      records: fc.nat(9),
      withoutKey: fc.nat(9),
      unreadable: fc.nat(9),
      compression: fc.constantFrom('' as const, 'unknown' as const, ...CODECS),
      largestBatchBytes: count,
    }),
  ),
  produceRate: fact(count),
  elr: fact(
    fc.array(fc.tuple(fc.nat(4), fc.record({ elr: brokers, lastKnown: brokers }))).map((rows) => new Map(rows)),
  ),
})

const facts: fc.Arbitrary<GuardFacts> = fc.record({
  now: fc.constant(NOW),
  metadataAt: fc.constant(NOW - 100),
  version: fc.constantFrom(null, [2, 8], [3, 6], [3, 9], [4, 1]),
  elrOn: fc.constantFrom(true, false, null),
  answering: brokers.map((ids) => new Set(ids)),
  topics: fc.uniqueArray(topic, { maxLength: 4, selector: ({ topic: name }) => name }),
  offline: fc.array(place, { maxLength: 3 }),
  reassignments: fact(fc.array(place, { maxLength: 3 })),
  throttleRates: fact(fc.array(fc.tuple(fc.nat(4), count)).map((rows) => new Map(rows))),
  brokerSays: fc
    .array(
      fc.tuple(
        fc.constantFrom(...KEYS),
        fc.array(fc.tuple(fc.nat(4), value)).map((rows) => new Map(rows)),
      ),
    )
    .map((rows) => new Map(rows)),
})

const TOPIC_FACTS = ['sizes', 'disks', 'deletable', 'groups', 'sample', 'produceRate', 'elr'] as const
const blind = unknown('nobody answers')
const withoutFacts = (plan: GuardFacts): GuardFacts => ({
  ...plan,
  reassignments: blind,
  throttleRates: blind,
  topics: plan.topics.map((one) => ({ ...one, ...Object.fromEntries(TOPIC_FACTS.map((name) => [name, blind])) })),
})

describe('judging any facts', () => {
  it('never throws; every effect is one the rule is known for, with all its figures and within its limits', () => {
    fc.assert(
      fc.property(facts, (plan) => {
        const effects = judge(plan)
        expect(new Set(effects.map(({ id }) => id)).size).toBe(effects.length)
        for (const { id, says, rows, level, reasons } of effects) {
          expect(says.id).toBe(`effect.${id}`)
          expect(isPhrase(says), JSON.stringify(says)).toBe(true)
          expect(rows.length).toBeLessThanOrEqual(MAX_EFFECT_ROWS)
          if (level !== 'unknown') expect(reasons).toEqual([])
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('a rule that needs a fact nobody could read says unknown', () => {
    fc.assert(
      fc.property(facts, (plan) => {
        const lost = withoutFacts({ ...plan, topics: plan.topics.filter(policyDeletes) })
        for (const guard of GUARDS) {
          // Where both limits are lowered, retention-ms tells what goes.
          // And who brings a leaderless partition back is asked where there is one.
          const other = ({ changes, partitions }: TopicFacts): boolean =>
            (guard.rule === 'retention-bytes' && changes.has('retention.ms')) ||
            (guard.rule === 'unclean-enable' && partitions.every(({ leader }) => leader >= 0))
          const needs = lost.topics.filter(
            (one) => one.changes.size > 0 && changedBy(guard.needs(one.changes), one.changes) && !other(one),
          )
          if (needs.length === 0) continue
          expect(
            runWhole(ruleSays(guard, lost)).some(({ level }) => level === 'unknown'),
            guard.rule,
          ).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('whatever is not read of what a plan needs is seen in it', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom<FactName>('deletable', 'sample', 'reassignments'), (plan, name) => {
        const cut = plan.topics
          .filter(({ changes }) => factsNeeded(changes).has(name) && changedBy([name], changes))
          .filter((one) => name !== 'deletable' || policyDeletes(one))
        if (cut.length === 0) return
        const lost: GuardFacts =
          name === 'reassignments'
            ? { ...plan, topics: cut, reassignments: blind }
            : { ...plan, topics: cut.map((one) => ({ ...one, [name]: blind })) }
        const levels = judge(lost).map(({ level }) => level)
        expect(levels).toContain('unknown')
      }),
      { numRuns: 1000 },
    )
  })
})

/** Retention of a topic that is compacted only deletes nothing, so that what is deletable there is not asked. */
const policyDeletes = ({ config, changes }: TopicFacts): boolean =>
  !config.has('cleanup.policy') && !changes.has('cleanup.policy')

/** A value that stays the same changes nothing, and one that is not told is the business of the rule `value`. */
function changedBy(needs: readonly FactName[], changes: TopicFacts['changes']): boolean {
  return (
    needs.length > 0 &&
    [...changes.values()].every(({ before, after }) => after.value !== null && before.value !== after.value)
  )
}
