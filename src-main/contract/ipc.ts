/**
 * The one map of what the renderer may ask. Channel names are `noun:verb`; every answer is a Result. A channel is added to `IpcCalls`; the
 * compiler then names what is missing: its line in `CHANNEL`, its schema (schemas.ts) and its handler (ipc/routes/). The preload follows
 * `CHANNELS`. test/unit/compile/ shows that it does.
 */
import type { AuditFindingId } from '../shared/audit-rules'
import type { LateRecord } from './advisor'
import type { FleetLane, FleetNews, FleetPastQuestion } from './fleet'
import type { HookKind } from '../shared/hook-kinds'
import type { AuditView } from './audit'
import type { Result } from './result'
import type { LagSeries } from './live'
import type { PastAnswer, PastAround, PastBoard, PastTopic } from './past'
import type { KeptLoss } from './loss'
import type { ArmState, ChangeDraft, ChangeView } from './change'
import type { BrokerConfigView, TopicConfigView } from './config'
import type { EventQuestion, HistoryPage, Incident, KeptEvent, Watched } from './history'
import type { JournalFilter, JournalFormat, JournalPage, JournalRow } from './journal'
import type { KeptPartitionSeries, KeptSeries, SampleQuestion, SampleSubject } from './kept-samples'
import type { ClusterProfile, ClusterSecrets, Environment, ProfileRow } from './profiles'
import type { AgreementView, QuorumView, ShortIsrView } from './quorum'
import type { TaskRequest } from './tasks'
import type { Delivery, HookSecrets, TellingRules, TellingView } from './telling'
import type { ClusterViews } from './views'
import type { WhatIf } from './what-if'

/** More is a file and not the clipboard. */
export const MAX_CLIPBOARD_CHARS = 1024 * 1024

/** Every setting with its values, the default first. */
export const SETTINGS = {
  theme: ['system', 'dark', 'light', 'contrast'],
  language: ['system', 'en', 'zh-CN'],
  density: ['normal', 'compact'],
  /** What closing the window does while clusters are watched. */
  closing: ['ask', 'watch', 'quit'],
  /** How far back lag charts look; all: as far as is kept. */
  chartRange: ['15m', '1m', '5m', 'all'],
  /** How often the first lines are still shown on a board. */
  coach: ['3', '2', '1', '0'],
  /** How the board shows its topics. */
  boardTopics: ['list', 'map'],
  /** How the cells of the board's map stand together. */
  boardMap: ['worst', 'topic', 'broker'],
  /** How near that map is: all that fits, with the names of topics, with the numbers of partitions. */
  boardZoom: ['fit', 'names', 'numbers'],
  /** In which zone times are shown and read: this machine's, or UTC. */
  clock: ['local', 'utc'],
} as const
export type Settings = { readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K][number] }

/**
 * What went wrong with our own file at start, for a line that stays on screen until it is closed. 'storage-set-aside': it could not be read
 * and was renamed to `path`; 'storage-newer': a newer Highwater wrote `path`, it is left alone and nothing is saved in this run;
 * 'storage-unwritable': nothing can be saved in this run; 'storage-gone': `path` was there and is not; 'storage-older': `path` is well, but an older
 * copy or another file; 'storage-log-aside': a log of another file was put aside as `path`; 'cluster-unreadable': the saved cluster with the id
 * `path` is not listed, the others are; 'kept-unreadable': what was kept as `path` is not used; 'journal-unreadable': lines with the numbers `path`
 * cannot be read or are missing; 'losses-unreadable': so many (`path`) findings of lost records are not shown; 'audit-unreadable': so many runs and acceptances of audits are not.
 * Of the history of a cluster, which is opened with the cluster: 'history-set-aside', 'history-newer', 'history-unwritable' (this run keeps it in memory) and 'history-log-aside'.
 */
export interface StartNote {
  readonly text:
    | 'storage-set-aside'
    | 'storage-newer'
    | 'storage-unwritable'
    | 'storage-gone'
    | 'storage-older'
    | 'storage-log-aside'
    | 'cluster-unreadable'
    | 'kept-unreadable'
    | 'journal-unreadable'
    | 'losses-unreadable'
    | 'history-set-aside'
    | 'history-newer'
    | 'history-unwritable'
    | 'history-log-aside'
    | 'audit-unreadable'
  readonly path: string
}

