/**
 * What may come in over IPC, per channel: types, sizes, and no unknown keys. The renderer shows data of strangers (topic names, broker
 * messages), so the main process trusts nothing it sends. Limits are generous for people and small for an attack.
 */
import { z } from 'zod'
import { ACCEPT_LEAST_REASON, AUDIT_FINDING_IDS } from '../shared/audit-rules'
import { EDIT_OPS } from '../shared/draft'
import { HOOK_KINDS } from '../shared/hook-kinds'
import type { Field } from '../shared/fields'
import { MAX_ELECTION_PARTITIONS, MAX_PLAN_TOPICS } from './change'
import type { ChangeDraft } from './change'
import { exactly } from './exact'
import type { Exact } from './exact'
import { MOST_CELLS } from './fleet'
import { ANNOUNCED_MINUTES, EVENT_KINDS, MOST_EVENTS } from './history'
import type { EventQuestion } from './history'
import { MAX_CLIPBOARD_CHARS, SETTINGS } from './ipc'
import type { Channel, Input, Settings, Watch, WatchList } from './ipc'
import { JOURNAL_FORMATS, JOURNAL_SHOWS } from './journal'
import type { JournalFilter } from './journal'
import { ENVIRONMENT, SAVED_CLUSTER } from './profiles'
import type { ClusterSecrets } from './profiles'
import type { PushAck } from './frame'
import type { TaskRequest } from './tasks'
import { TELLING_RULES } from './telling'
import type { HookSecrets } from './telling'
import { MAX_VIEW_TEXT } from './views'
import type { ClusterViews } from './views'
import { WHAT_IF_BROKERS } from './what-if'

export const MAX_EXPORT_CHARS = 64 * 1024 * 1024
export const MAX_VIEW_ROWS = 500
const MAX_LOSSES = 200_000
/** Name of a file in a bundle: ours, so a plain one. */
const bundled = z.string().regex(/^[a-z][a-z-]{0,40}\.(md|json|csv|png)$/)
const place = z.int().min(0).max(20_000)

const id = z.string().regex(/^[\w-]{1,64}$/)
const line = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)
const int32 = z.int().min(0).max(0x7fffffff)
/** Kafka's own limit of a topic name; the characters are its business, so that an odd cluster can still be watched. */
const topic = z.string().min(1).max(249)
const none = z.undefined()
/** ms since 1970. */
const MONTH_MS = 31 * 86_400_000
const moment = z.number().min(0).max(8.64e15)

const span = { from: moment, until: moment, resolutionMs: z.number().min(1).max(MONTH_MS) }
const sampleSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cluster') }),
  z.strictObject({ kind: z.literal('broker'), broker: int32 }),
  z.strictObject({ kind: z.literal('topic'), topic }),
])

const eventQuestion = exactly<EventQuestion>()(
  z.strictObject({
    cluster: id,
    incident: z.int().min(-1),
    topic: z.string().max(249),
    partition: z.int().min(-1).max(0x7fffffff),
    broker: z.int().min(-1).max(0x7fffffff),
    kinds: z.array(z.enum(EVENT_KINDS)).max(EVENT_KINDS.length),
    from: moment,
    until: moment,
    beforeSeq: z.int().min(0),
    limit: z.int().min(1).max(MOST_EVENTS),
  }),
)

const settings = exactly<Settings>()(
  z.strictObject({
    theme: z.enum(SETTINGS.theme),
    language: z.enum(SETTINGS.language),
    density: z.enum(SETTINGS.density),
    closing: z.enum(SETTINGS.closing),
    chartRange: z.enum(SETTINGS.chartRange),
    coach: z.enum(SETTINGS.coach),
    boardTopics: z.enum(SETTINGS.boardTopics),
    boardMap: z.enum(SETTINGS.boardMap),
    boardZoom: z.enum(SETTINGS.boardZoom),
    clock: z.enum(SETTINGS.clock),
  }),
)

const viewName = z.string().min(1).max(40)
const viewText = z.string().max(MAX_VIEW_TEXT)
export const clusterViews = exactly<ClusterViews>()(
  z.strictObject({
    last: z.string().max(2_000),
    pages: z
      .record(
        viewName,
        z.strictObject({
          chosen: z.record(viewName, viewText).refine((chosen) => Object.keys(chosen).length <= 20),
          sort: z.strictObject({ key: z.string().max(40), descending: z.boolean() }),
          hidden: z.array(viewName).max(40),
        }),
      )
      .refine((pages) => Object.keys(pages).length <= 40),
  }),
)

const intervalMs = z.union([z.literal(0), z.int().min(250).max(60_000)])

/** A value as its definition in this folder takes it. */
const defined = <T>(field: Field<T>): z.ZodType<T> =>
  z.custom<T>().superRefine((value, issues) => {
    const fault = field.fault(value)
    if (fault !== null) issues.addIssue({ code: 'custom', path: [...fault.path], message: fault.what })
  })

const profile = defined(SAVED_CLUSTER)

const secrets = exactly<ClusterSecrets>()(
  z.strictObject({
    password: z.string().max(4096).exactOptional(),
    keyPassphrase: z.string().max(4096).exactOptional(),
  }),
)

