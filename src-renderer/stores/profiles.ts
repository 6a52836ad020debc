import type { ClusterProfile, ClusterSecrets, ProfileRow } from '@contract/profiles'
import type { AppError, Result } from '@contract/result'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'

/** The saved clusters. `problem` is why the list could not be read: then the rows on screen are the last ones known. */
export const useProfilesStore = defineStore('profiles', () => {
  const { calls } = useBridge()
  const rows = shallowRef<readonly ProfileRow[]>([])
  const loaded = shallowRef(false)
  const problem = shallowRef<AppError | null>(null)
  /** The one that the main process has open, null = none. */
  const open = computed(() => rows.value.find((row) => row.open) ?? null)
  /** The cluster that was removed last, for "undo". */
  const removed = shallowRef<ClusterProfile | null>(null)

  async function load(): Promise<void> {
    const answer = await calls['profiles:list']()
    if (answer.ok) rows.value = answer.value
    problem.value = answer.ok ? null : answer.error
    loaded.value = true
  }

  async function save(profile: ClusterProfile, secrets: ClusterSecrets): Promise<Result<ClusterProfile>> {
    const answer = await calls['profiles:save']({ profile, secrets })
    if (answer.ok) await load()
    return answer
  }

  async function remove(profile: ClusterProfile): Promise<AppError | null> {
    const answer = await calls['profiles:remove']({ id: profile.id })
    if (!answer.ok) return answer.error
    removed.value = profile
    await load()
    return null
  }

  /** Back as a new entry: its old id, and a password that was in memory, are gone. */
  async function undoRemove(): Promise<AppError | null> {
    const profile = removed.value
    if (profile === null) return null
    const answer = await save({ ...profile, id: '' }, {})
    if (!answer.ok) return answer.error
    removed.value = null
    return null
  }

  return { rows, loaded, problem, open, removed, load, save, remove, undoRemove }
})
