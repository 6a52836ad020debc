/** What people are told of trouble outside the window: by which rules, where to, and how it went. */
import { choice, flag, group, text, whole } from '../shared/fields'
import type { ValueOf } from '../shared/fields'
import type { HookKind } from '../shared/hook-kinds'
import type { Environment } from './profiles'

/**
 * What may be so of a cluster, the worst last. short: partitions miss a replica. away: brokers are silent or gone. oneAway: one replica less and acks=all writes are refused. blind: no broker
 * answers, what happens there is not known. refuses: acks=all writes are. offline: partitions have no leader. lost: acknowledged records are.
 */
export const CONDITIONS = ['short', 'away', 'oneAway', 'blind', 'refuses', 'offline', 'lost'] as const
export type Condition = (typeof CONDITIONS)[number]

/** In place of seconds: it is not told. */
export const NEVER = -1
const LONGEST_S = 86_400
const after = (seconds: number) =>
  whole(seconds, (s) => s >= NEVER && s <= LONGEST_S, `not ${NEVER} or 0 to ${LONGEST_S} s`)
const minute = (initial: number) => whole(initial, (m) => m >= 0 && m < 1_440, 'not a minute of the day')

const rule = (own: Readonly<Record<Condition, number>>) =>
  group({
    /** Names with `*`, comma-separated; '' = every topic. What is of no topic (brokers, the cluster, lost records) counts whatever stands here. */
    topics: text(500),
    /** For how long it must be so without a break, in seconds: 0 = at once, NEVER. */
    after: group({
      short: after(own.short),
      away: after(own.away),
      oneAway: after(own.oneAway),
      blind: after(own.blind),
      refuses: after(own.refuses),
      offline: after(own.offline),
      lost: after(own.lost),
    }),
  })

const SILENT = {
  short: NEVER,
  away: NEVER,
  oneAway: NEVER,
  blind: NEVER,
  refuses: NEVER,
  offline: NEVER,
  lost: NEVER,
} as const

/** By environment: production is told of, the others are quiet until a person wants it otherwise. */
export const TELLING_RULES = group({
  notifications: flag(true),
  /** Whether trouble that was announced (a restart) is told of, with that word. Lost records are, in any case. */
  planned: choice('silent', 'say'),
  /** Local time of day, over midnight where `from` is later than `until`. Notifications wait until it is over; webhooks do not, their receivers know who is on call. */
  quiet: group({
    on: flag(false),
    from: minute(22 * 60),
    until: minute(7 * 60),
    /** Offline partitions and lost records are told all the same. */
    outagesToo: flag(true),
  }),
  environments: group({
    prod: rule({ short: 60, away: 60, oneAway: 60, blind: 60, refuses: 0, offline: 0, lost: 0 }),
    staging: rule(SILENT),
    dev: rule(SILENT),
  }),
})
export type TellingRules = ValueOf<typeof TELLING_RULES>
export type TellingRule = TellingRules['environments'][Environment]

/** Travels once, stays in the main process as passwords do: never stored, logged, exported or sent back. */
export interface HookSecrets {
  /** Where to, with whatever makes it secret. */
  readonly url?: string
  /** Signs what is sent to Feishu and DingTalk; '' = the robot wants no signature. */
  readonly signing?: string
}

/** How a delivery went. refused: the receiver does not want it. late: tried again later. given-up: tried for too long. unclear: an answer that is none. */
export type DeliveryState = 'delivered' | 'refused' | 'late' | 'given-up' | 'unclear'

export interface Delivery {
  readonly state: DeliveryState
  readonly at: number
  /** HTTP status, 0 = there was no answer. */
  readonly status: number
  /** The receiver's own words, or the error's; shortened, without address and secret. */
  readonly answer: string
}

export interface HookView {
  readonly kind: HookKind
  /** Scheme and host alone, '' = the address is not in memory: Highwater was started again since it was typed. */
  readonly to: string
  /** Messages that wait for delivery. */
  readonly waiting: number
  /** Messages that will never be delivered, since Highwater was first told to keep them. */
  readonly lost: number
  /** null = nothing was sent yet. */
  readonly last: Delivery | null
}

/**
 * watching: it is polled. blind: it is tried, and no broker answers. password: its password is not in memory, nothing was dialled. full: as many as may be are watched. failed: it could not be
 * opened at all (`problem`). paused: a person has paused it. off: nobody asked for it.
 */
export type WatchState = 'watching' | 'connecting' | 'blind' | 'password' | 'full' | 'failed' | 'paused' | 'off'

export interface WatchedCluster {
  /** Profile id. */
  readonly cluster: string
  readonly name: string
  readonly environment: Environment
  /** It is to be watched whether it is open or not. */
  readonly watch: boolean
  readonly state: WatchState
  /** Words of ours, '' = none. */
  readonly problem: string
  /** The worst of what is so now, null = nothing; says nothing unless it is watched. */
  readonly worst: Condition | null
  /** Enough of it was read to call it well where nothing is wrong. */
  readonly known: boolean
  /** Open incident, 0 = none. */
  readonly incident: number
  /** Until when nothing is told of it: NaN = it is not muted, Infinity = until it is over. */
  readonly mutedUntil: number
  readonly hook: HookView | null
}

export interface TellingView {
  readonly rules: TellingRules
  /** Nothing at all is told until then; NaN = it is. */
  readonly pausedUntil: number
  readonly clusters: readonly WatchedCluster[]
  /** False: a closed window stays in the taskbar, as this system shows no tray. */
  readonly tray: boolean
  /** False: this system takes no notifications. */
  readonly notifications: boolean
  /** What was told last, newest first. */
  readonly told: readonly ToldLine[]
}
export const MOST_WATCHED = 20
export const TOLD_LINES = 20

export type TellKind = 'begins' | 'worse' | 'over'

export interface ToldLine {
  readonly at: number
  readonly cluster: string
  readonly name: string
  /** 0 = the cluster is out of sight. */
  readonly incident: number
  readonly kind: TellKind
  readonly condition: Condition
  readonly by: 'notification' | 'webhook'
}
