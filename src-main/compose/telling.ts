/** Telling people, wired: the teller, rules and webhooks as they are kept, and what the page asks for. */
import type { Settings } from '../contract/ipc'
import type { ClusterProfile } from '../contract/profiles'
import { fail, ok } from '../contract/result'
import {
  TELLING_RULES,
  type HookSecrets,
  type HookView,
  type TellingRules,
  type TellingView,
  type WatchedCluster,
} from '../contract/telling'
import type { TellingDesk } from '../ipc/routes/telling'
import { createClock } from '../ports/clock'
import type { Notifier } from '../ports/notifier'
import type { KeptStore } from '../profiles/kept-store'
import type { Profiles } from '../profiles/profiles'
import type { SecretVault } from '../profiles/secrets'
import { restored } from '../shared/fields'
import type { Language } from '../shared/words/language'
import type { Log } from '../shell/log'
import type { Hook } from '../telling/hook-queue'
import { postHook } from '../telling/hook-post'
import { hookUrl } from '../telling/hook-shapes'
import { Teller } from '../telling/teller'
import type { ClusterKeeper } from './clusters'

export const languageOf = (wanted: Settings['language'], system: string): Language =>
  wanted === 'system' ? (system.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en') : wanted

/** Rules that cannot be used are those of a new one: trouble in production is told of. */
function parseRules(kept: unknown): TellingRules {
  try {
    return restored(TELLING_RULES, kept)
  } catch {
    return TELLING_RULES.initial
  }
}

export interface TellingParts {
  readonly kept: KeptStore
  readonly profiles: Profiles
  readonly secrets: SecretVault<HookSecrets>
  readonly clusters: () => ClusterKeeper
  readonly notifier: Notifier
  readonly tray: () => boolean
  readonly language: () => Language
  readonly open: (cluster: string, incident: number) => void
  readonly changed: () => void
  readonly log: Log
}

export interface Telling extends TellingDesk {
  readonly teller: Teller
  readonly pausedUntil: number
  /** All that are saved, as tray and list show them. */
  clusters(): readonly Omit<WatchedCluster, 'hook'>[]
  removed(cluster: string): Promise<void>
}

export function createTelling(parts: TellingParts): Telling {
  const { kept, profiles, secrets, log } = parts
  const clock = createClock()
  let rules = parseRules(kept.read('telling'))
  const hookOf = async (cluster: string): Promise<Hook | null> => {
    const kind = profiles.find(cluster)?.hook ?? 'none'
    return kind === 'none' ? null : { kind, secrets: await secrets.get(cluster) }
  }
  const teller = new Teller({
    clock,
    notifier: parts.notifier,
    post: postHook(),
    profile: profiles.find,
    hookOf,
    rules: () => rules,
    language: parts.language,
    kept: kept.read('told'),
    write: (told) => kept.write('told', told),
    open: parts.open,
    changed: parts.changed,
    log: (...told) => log.info('told', ...told),
    onError: (cause) => log.error('telling', cause),
  })

  const hookView = async (profile: ClusterProfile): Promise<HookView | null> => {
    if (profile.hook === 'none') return null
    const url = hookUrl((await secrets.get(profile.id)).url ?? '')
    const { last, lost } = teller.deliveries(profile.id)
    return { kind: profile.hook, to: url?.origin ?? '', waiting: teller.hooks.waitingFor(profile.id), lost, last }
  }
  const watched = (profile: ClusterProfile): Omit<WatchedCluster, 'hook'> => {
    const { id: cluster, name, environment, watch } = profile
    const { worst, incident, known } = teller.stand(cluster)
    return {
      cluster,
      name,
      environment,
      watch,
      ...parts.clusters().watchOf(profile),
      worst,
      known,
      incident,
      mutedUntil: teller.mutedUntil(cluster, incident),
    }
  }
  const minutesFromNow = (minutes: number): number => clock.now() + minutes * 60_000

  return {
    teller,
    get pausedUntil() {
      return teller.pausedUntil
    },
    clusters: () => profiles.saved().map(watched),
    view: async (): Promise<TellingView> => ({
      rules,
      pausedUntil: teller.pausedUntil,
      clusters: await Promise.all(
        profiles.saved().map(async (profile) => ({ ...watched(profile), hook: await hookView(profile) })),
      ),
      tray: parts.tray(),
      notifications: parts.notifier.supported,
      told: teller.told,
    }),
    writeRules(next) {
      kept.write('telling', next)
      rules = next
    },
    pause: (minutes) => teller.pause(minutes === 0 ? Number.NaN : minutesFromNow(minutes)),
    mute: (cluster, incident, minutes) =>
      teller.mute(
        cluster,
        incident,
        minutes < 0 ? Number.NaN : minutes === 0 ? Number.POSITIVE_INFINITY : minutesFromNow(minutes),
      ),
    async setHook(cluster, kind, given) {
      const profile = profiles.find(cluster)
      if (profile === null) return fail('not-found', 'This cluster is not saved any more', { cluster })
      if (given.url !== undefined && hookUrl(given.url) === null)
        return fail('bad-input', 'This is not an http or https address', { text: 'hook-address' })
      if (kind !== profile.hook) {
        // An address is of one kind of receiver; what waits was meant for it.
        await secrets.forget(cluster)
        teller.hooks.forget(cluster)
        await profiles.save({ ...profile, hook: kind }, {})
      }
      if (kind !== 'none') await secrets.put(cluster, given)
      teller.hooks.wake(cluster)
      parts.changed()
      return ok(null)
    },
    async tryHook(cluster) {
      const profile = profiles.find(cluster)
      const hook = await hookOf(cluster)
      if (profile === null || hook === null || hookUrl(hook.secrets.url ?? '') === null)
        return fail('not-found', 'The address of this webhook is not in memory', { cluster, text: 'hook-address' })
      return ok(await teller.tryHook(profile, hook))
    },
    async removed(cluster) {
      await secrets.forget(cluster)
      teller.forget(cluster)
    },
  }
}