const hookSecrets = exactly<HookSecrets>()(
  z.strictObject({ url: line(2048).exactOptional(), signing: line(500).exactOptional() }),
)

const watch = exactly<Watch>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('partition'), topic, partition: int32 }),
    z.strictObject({ kind: z.literal('topic'), topic }),
    z.strictObject({ kind: z.literal('broker'), broker: int32 }),
    z.strictObject({ kind: z.literal('cluster') }),
  ]),
)

const watchList = exactly<WatchList>()(
  z.strictObject({
    partition: z.nullable(z.strictObject({ topic, partition: int32 })),
    chart: watch,
    rows: z.array(int32).max(MAX_VIEW_ROWS),
  }),
)

/** Config keys of other vendors and of later versions pass: what a key may be is the broker's business. */
const configKey = z
  .string()
  .regex(/^[\w.-]{1,200}$/)
  // Overrides are plain objects by key: what every object has of its own would pass for an override there.
  .refine((key) => !(key in Object.prototype))
const configValue = z.string().max(32 * 1024)
const total =
  <T>(count: (rows: readonly T[]) => number, most: number, what: string) =>
  (rows: readonly T[], issues: z.core.$RefinementCtx): void => {
    if (count(rows) > most) issues.addIssue(`at most ${most} ${what}`)
  }
const topicsOf = (groups: readonly { readonly topics: readonly string[] }[]): number =>
  groups.reduce((sum, { topics }) => sum + topics.length, 0)
const partitionsOf = (rows: readonly { readonly partitions: readonly number[] }[]): number =>
  rows.reduce((sum, { partitions }) => sum + partitions.length, 0)

const configEdit = z.strictObject({ key: configKey, op: z.enum(EDIT_OPS), value: configValue })
const changeDraft = exactly<ChangeDraft>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('config'),
      groups: z
        .array(
          z.strictObject({
            topics: z.array(topic).min(1).max(MAX_PLAN_TOPICS),
            edits: z.array(configEdit).min(1).max(100),
          }),
        )
        .min(1)
        .max(MAX_PLAN_TOPICS)
        .superRefine(total(topicsOf, MAX_PLAN_TOPICS, 'topics')),
    }),
    z.strictObject({
      kind: z.literal('election'),
      partitions: z
        .array(z.strictObject({ topic, partitions: z.array(int32).min(1).max(MAX_ELECTION_PARTITIONS) }))
        .min(1)
        .max(MAX_ELECTION_PARTITIONS)
        .superRefine(total(partitionsOf, MAX_ELECTION_PARTITIONS, 'partitions')),
    }),
  ]),
)

const journalFilter = exactly<JournalFilter>()(
  z.strictObject({
    cluster: z.union([z.literal(''), id]),
    text: line(300),
    show: z.enum(JOURNAL_SHOWS),
    before: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
)
const byId = z.strictObject({ id })

const taskRequest = exactly<TaskRequest>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('connection-test'), input: z.strictObject({ profile, secrets }) }),
    z.strictObject({
      kind: z.literal('config-column'),
      input: z.strictObject({
        cluster: id,
        key: configKey,
        topics: z.nullable(z.array(topic).min(1).max(MAX_PLAN_TOPICS)),
      }),
    }),
    z.strictObject({ kind: z.literal('audit'), input: z.strictObject({ cluster: id }) }),
  ]),
)

type Schemas = { readonly [C in Channel]: z.ZodType<Input<C>> }
const oneEach = <S extends Schemas>(schemas: S & { readonly [C in Channel]: Exact<S[C], Input<C>> }): Schemas => schemas

