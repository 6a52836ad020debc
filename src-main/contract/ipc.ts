/**
 * The one map of what the renderer may ask. Channel names are `noun:verb`; every answer is a Result. One edit here adds a channel, the
 * compiler finds the preload, the schema (schemas.ts) and the handler (ipc/routes/) that are missing.
 */
import type { Result } from './result'
import type { LagSeries } from './live'
import type { ClusterProfile, ClusterSecrets, DoctorReport, ProfileRow } from './profiles'

export interface Settings {
  readonly theme: 'system' | 'dark' | 'light'
  readonly language: 'system' | 'en' | 'zh-CN'
  readonly density: 'normal' | 'compact'
}

/**
 * What went wrong with our own file at start, for a line that stays on screen until it is closed. 'storage-set-aside': it could not be read
 * and was renamed to `path`; 'storage-newer': a newer Highwater wrote `path`, it is left alone and nothing is saved in this run;
 * 'storage-unwritable': nothing can be saved in this run.
 */
export interface StartNote {
  readonly text: 'storage-set-aside' | 'storage-newer' | 'storage-unwritable'
  readonly path: string
}

export interface AppInfo {
  readonly version: string
  readonly platform: string
  readonly electron: string
  readonly systemLanguage: string
  /** 'memory': secrets are kept for this run only. */
  readonly secretStorage: 'memory'
  readonly notes: readonly StartNote[]
}

/** What the renderer is showing, so that it gets live numbers for just that. */
export type Watch =
  | { readonly kind: 'none' }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'cluster' }

export interface IpcCalls {
  'app:info': () => AppInfo
  'settings:read': () => Settings
  'settings:write': (settings: Settings) => Settings
  'profiles:list': () => ProfileRow[]
  /** Creates (empty id) or replaces; answers the stored profile. */
  'profiles:save': (input: { profile: ClusterProfile; secrets: ClusterSecrets }) => ClusterProfile
  'profiles:remove': (input: { id: string }) => null
  'profiles:test': (input: { profile: ClusterProfile; secrets: ClusterSecrets }) => DoctorReport
  'cluster:open': (input: { id: string; secrets: ClusterSecrets }) => { cluster: string }
  'cluster:close': (input: { cluster: string }) => null
  /** Asks for a whole frame over the port (first fetch, gap, new epoch). */
  'cluster:frame': (input: { cluster: string }) => null
  'cluster:watch': (input: { cluster: string; watch: Watch; rows: number[] }) => null
  'cluster:pause': (input: { cluster: string; paused: boolean }) => null
  /** 0 = automatic. */
  'cluster:cadence': (input: { cluster: string; intervalMs: number }) => null
  'cluster:series': (input: { cluster: string; watch: Watch }) => LagSeries
  /** Save dialog, then write; answers the path, '' when cancelled. */
  'export:save': (input: { suggestedName: string; content: string }) => { path: string }
  'clipboard:write': (input: { text: string }) => null
  /** Which screen and cluster is shown: window title, environment band. */
  'window:title': (input: { cluster: string; environment: string }) => null
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
export const CHANNELS: readonly Channel[] = [
  'app:info', 'settings:read', 'settings:write', 'profiles:list', 'profiles:save', 'profiles:remove', 'profiles:test',
  'cluster:open', 'cluster:close', 'cluster:frame', 'cluster:watch', 'cluster:pause', 'cluster:cadence', 'cluster:series',
  'export:save', 'clipboard:write', 'window:title',
]
