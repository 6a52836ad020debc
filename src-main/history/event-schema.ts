/**
 * What a body of the present format may be, per event type. A member that is missing here, or one too many, does not compile (`exactly`), and a
 * row that has one does not fit: an unknown member is not dropped in silence, as the fold would tell the change without it.
 */
import { z } from 'zod'
import {
  CANNOT_RESTORE,
  CHANGE_STATES,
  EFFECT_LEVELS,
  ELECTION_FATES,
  ITEM_OUTCOMES,
  PLAN_LEVELS,
} from '../contract/change'
import type { ChangeEvent, ChangeState } from '../contract/change'
import { exactly } from '../contract/exact'
import { EDIT_OPS } from '../shared/draft'
import { isPhrase } from '../shared/words/entries'
import type { Phrase } from '../shared/words/phrase'
import { UNITS } from '../shared/words/table'

/** Any number: NaN and infinities are figures too (unknown, no limit). */
const figure = z.custom<number>((value) => typeof value === 'number')
const at = figure
const text = z.string()
const index = z.int().min(0)
/** A broker or partition; -1 none. */
const orNone = z.int().min(-1)
const texts = z.array(text)
const textOrNone = z.nullable(text)
/** Not walked by the schema's own loops: a plan over 200,000 partitions has as many of these. */
const isText = (value: unknown): boolean => typeof value === 'string'
const textLists = z.custom<string[][]>(
  (value) => Array.isArray(value) && value.every((list) => Array.isArray(list) && list.every(isText)),
)
/** By key of a setting, which may be anything a cluster has, `__proto__` too. */
const overrides = z.custom<Record<string, string>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
)

const phrase = z.custom<Phrase>(isPhrase)
const phraseOrNone = z.nullable(phrase)
const phrases = z.array(phrase)

const keyState = z.strictObject({ override: textOrNone, value: textOrNone, source: z.int() })
const draft = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('config'),
    groups: z.array(
      z.strictObject({
        topics: texts,
        edits: z.array(z.strictObject({ key: text, op: z.enum(EDIT_OPS), value: text })),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal('election'),
    partitions: z.array(z.strictObject({ topic: text, partitions: z.array(index) })),
  }),
])
const effect = z.strictObject({
  id: text,
  level: z.enum(EFFECT_LEVELS),
  says: phrase,
  topicCount: index,
  partitionCount: index,
  rows: z.array(
    z.strictObject({ topic: text, partition: orNone, note: figure, text, reasons: phrases.exactOptional() }),
  ),
  noteUnit: z.enum(UNITS).exactOptional(),
  readAt: at,
  reasons: phrases,
})
const writeCounts = z.strictObject({
  accepts: index,
  refuses: index,
  offline: index,
  unknown: index,
  tolerance: figure,
})
const difference = { topic: text, key: text, base: textOrNone, now: textOrNone, wanted: textOrNone }
const planConflict = z.strictObject({
  kind: z.literal('plan'),
  config: z.array(z.strictObject({ ...difference, ours: z.boolean() })),
  replication: z.array(z.strictObject({ topic: text, partition: index, base: text, now: text })),
  gone: texts,
  anew: texts,
  otherCluster: text,
})
const undoConflict = z.strictObject({
  kind: z.literal('undo'),
  config: z.array(z.strictObject(difference)),
  gone: texts,
  anew: texts,
})
const everyPlan = {
  at,
  readAt: at,
  clusterId: textOrNone,
  topics: texts,
  topicIds: texts,
  replication: textLists,
  effects: z.array(effect),
  level: z.enum(PLAN_LEVELS),
  writes: z.strictObject({ before: writeCounts, after: writeCounts }),
  commands: texts,
  noCommands: phrase.exactOptional(),
}
const plan = z.discriminatedUnion('kind', [
  z.strictObject({
    ...everyPlan,
    kind: z.literal('config'),
    overrides: z.array(overrides),
    items: z.array(z.strictObject({ topic: index, key: text, before: keyState, after: keyState })),
    unchanged: index,
    cannotRestore: z.array(z.enum(CANNOT_RESTORE)),
    conflict: z.nullable(undoConflict),
  }),
  z.strictObject({
    ...everyPlan,
    kind: z.literal('election'),
    partitions: z.array(
      z.strictObject({
        topic: text,
        partition: index,
        leader: orNone,
        preferred: orNone,
        fate: z.enum(ELECTION_FATES),
      }),
    ),
    leaders: z.array(z.strictObject({ broker: z.int(), before: z.int(), after: z.int() })),
  }),
])
const needs = z.strictObject({
  kind: z.enum(['click', 'ticks', 'typed', 'never']),
  ticks: texts,
  phrase: text,
  reason: z.boolean(),
})
const results = z.array(
  z.strictObject({
    topic: text,
    partition: orNone,
    outcome: z.enum(ITEM_OUTCOMES),
    error: z.int(),
    message: phraseOrNone,
  }),
)
const brokers = z.array(z.int())
const differences = z.array(
  z.strictObject({ broker: z.int(), topic: text, key: text, value: textOrNone, source: z.int() }),
)
const everyWatching = {
  startedAt: at,
  until: at,
  alarms: z.array(
    z.strictObject({ topic: text, partition: orNone, state: z.enum(['under-min-isr', 'offline', 'gone', 'anew']), at }),
  ),
}

