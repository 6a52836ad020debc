/**
 * A guarded change, as a value. The main process owns it and moves it on; the page shows it and asks for the next step. Every step is a line
 * of the journal (`ChangeEvent`), and a change is nothing but its lines folded together, so that what is shown after a crash is what was
 * shown before it.
 *
 *   draft → planned → validated → confirmed → applying → applied → verified → watched          (undone: another change took it back)
 *                                                                           ↘ overwritten   it held, and was written over since
 *                                                     ↘ failed    none of it was applied
 *                                                     ↘ unknown   a write had no answer: read again (settle), then applied or failed
 *   planned … confirmed fall back to draft when the edits change, and to `conflict` when the cluster changed under the plan.
 */
import type { Phrase } from '../shared/words/phrase'
import type { Unit } from '../shared/words/table'
import type { AppError } from './result'
import type { Environment } from './profiles'
import type { ChangeDraft } from '../shared/draft'

export type { ChangeDraft, ConfigEdit } from '../shared/draft'

export const CHANGE_STATES = [
  'draft',
  'planned',
  'validated',
  'confirmed',
  'applying',
  'applied',
  'failed',
  'unknown',
  'verified',
  'watched',
  'overwritten',
  'undone',
  'conflict',
  'discarded',
] as const
export type ChangeState = (typeof CHANGE_STATES)[number]
/** Nothing was sent, or it was refused as a whole: may be edited, planned and discarded. */
export const BEFORE_APPLY: readonly ChangeState[] = ['draft', 'planned', 'validated', 'confirmed', 'conflict']
/** It was carried out: may be verified, watched and undone. */
export const DONE: readonly ChangeState[] = ['applied', 'verified', 'watched', 'overwritten']

export const MAX_PLAN_TOPICS = 1000
export const MAX_ELECTION_PARTITIONS = 20_000
/** Kafka does them all at once; more leaders than this at a time is a jolt for clients (guardrails.md, preferred-election). */
export const ELECTION_BATCH = 100

export interface KeyState {
  /** The topic's own value; null = it has none and inherits. HIDDEN where it is typed and may be a secret. */
  readonly override: string | null
  /** The value in force; null = sensitive or not set. */
  readonly value: string | null
  /** Code, see CONFIG_SOURCES; 0 unknown. */
  readonly source: number
}

/** One key of one topic. `topic` is an index into `ConfigPlan.topics`. */
export interface PlanItem {
  readonly topic: number
  readonly key: string
  readonly before: KeyState
  /** What will hold; `value` null where an override is deleted and the inherited value is not told. */
  readonly after: KeyState
}

/** What an election makes of a partition; in the order they are shown in: what moves, what cannot, what is there already. */
export const ELECTION_FATES = [
  'moves',
  /** The preferred replica is outside the ISR. */
  'not-in-sync',
  /** The preferred replica does not answer us. */
  'preferred-silent',
  /** It has no leader. */
  'offline',
  /** There is no such partition. */
  'gone',
  /** The preferred replica leads it. */
  'already',
] as const
export type ElectionFate = (typeof ELECTION_FATES)[number]

/** One partition of an election plan. */
export interface ElectionItem {
  readonly topic: string
  readonly partition: number
  /** -1 = none. */
  readonly leader: number
  readonly preferred: number
  readonly fate: ElectionFate
}

/** In order of gravity. 'refused' cannot be overridden; 'block' needs a typed phrase; 'warn' and 'unknown' need a tick each. */
export const EFFECT_LEVELS = ['refused', 'block', 'unknown', 'warn', 'better', 'info'] as const
export type EffectLevel = (typeof EFFECT_LEVELS)[number]