export interface AppInfo {
  readonly version: string
  readonly platform: string
  readonly electron: string
  readonly systemLanguage: string
  /** Name of the login at this machine, '' = the system tells none. */
  readonly user: string
  /** 'memory': secrets are kept for this run only. */
  readonly secretStorage: 'memory'
  readonly notes: readonly StartNote[]
}

/** What a chart is of. */
export type Watch =
  | { readonly kind: 'none' }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'cluster' }

export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** What a page is showing, so that it gets live numbers for just that: its replicas one by one, a chart, rows of the frame it has. */
export interface WatchList {
  /** null = no partition's replicas are on screen. */
  readonly partition: PartitionName | null
  readonly chart: Watch
  readonly rows: readonly number[]
}

/** Files that belong together. Places are in px of the page. */
export interface Bundle {
  readonly folder: string
  readonly files: readonly { readonly name: string; readonly content: string }[]
  readonly pictures: readonly {
    readonly name: string
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }[]
}

export interface IpcCalls {
  'app:info': () => AppInfo
  'settings:read': () => Settings
  'settings:write': (settings: Settings) => Settings
  'profiles:list': () => ProfileRow[]
  /** Creates (empty id) or replaces; answers the stored profile. */
  'profiles:save': (input: { profile: ClusterProfile; secrets: ClusterSecrets }) => ClusterProfile
  'profiles:remove': (input: { id: string }) => null
  'cluster:open': (input: { id: string; secrets: ClusterSecrets }) => { cluster: string }
  /** Whichever Kafka cluster its addresses lead to now: forgets the one that is remembered, and closes what is open of it first. */
  'cluster:reopen': (input: { id: string }) => { cluster: string }
  /** A person wants to go on now: a login that was refused is given once more. */
  'cluster:retry': (input: { cluster: string }) => null
  'cluster:close': (input: { cluster: string }) => null
  /** Asks for a whole frame over the port (first fetch, gap, new epoch). */
  'cluster:frame': (input: { cluster: string }) => null
  /** In place of what this page watched before. Rows are of the newest frame it was sent. */
  'cluster:watch': (input: { cluster: string; list: WatchList }) => null
  'cluster:pause': (input: { cluster: string; paused: boolean }) => null
  /** 0 = automatic. */
  'cluster:cadence': (input: { cluster: string; intervalMs: number }) => null
  'cluster:series': (input: { cluster: string; watch: Watch }) => LagSeries
  /** What follows if these brokers stopped together now, by the newest picture; null until there is one. No broker is asked. */
  'cluster:what-if': (input: { cluster: string; brokers: number[] }) => WhatIf | null
  /** Records that the open cluster lost, oldest first, acknowledged ones too. `unreadable`: findings that are kept and cannot be read. */
  'loss:list': (input: { cluster: string }) => { findings: readonly KeptLoss[]; unreadable: number }
  /** Ends the alarm of these findings; answers how many were open until now. */
  'loss:acknowledge': (input: { cluster: string; ids: number[]; by: string; reason: string }) => { done: number }
  /** Incidents of the open cluster, newest first; `before`: only those with a lower id, 0 = the newest. `writes` false: another Highwater keeps this cluster's history. */
  'history:incidents': (input: { cluster: string; before: number }) => HistoryPage<Incident> & { writes: boolean }
  'history:incident': (input: { cluster: string; id: number }) => { incident: Incident | null }
  /** Newest first. */
  'history:events': (input: EventQuestion) => HistoryPage<KeptEvent>
  /** Oldest first; those that reach into the time asked for. */
  'history:watched': (input: { cluster: string; from: number; until: number }) => { watched: readonly Watched[] }
  /**
   * Figures that are kept of the cluster, a broker or a topic, oldest first, in points of `resolutionMs` or the next coarser that is kept for that long, at most some 2,000.
   */
  'history:samples': (input: { cluster: string; subject: SampleSubject } & SampleQuestion) => KeptSeries
  /** The same of a partition, which has samples only around trouble. */
  'history:partition-samples': (input: { cluster: string } & PartitionName & SampleQuestion) => KeptPartitionSeries
  /** The open cluster as it was at a moment (ms by our clock), of what is kept. A question about another moment cancels the one before. */
  'past:board': (input: { cluster: string; at: number }) => PastAnswer<PastBoard>
  /** `partition` -1: all of them. */
  'past:topic': (input: { cluster: string; at: number; topic: string; partition: number }) => PastAnswer<PastTopic>
  'past:around': (input: { cluster: string; at: number }) => PastAround
  /** A restart that a person is about to make, for so many minutes from now; of a broker whose restart is announced already it is prolonged, or shortened. */
  'history:announce': (input: { cluster: string; broker: number; by: string; minutes: number }) => null
  /** How late followers of the open cluster were in the last 30 days, with what the brokers tell of their window. */
  'advisor:record': (input: { cluster: string }) => LateRecord
  /** It is not announced any more. What it covered stays a maintenance. */
  'history:withdraw': (input: { cluster: string; broker: number }) => null
  /** The controllers' quorum as it was told last. */
  'quorum:read': (input: { cluster: string }) => QuorumView
  /** Partitions whose ISR is short, with their ELR; null = nothing was read yet, as below. */
  'quorum:isr': (input: { cluster: string }) => ShortIsrView | null
  /** How far the brokers agree on what the controllers decided. */
  'quorum:agreement': (input: { cluster: string }) => AgreementView | null
  /** How the open cluster stands by its last audit; the audit itself is a task. */
  'audit:read': (input: { cluster: string }) => AuditView
  /** Of what the finding covers in the last report: `topic` null = all of it that is open. */
  'audit:accept': (input: {
    cluster: string
    finding: AuditFindingId
    topic: string | null
    until: number
    by: string
    reason: string
  }) => AuditView
  /** Ends an acceptance now. */
  'audit:withdraw': (input: { cluster: string; acceptance: number }) => AuditView
  /** What is watched and told, and how that went. */
  'telling:read': () => TellingView
  'telling:write': (rules: TellingRules) => TellingView
  /** Nothing at all is told for so many minutes, 0 = go on. */
  'telling:pause': (input: { minutes: number }) => TellingView
  /** `minutes` 0 = until the incident is over, -1 = not any more. */
  'telling:mute': (input: { cluster: string; incident: number; minutes: number }) => TellingView
  /** Secrets that are left out are kept, of the same kind of webhook; 'none' takes it away. */
  'telling:hook': (input: { cluster: string; kind: HookKind | 'none'; secrets: HookSecrets }) => TellingView
  /** Sends a message that says that it is a test; answers how that went. */
  'telling:try': (input: { cluster: string }) => Delivery
  /** Whether the saved clusters are on screen: what is watched is polled more often then, and 'fleet' is told when something of them has changed. */
  'fleet:show': (input: { shown: boolean }) => null
  /** `since` 0 = all of them. */
  'fleet:read': (input: { since: number }) => FleetNews
  /** How each saved cluster stood, of what is kept. */
  'fleet:past': (input: FleetPastQuestion) => { readonly lanes: readonly FleetLane[] }
  /** For 15 minutes: until then nothing is sent to a read-only cluster. Answers how it stands. */
  'cluster:arm': (input: { cluster: string; armed: boolean }) => ArmState
  /** Every key of one topic. `again`: a person asks for what was refused before. */
  'config:topic': (input: { cluster: string; topic: string; again: boolean }) => TopicConfigView
  /** Kafka's own documentation of one key ('' = it has none), for a topic ('' = of a broker). */
  'config:docs': (input: { cluster: string; topic: string; key: string }) => { text: string }
  /** Every key of one broker, asked at that broker. `again` as above. */
  'config:broker': (input: { cluster: string; broker: number; again: boolean }) => BrokerConfigView
  /** Creates (empty id) or replaces the edits of a change that is not confirmed yet. */
  'change:draft': (input: { id: string; cluster: string; draft: ChangeDraft }) => ChangeView
  /** Reads the cluster and computes the effects. Also out of 'conflict'. */
  'change:plan': (input: { id: string }) => ChangeView
  'change:validate': (input: { id: string }) => ChangeView
  'change:confirm': (input: { id: string; ticks: string[]; typed: string; reason: string }) => ChangeView
  /** Answers once it has begun; how it goes on is told over the frame port. */
  'change:apply': (input: { id: string }) => ChangeView
  'change:stop': (input: { id: string }) => ChangeView
  /** Reads the cluster to find out what became of a write without an answer, or of one that was under way when Highwater ended. */
  'change:settle': (input: { id: string }) => ChangeView
  'change:verify': (input: { id: string }) => ChangeView
  /** A new change that takes this one back, planned; `cluster`: the open one it is sent to, which must be the same Kafka cluster. */
  'change:undo': (input: { id: string; cluster: string }) => ChangeView
  /** A new draft with what a stopped change has not begun. */
  'change:rest': (input: { id: string }) => ChangeView
  'change:discard': (input: { id: string }) => ChangeView
  'change:get': (input: { id: string }) => ChangeView
  'journal:list': (input: JournalFilter) => JournalPage
  'journal:read': (input: { change: string }) => { change: ChangeView; rows: JournalRow[] }
  /** Text of a report, for the save dialog or the clipboard. */
  'journal:export': (input: { changes: string[]; format: JournalFormat }) => { text: string }
  /** Save dialog, then write; answers the path, '' when cancelled. */
  'export:save': (input: { suggestedName: string; content: string }) => { path: string }
  /** Asks for a folder and makes a new one in it with these files, and with what is seen at these places of the page as PNG. `path` '' when the person changed their mind. */
  'export:bundle': (input: Bundle) => { path: string }
  'views:read': (input: { cluster: string }) => ClusterViews
  /** Of a cluster that is not saved nothing is kept. */
  'views:write': (input: { cluster: string; views: ClusterViews }) => null
  'clipboard:write': (input: { text: string }) => null
  /** Begins long work under an id of the page's own; how it goes on is told over the frame port. */
  'task:start': (input: { id: string; task: TaskRequest }) => null
  /** Answers at once; the end is told when the work has stopped. */
  'task:cancel': (input: { id: string }) => null
  /** Which screen and cluster is shown: window title, environment band. */
  'window:title': (input: { cluster: string; environment: Environment | '' }) => null
}

