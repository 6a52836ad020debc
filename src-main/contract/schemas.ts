/**
 * What may come in over IPC, per channel: types, sizes, and no unknown keys. The renderer shows data of strangers (topic names, broker
 * messages), so the main process trusts nothing it sends. Limits are generous for people and small for an attack.
 */
import { z } from 'zod'
import type { Channel, Input, Settings, Watch } from './ipc'
import type { ClusterProfile, ClusterSecrets } from './profiles'
import type { PushAck } from './frame'

export const MAX_EXPORT_CHARS = 64 * 1024 * 1024
export const MAX_VIEW_ROWS = 500

const id = z.string().regex(/^[\w-]{1,64}$/)
const line = (max: number): z.ZodString => z.string().max(max).regex(/^[^\p{Cc}]*$/u)
const int32 = z.int().min(0).max(0x7fffffff)
/** Kafka's own limit of a topic name; the characters are its business, so that an odd cluster can still be watched. */
const topic = z.string().min(1).max(249)
const none = z.undefined()

const settings: z.ZodType<Settings> = z.strictObject({
  theme: z.enum(['system', 'dark', 'light']),
  language: z.enum(['system', 'en', 'zh-CN']),
  density: z.enum(['normal', 'compact']),
})

const intervalMs = z.union([z.literal(0), z.int().min(250).max(60_000)])

const profile: z.ZodType<ClusterProfile> = z.strictObject({
  id: z.union([z.literal(''), id]),
  name: line(100).min(1),
  environment: z.enum(['prod', 'staging', 'dev']),
  readOnly: z.boolean(),
  bootstrap: z.array(line(300).min(1)).min(1).max(50),
  tls: z.nullable(z.strictObject({ caFile: line(4096), certFile: line(4096), keyFile: line(4096), serverName: line(255) })),
  sasl: z.nullable(z.strictObject({ mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']), username: line(500) })),
  intervalMs,
})

const secrets: z.ZodType<ClusterSecrets> = z.strictObject({
  password: z.string().max(4096).exactOptional(),
  keyPassphrase: z.string().max(4096).exactOptional(),
})

const watch: z.ZodType<Watch> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('partition'), topic, partition: int32 }),
  z.strictObject({ kind: z.literal('topic'), topic }),
  z.strictObject({ kind: z.literal('broker'), broker: int32 }),
  z.strictObject({ kind: z.literal('cluster') }),
])

/** One schema per channel: a channel without one, or one that lets through another type than the contract's, does not compile. */
export const inputSchemas: { readonly [C in Channel]: z.ZodType<Input<C>> } = {
  'app:info': none,
  'settings:read': none,
  'settings:write': settings,
  'profiles:list': none,
  'profiles:save': z.strictObject({ profile, secrets }),
  'profiles:remove': z.strictObject({ id }),
  'profiles:test': z.strictObject({ profile, secrets }),
  'cluster:open': z.strictObject({ id, secrets }),
  'cluster:close': z.strictObject({ cluster: id }),
  'cluster:frame': z.strictObject({ cluster: id }),
  'cluster:watch': z.strictObject({ cluster: id, watch, rows: z.array(int32).max(MAX_VIEW_ROWS) }),
  'cluster:pause': z.strictObject({ cluster: id, paused: z.boolean() }),
  'cluster:cadence': z.strictObject({ cluster: id, intervalMs }),
  'cluster:series': z.strictObject({ cluster: id, watch }),
  // A name, not a path: the folder is chosen by the person in the dialog.
  'export:save': z.strictObject({
    suggestedName: line(300).min(1).regex(/^[^/\\]+$/),
    content: z.string().max(MAX_EXPORT_CHARS),
  }),
  'clipboard:write': z.strictObject({ text: z.string().max(1024 * 1024) }),
  'window:title': z.strictObject({ cluster: line(100), environment: line(20) }),
}

export const pushAckSchema: z.ZodType<PushAck> = z.strictObject({ type: z.literal('ack'), cluster: id, seq: int32 })