/** What a change does, found by one rule of guardrails.md. */
export interface Effect {
  /** `<rule>.<variant>`, unique in a plan: what a tick refers to. */
  readonly id: string
  readonly level: EffectLevel
  /** The sentence, with its figures. */
  readonly says: Phrase
  /** Topics and partitions it holds for; both 0 where it is about the cluster. */
  readonly topicCount: number
  readonly partitionCount: number
  /**
   * The worst ones by name, at most MAX_EFFECT_ROWS. `note` is the row's own figure (records, bytes, |ISR| …), NaN = none; `partition` -1 = the
   * topic as a whole. `text`: names as they stand in Kafka (groups, brokers, a key), '' = none; `reasons`: why it is not known of this one.
   */
  readonly rows: readonly {
    readonly topic: string
    readonly partition: number
    readonly note: number
    readonly text: string
    readonly reasons?: readonly Phrase[]
  }[]
  /** What the rows' `note` counts; left out where rows have none. */
  readonly noteUnit?: Unit
  /** Age of the oldest figure used, ms since 1970; NaN = needs no figure. */
  readonly readAt: number
  /** For 'unknown': why it could not be computed. */
  readonly reasons: readonly Phrase[]
}
export const MAX_EFFECT_ROWS = 500

/** What taking a change of settings back does not bring back: records that went meanwhile, and a sensitive value, which Kafka never returns. */
export const CANNOT_RESTORE = ['records-deleted', 'records-compacted', 'value-hidden'] as const
export type CannotRestore = (typeof CANNOT_RESTORE)[number]

/** Overall risk of a plan, the gravest first: its gravest effect; 'refused' also where another hand was there since. */
export const PLAN_LEVELS = ['refused', 'block', 'warn', 'low'] as const
export type PlanLevel = (typeof PLAN_LEVELS)[number]

/** Write availability of the partitions a plan touches; they add up to all of them. */
export interface WriteCounts {
  readonly accepts: number
  readonly refuses: number
  readonly offline: number
  readonly unknown: number
  /** Smallest number of further replicas that may fail before acks=all is refused, over partitions that accept; NaN unknown. */
  readonly tolerance: number
}

/** What every plan has. */
interface PlanBase {
  readonly at: number
  /** Age of the oldest reading of the cluster it stands on. */
  readonly readAt: number
  /** Kafka's cluster id, null on clusters that tell none. */
  readonly clusterId: string | null
  readonly topics: readonly string[]
  /** Kafka's own id of each of them, as its tools print it; '' where the cluster tells none. A name may be another topic tomorrow. */
  readonly topicIds: readonly string[]
  /** Replication the effects stand on, per topic and partition: `leader>isr,isr` sorted, `>` and all replicas where there are others; `-` for no leader. */
  readonly replication: readonly (readonly string[])[]
  readonly effects: readonly Effect[]
  readonly level: PlanLevel
  readonly writes: { readonly before: WriteCounts; readonly after: WriteCounts }
  /** The same by hand, ready to paste. */
  readonly commands: readonly string[]
  /** Why there are none, where no line would do the same. */
  readonly noCommands?: Phrase
}

/** Of settings: one item per topic and key that changes. */
export interface ConfigPlan extends PlanBase {
  readonly kind: 'config'
  /** All overrides of each topic before the change, by key: what undo restores from and what must not have changed at apply. */
  readonly overrides: readonly Readonly<Record<string, string>>[]
  readonly items: readonly PlanItem[]
  /** Edits that would change nothing (the override is there already, or there is none to take away). */
  readonly unchanged: number
  /** What undo cannot bring back: of this change, or where it is an undo, of the one it takes back. Keys of `undo.cannot.<name>`. */
  readonly cannotRestore: readonly CannotRestore[]
  /** Of an undo: what another hand changed since; then the plan is refused. */
  readonly conflict: UndoConflict | null
}

/** Of a preferred leader election. It is not taken back (decision 14). */
export interface ElectionPlan extends PlanBase {
  readonly kind: 'election'
  /** Each partition asked for, once; only those that move are sent. */
  readonly partitions: readonly ElectionItem[]
  /** Leaders per broker before and after, over the whole cluster. */
  readonly leaders: readonly { readonly broker: number; readonly before: number; readonly after: number }[]
}

/** `kind` is that of the draft. */
export type Plan = ConfigPlan | ElectionPlan

/** Three ways to see one key: as it was left or seen, as it is now, as we want it; null = no override. */
export interface ConfigDifference {
  readonly topic: string
  readonly key: string
  readonly base: string | null
  readonly now: string | null
  readonly wanted: string | null
}