export type Channel = keyof IpcCalls
export type Input<C extends Channel> = Parameters<IpcCalls[C]>[0]
export type Output<C extends Channel> = ReturnType<IpcCalls[C]>

/** What the preload puts on `window.highwater`: one named function per channel and one way to receive the frame port. */
export type HighwaterBridge = {
  readonly [C in Channel]: (...args: Parameters<IpcCalls[C]>) => Promise<Result<Output<C>>>
}

/** `window.postMessage` marker with which the preload hands the frame MessagePort to the page. */
export const FRAME_PORT_MESSAGE = 'highwater:frame-port'

const CHANNEL = {
  'app:info': true,
  'settings:read': true,
  'settings:write': true,
  'profiles:list': true,
  'profiles:save': true,
  'profiles:remove': true,
  'cluster:open': true,
  'cluster:reopen': true,
  'cluster:retry': true,
  'cluster:close': true,
  'cluster:frame': true,
  'cluster:watch': true,
  'cluster:pause': true,
  'cluster:cadence': true,
  'cluster:series': true,
  'cluster:what-if': true,
  'cluster:arm': true,
  'loss:list': true,
  'loss:acknowledge': true,
  'history:incidents': true,
  'history:incident': true,
  'history:events': true,
  'history:watched': true,
  'history:samples': true,
  'history:partition-samples': true,
  'history:announce': true,
  'advisor:record': true,
  'past:board': true,
  'past:topic': true,
  'past:around': true,
  'history:withdraw': true,
  'quorum:read': true,
  'quorum:isr': true,
  'quorum:agreement': true,
  'audit:read': true,
  'audit:accept': true,
  'audit:withdraw': true,
  'telling:read': true,
  'telling:write': true,
  'telling:pause': true,
  'telling:mute': true,
  'telling:hook': true,
  'telling:try': true,
  'fleet:show': true,
  'fleet:read': true,
  'fleet:past': true,
  'config:topic': true,
  'config:docs': true,
  'config:broker': true,
  'change:draft': true,
  'change:plan': true,
  'change:validate': true,
  'change:confirm': true,
  'change:apply': true,
  'change:stop': true,
  'change:settle': true,
  'change:verify': true,
  'change:undo': true,
  'change:rest': true,
  'change:discard': true,
  'change:get': true,
  'journal:list': true,
  'journal:read': true,
  'journal:export': true,
  'export:save': true,
  'export:bundle': true,
  'views:read': true,
  'views:write': true,
  'clipboard:write': true,
  'task:start': true,
  'task:cancel': true,
  'window:title': true,
} as const satisfies Readonly<Record<Channel, true>>

/** Every channel once, for what exists once per channel at run time. */
export const CHANNELS = Object.keys(CHANNEL) as readonly Channel[]