const event = exactly<ChangeEvent>()(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('drafted'), draft, undoOf: text }),
    z.strictObject({ type: z.literal('planned'), plan, needs }),
    z.strictObject({
      type: z.literal('validated'),
      validation: z.strictObject({
        at,
        broker: z.int(),
        topics: index,
        refusals: z.array(z.strictObject({ topic: text, error: z.int(), message: phraseOrNone, removable: text })),
      }),
    }),
    z.strictObject({
      type: z.literal('confirmed'),
      confirmation: z.strictObject({ at, ticks: texts, typed: text, reason: text }),
    }),
    z.strictObject({ type: z.literal('applying'), topics: index, partitions: index }),
    z.strictObject({
      type: z.literal('sending'),
      batch: index,
      rows: z.array(index),
      before: z.array(overrides),
      broker: z.int().exactOptional(),
    }),
    z.strictObject({ type: z.literal('answered'), batch: index, results }),
    z.strictObject({ type: z.literal('conflicted'), conflict: planConflict }),
    z.strictObject({
      type: z.literal('stopped'),
      by: z.enum(['person', 'watch', 'error', 'arming']),
      why: phraseOrNone,
    }),
    z.strictObject({ type: z.literal('ended'), outcome: z.enum(['applied', 'failed', 'unknown']) }),
    z.strictObject({ type: z.literal('settled'), at, results, brokers }),
    z.strictObject({
      type: z.literal('verified'),
      verification: z.strictObject({
        at,
        outcome: z.enum(['verified', 'differs', 'too-few-brokers', 'not-finished', 'unread']),
        brokers,
        ofBrokers: index.exactOptional(),
        differences,
        tookMs: figure,
      }),
    }),
    z.strictObject({
      type: z.literal('watched'),
      watching: z.discriminatedUnion('outcome', [
        z.strictObject({
          ...everyWatching,
          outcome: z.enum(['running', 'calm', 'alarm', 'cut-short', 'taken-back', 'unread']),
        }),
        z.strictObject({ ...everyWatching, outcome: z.literal('overwritten'), differences }),
        z.strictObject({ ...everyWatching, outcome: z.literal('unseen'), unseenMs: figure }),
      ]),
    }),
    z.strictObject({ type: z.literal('undone'), by: text }),
    z.strictObject({ type: z.literal('discarded') }),
  ]),
)

/** What does not fit, as `plan.effects.0.level`; '' = it fits. */
export function misfitOf(value: unknown): string {
  const read = event.safeParse(value)
  if (read.success) return ''
  const [issue] = read.error.issues
  return issue === undefined || issue.path.length === 0 ? 'the whole of it' : issue.path.map(String).join('.')
}

/** The value itself is what is read: a schema's copy of it would leave out a setting named `__proto__`. */
export const isEvent = (value: unknown): value is ChangeEvent => misfitOf(value) === ''

const STATES: ReadonlySet<string> = new Set(CHANGE_STATES)
export const isState = (value: string): value is ChangeState => STATES.has(value)