/** The cluster at apply against what the plan saw. */
export interface PlanConflict {
  readonly kind: 'plan'
  readonly config: readonly (ConfigDifference & {
    /** The change itself touches this key (else it is another key of the same topic). */
    readonly ours: boolean
  })[]
  readonly replication: readonly {
    readonly topic: string
    readonly partition: number
    readonly base: string
    readonly now: string
  }[]
  /** Topics that are not seen any more: brokers leave out of Metadata what was deleted, and what this login may not describe any more. */
  readonly gone: readonly string[]
  /** Topics that were deleted and made anew: another topic has the name now. */
  readonly anew: readonly string[]
  /** The cluster at this address is another one than the one the plan was made for; '' = it is not. */
  readonly otherCluster: string
}

/** The cluster when an undo is planned against what the change to be undone left: of its own keys only. */
export interface UndoConflict {
  readonly kind: 'undo'
  readonly config: readonly ConfigDifference[]
  /** Topics that were deleted: DescribeConfigs of them, which this login may, finds none. */
  readonly gone: readonly string[]
  /** Topics that were deleted and made anew: another topic has the name now. */
  readonly anew: readonly string[]
}

/** What another hand changed meanwhile. */
export type Conflict = PlanConflict | UndoConflict

export interface Validation {
  readonly at: number
  readonly broker: number
  readonly topics: number
  readonly refusals: readonly {
    readonly topic: string
    readonly error: number
    /** The broker's own words; null where it said none. */
    readonly message: Phrase | null
    /** Another stored override the message names, which may be removed in the same change; '' = none. */
    readonly removable: string
  }[]
}

/** What the person has to do before it can be applied. Computed in main, checked in main. */
export interface Needs {
  readonly kind: 'click' | 'ticks' | 'typed' | 'never'
  /** Ids of the effects to tick. */
  readonly ticks: readonly string[]
  /** Exactly what is to be typed, '' = nothing. */
  readonly phrase: string
  readonly reason: boolean
}

export interface Confirmation {
  readonly at: number
  readonly ticks: readonly string[]
  readonly typed: string
  readonly reason: string
}

/** In the order they are counted up in. 'not-begun': a stop came before it. */
export const ITEM_OUTCOMES = ['applied', 'refused', 'unknown', 'not-begun', 'not-needed'] as const
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number]

export interface ItemResult {
  readonly topic: string
  /** -1 = the topic as a whole (settings). */
  readonly partition: number
  readonly outcome: ItemOutcome
  /** Kafka's error code; 0 none, or a mark of our own (change/book/outcome.ts). */
  readonly error: number
  /** What is known beside the outcome: found by us, or the broker's own words. */
  readonly message: Phrase | null
}

/** A key that a broker shows otherwise than the change left it. */
export interface ShownOtherwise {
  readonly broker: number
  readonly topic: string
  readonly key: string
  readonly value: string | null
  readonly source: number
}

export interface Verification {
  readonly at: number
  /** 'unread': the brokers show it, but whether the topics are still the same ones could not be read. */
  readonly outcome: 'verified' | 'differs' | 'too-few-brokers' | 'not-finished' | 'unread'
  /** Brokers that show value and source as planned. */
  readonly brokers: readonly number[]
  /** Brokers of the cluster, of which a few are asked; left out in lines of before it was counted. */
  readonly ofBrokers?: number
  readonly differences: readonly ShownOtherwise[]
  readonly tookMs: number
}

interface WatchingBase {
  readonly startedAt: number
  readonly until: number
  /** Partitions that were well before the change and are not now, and topics that went away: `partition` -1 = the topic as a whole. */
  readonly alarms: readonly {
    readonly topic: string
    readonly partition: number
    /** 'gone': deleted meanwhile, or hidden from this login since, which Metadata does not tell apart; 'anew': deleted, and another topic has the name. */
    readonly state: 'under-min-isr' | 'offline' | 'gone' | 'anew'
    readonly at: number
  }[]
}

export type Watching = WatchingBase &
  (
    | {
        /**
         * 'cut-short': Highwater ended in between; what was seen after the restart is in `alarms`. 'taken-back': the change was undone before the
         * minute was over. 'unread': nothing got worse, but at the end no broker told the settings.
         */
        readonly outcome: 'running' | 'calm' | 'alarm' | 'cut-short' | 'taken-back' | 'unread'
      }
    | {
        /** The settings were read again at the end, and were written over since: by another hand, or by another change. */
        readonly outcome: 'overwritten'
        readonly differences: readonly ShownOtherwise[]
      }
    | {
        /** Nothing got worse as far as was seen, but the cluster could not be read for a part of the minute. */
        readonly outcome: 'unseen'
        /** Longest time without a reading. */
        readonly unseenMs: number
      }
  )