/** One schema per channel: a channel without one, or one that lets through anything but exactly the contract's type, does not compile. */
export const inputSchemas = oneEach({
  'app:info': none,
  'settings:read': none,
  'settings:write': settings,
  'profiles:list': none,
  'profiles:save': z.strictObject({ profile, secrets }),
  'profiles:remove': z.strictObject({ id }),
  'cluster:open': z.strictObject({ id, secrets }),
  'cluster:reopen': z.strictObject({ id }),
  'cluster:retry': z.strictObject({ cluster: id }),
  'cluster:close': z.strictObject({ cluster: id }),
  'cluster:frame': z.strictObject({ cluster: id }),
  'cluster:watch': z.strictObject({ cluster: id, list: watchList }),
  'cluster:pause': z.strictObject({ cluster: id, paused: z.boolean() }),
  'cluster:cadence': z.strictObject({ cluster: id, intervalMs }),
  'cluster:series': z.strictObject({ cluster: id, watch }),
  'cluster:what-if': z.strictObject({ cluster: id, brokers: z.array(int32).min(1).max(WHAT_IF_BROKERS) }),
  'cluster:arm': z.strictObject({ cluster: id, armed: z.boolean() }),
  'loss:list': z.strictObject({ cluster: id }),
  'loss:acknowledge': z.strictObject({
    cluster: id,
    ids: z.array(z.int()).min(1).max(MAX_LOSSES),
    by: line(200).min(1),
    reason: line(4000).min(1),
  }),
  'history:incidents': z.strictObject({ cluster: id, before: z.int().min(0) }),
  'history:incident': z.strictObject({ cluster: id, id: z.int().min(1) }),
  'history:events': eventQuestion,
  'history:watched': z.strictObject({ cluster: id, from: moment, until: moment }),
  'history:samples': z.strictObject({ cluster: id, subject: sampleSubject, ...span }),
  'history:partition-samples': z.strictObject({ cluster: id, topic, partition: int32, ...span }),
  'past:board': z.strictObject({ cluster: id, at: moment }),
  'past:topic': z.strictObject({ cluster: id, at: moment, topic, partition: z.int().min(-1).max(0x7fffffff) }),
  'past:around': z.strictObject({ cluster: id, at: moment }),
  'advisor:record': z.strictObject({ cluster: id }),
  'history:announce': z.strictObject({
    cluster: id,
    broker: int32,
    by: line(200),
    minutes: z.int().min(ANNOUNCED_MINUTES.least).max(ANNOUNCED_MINUTES.most),
  }),
  'history:withdraw': z.strictObject({ cluster: id, broker: int32 }),
  'quorum:read': z.strictObject({ cluster: id }),
  'quorum:isr': z.strictObject({ cluster: id }),
  'quorum:agreement': z.strictObject({ cluster: id }),
  'audit:read': z.strictObject({ cluster: id }),
  'audit:accept': z.strictObject({
    cluster: id,
    finding: z.enum(AUDIT_FINDING_IDS),
    topic: z.nullable(topic),
    until: z.number().positive(),
    by: line(200).min(1),
    reason: line(4000).min(ACCEPT_LEAST_REASON),
  }),
  'audit:withdraw': z.strictObject({ cluster: id, acceptance: z.int().min(1) }),
  'telling:read': none,
  'telling:write': defined(TELLING_RULES),
  'telling:pause': z.strictObject({ minutes: z.int().min(0).max(1440) }),
  'telling:mute': z.strictObject({ cluster: id, incident: z.int().min(0), minutes: z.int().min(-1).max(10_080) }),
  'telling:hook': z.strictObject({ cluster: id, kind: z.enum(['none', ...HOOK_KINDS]), secrets: hookSecrets }),
  'telling:try': z.strictObject({ cluster: id }),
  'fleet:show': z.strictObject({ shown: z.boolean() }),
  'fleet:read': z.strictObject({ since: z.int().min(0) }),
  'fleet:past': z.strictObject({
    from: moment,
    stepMs: z.int().min(1_000).max(MONTH_MS),
    cells: z.int().min(1).max(MOST_CELLS),
  }),
  'config:topic': z.strictObject({ cluster: id, topic, again: z.boolean() }),
  'config:docs': z.strictObject({ cluster: id, topic: z.string().max(249), key: configKey }),
  'config:broker': z.strictObject({ cluster: id, broker: int32, again: z.boolean() }),
  'change:draft': z.strictObject({ id: z.union([z.literal(''), id]), cluster: id, draft: changeDraft }),
  'change:plan': byId,
  'change:validate': byId,
  'change:confirm': z.strictObject({
    id,
    ticks: z.array(z.string().max(100)).max(200),
    typed: z.string().max(600),
    reason: z.string().max(4000),
  }),
  'change:apply': byId,
  'change:stop': byId,
  'change:settle': byId,
  'change:verify': byId,
  'change:undo': z.strictObject({ id, cluster: id }),
  'change:rest': byId,
  'change:discard': byId,
  'change:get': byId,
  'journal:list': journalFilter,
  'journal:read': z.strictObject({ change: id }),
  'journal:export': z.strictObject({ changes: z.array(id).min(1).max(500), format: z.enum(JOURNAL_FORMATS) }),
  // A name, not a path: the folder is chosen by the person in the dialog.
  'export:save': z.strictObject({
    suggestedName: line(300)
      .min(1)
      .regex(/^[^/\\]+$/),
    content: z.string().max(MAX_EXPORT_CHARS),
  }),
  'export:bundle': z.strictObject({
    folder: line(300)
      .min(1)
      .regex(/^[^/\\]+$/),
    files: z.array(z.strictObject({ name: bundled, content: z.string().max(MAX_EXPORT_CHARS) })).max(8),
    pictures: z
      .array(z.strictObject({ name: bundled, x: place, y: place, width: place.min(1), height: place.min(1) }))
      .max(8),
  }),
  'views:read': z.strictObject({ cluster: id }),
  'views:write': z.strictObject({ cluster: id, views: clusterViews }),
  'clipboard:write': z.strictObject({ text: z.string().max(MAX_CLIPBOARD_CHARS) }),
  'task:start': z.strictObject({ id, task: taskRequest }),
  'task:cancel': byId,
  'window:title': z.strictObject({
    cluster: line(100),
    environment: z.union([z.literal(''), z.enum(ENVIRONMENT.values)]),
  }),
})

export const pushAckSchema = exactly<PushAck>()(z.strictObject({ type: z.literal('ack'), cluster: id, seq: int32 }))
