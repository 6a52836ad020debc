import type { ClusterProfile, ClusterSecrets } from '../../contract/profiles'
import { fail, ok } from '../../contract/result'
import { samePlace } from '../../profiles/profiles'
import type { Profiles } from '../../profiles/profiles'
import { attemptAsync } from '../attempt'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

export interface ProfileDesk {
  readonly profiles: Profiles
  readonly clusters: Clusters
  /** The cluster is not saved any more. */
  readonly removed: (id: string) => Promise<void>
}

type ProfileChannel = Extract<keyof Routes, `profiles:${string}`>

export function profileRoutes({ profiles, clusters, removed }: ProfileDesk): Pick<Routes, ProfileChannel> {
  /** An open session goes on with the values it was opened with, so it is closed when they would make a difference. */
  const closeIfReconnectNeeded = async (
    before: ClusterProfile | null,
    after: ClusterProfile,
    secrets: ClusterSecrets,
  ): Promise<void> => {
    const session = clusters.get(after.id)
    if (session === null || before === null) return
    const changed = !samePlace(before, after) || Object.keys(secrets).length > 0
    if (changed) await clusters.close(after.id)
    else if (before.intervalMs !== after.intervalMs) session.cadence(after.intervalMs)
  }
  return {
    'profiles:list': () =>
      attemptAsync('The saved clusters could not be read', () => profiles.list((id) => clusters.isOpen(id))),
    'profiles:save': async ({ profile, secrets }) => {
      const before = profile.id === '' ? null : profiles.find(profile.id)
      if (profile.id !== '' && before === null)
        return fail('not-found', 'This cluster is not saved any more', { id: profile.id })
      const saved = await attemptAsync('The cluster could not be saved', () => profiles.save(profile, secrets))
      if (saved.ok) await closeIfReconnectNeeded(before, saved.value, secrets)
      if (saved.ok) await clusters.follow()
      return saved
    },
    'profiles:remove': async ({ id }) => {
      await clusters.close(id)
      const gone = await attemptAsync('The cluster could not be removed', () => profiles.remove(id))
      if (!gone.ok) return gone
      await removed(id)
      return gone.value ? ok(null) : fail('not-found', 'This cluster is not saved any more', { id })
    },
  }
}