/** What may be done next, the recommended one first. */
export type NextStep =
  | 'edit'
  | 'plan'
  | 'validate'
  | 'confirm'
  | 'arm'
  | 'apply'
  | 'stop'
  | 'settle'
  | 'verify'
  | 'undo'
  | 'discard'
  | 'rest'

export interface Progress {
  readonly what: 'reading' | 'validating' | 'applying' | 'waiting-for-health' | 'verifying' | 'watching' | 'settling'
  readonly done: number
  readonly total: number
  readonly stoppable: boolean
}

export interface ChangeView {
  readonly id: string
  readonly cluster: string
  readonly clusterName: string
  readonly environment: Environment
  readonly createdAt: number
  readonly state: ChangeState
  readonly since: number
  /** Change that this one undoes; that undoes this one; '' = none. */
  readonly undoOf: string
  readonly undoneBy: string
  readonly draft: ChangeDraft
  readonly plan: Plan | null
  readonly needs: Needs | null
  readonly validation: Validation | null
  readonly confirmation: Confirmation | null
  readonly results: readonly ItemResult[]
  readonly verification: Verification | null
  readonly watching: Watching | null
  readonly conflict: Conflict | null
  readonly progress: Progress | null
  readonly next: readonly NextStep[]
  /** Why the last step did not get on (the state is then unchanged). */
  readonly problem: AppError | null
  /** +1 per event: a view with a higher one is newer. */
  readonly version: number
}

/** One line of the journal about a change; `state` of the change after it in brackets. */
export type ChangeEvent =
  | { readonly type: 'drafted'; readonly draft: ChangeDraft; readonly undoOf: string }
  | { readonly type: 'planned'; readonly plan: Plan; readonly needs: Needs }
  | { readonly type: 'validated'; readonly validation: Validation }
  | { readonly type: 'confirmed'; readonly confirmation: Confirmation }
  /** Before the first write: overrides of the topics exactly as read a moment ago. */
  | { readonly type: 'applying'; readonly topics: number; readonly partitions: number }
  /** Before each write: what goes out in it. `rows` are indices into `ConfigPlan.topics` or `ElectionPlan.partitions`. */
  | {
      readonly type: 'sending'
      readonly batch: number
      readonly rows: readonly number[]
      /** Overrides of each topic a moment before; [] of an election. */
      readonly before: readonly Readonly<Record<string, string>>[]
      /** Who is asked: as long as it is silent it may still carry the write out. */
      readonly broker?: number
    }
  | { readonly type: 'answered'; readonly batch: number; readonly results: readonly ItemResult[] }
  | { readonly type: 'conflicted'; readonly conflict: PlanConflict }
  | { readonly type: 'stopped'; readonly by: 'person' | 'watch' | 'error' | 'arming'; readonly why: Phrase | null }
  | { readonly type: 'ended'; readonly outcome: 'applied' | 'failed' | 'unknown' }
  /** After an unknown or interrupted write: what reading the cluster told. */
  | {
      readonly type: 'settled'
      readonly at: number
      readonly results: readonly ItemResult[]
      readonly brokers: readonly number[]
    }
  | { readonly type: 'verified'; readonly verification: Verification }
  | { readonly type: 'watched'; readonly watching: Watching }
  | { readonly type: 'undone'; readonly by: string }
  | { readonly type: 'discarded' }

/** News over the frame port; the page fetches the view when `version` is new to it. */
export interface ChangeNews {
  readonly id: string
  readonly cluster: string
  readonly state: ChangeState
  readonly version: number
  readonly progress: Progress | null
}

export const WATCH_MS = 60_000

/** Whether changes can be sent to a cluster now. `armedUntil`: ms since 1970; NaN = not armed; Infinity = the cluster is not read-only. */
export interface ArmState {
  readonly cluster: string
  readonly armedUntil: number
}

/** How long a cluster that is read-only takes changes once it was armed. */
export const ARM_MS = 15 * 60_000
