import type { ClusterProfile, ClusterSecrets, DoctorReport } from '../../contract/profiles'
import { fail, ok } from '../../contract/result'
import { samePlace } from '../../profiles/profiles'
import type { Profiles } from '../../profiles/profiles'
import { extractSecrets, mergeSecrets } from '../../profiles/secrets'
import type { Connection } from '../../profiles/secrets'
import { attemptAsync } from '../attempt'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

export interface ProfileDesk {
  readonly profiles: Profiles
  readonly clusters: Clusters
  /** Runs the doctor; never rejects for what a cluster does. */
  readonly test: (connection: Connection) => Promise<DoctorReport>
}

type ProfileChannel = 'profiles:list' | 'profiles:save' | 'profiles:remove' | 'profiles:test'

export function profileRoutes({ profiles, clusters, test }: ProfileDesk): Pick<Routes, ProfileChannel> {
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
      attemptAsync('The saved clusters could not be read', () => profiles.list((id) => clusters.get(id) !== null)),
    'profiles:save': async ({ profile, secrets }) => {
      const before = profile.id === '' ? null : profiles.find(profile.id)
      if (profile.id !== '' && before === null)
        return fail('not-found', 'This cluster is not saved any more', { id: profile.id })
      const saved = await attemptAsync('The cluster could not be saved', () => profiles.save(profile, secrets))
      if (saved.ok) await closeIfReconnectNeeded(before, saved.value, secrets)
      return saved
    },
    'profiles:remove': async ({ id }) => {
      await clusters.close(id)
      const removed = await attemptAsync('The cluster could not be removed', () => profiles.remove(id))
      if (!removed.ok) return removed
      return removed.value ? ok(null) : fail('not-found', 'This cluster is not saved any more', { id })
    },
    // The form may leave the password empty to use the one that is kept for this run, but only to go where it was typed for.
    'profiles:test': async ({ profile, secrets }) => {
      const known = profile.id === '' ? null : await profiles.connection(profile.id)
      const kept = known !== null && samePlace(known.profile, profile) ? known : null
      const given = extractSecrets(mergeSecrets(profile, secrets)).secrets
      return ok(await test(mergeSecrets(profile, { ...(kept === null ? {} : extractSecrets(kept).secrets), ...given })))
    },
  }
}
