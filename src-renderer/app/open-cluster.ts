import type { ProfileRow } from '@contract/profiles'
import { useWords } from '../features/common/use-words'
import { useRouter } from 'vue-router'
import { errorKey } from '../features/common/error-text'
import { useClusterStore } from '../stores/cluster'
import { useNoticesStore } from '../stores/notices'
import { useProfilesStore } from '../stores/profiles'

export interface Opener {
  /** Opens a saved cluster and its board; one that needs a password is shown on the Connect page instead. */
  open(row: ProfileRow): Promise<void>
  /** The nth saved cluster, counted from 1. */
  openNth(n: number): Promise<void>
  /** What the main process has open at start is shown at once; after a reload on the page that was shown. */
  resume(): Promise<void>
}

export function useOpenCluster(): Opener {
  const { t } = useWords()
  const router = useRouter()
  const cluster = useClusterStore()
  const profiles = useProfilesStore()
  const notices = useNoticesStore()

  async function open(row: ProfileRow, stay = false): Promise<void> {
    if (row.needsPassword) {
      await router.push({ name: 'connect', query: { open: row.profile.id } })
      return
    }
    const problem = await cluster.open(row.profile)
    if (problem !== null) {
      notices.say(t('app.openFailed', { name: row.profile.name, why: t(errorKey(problem)) }), { tone: 'bad' })
      return
    }
    if (!stay) await router.push({ name: 'board' })
  }
  return {
    open: (row) => open(row),
    async openNth(n) {
      const row = profiles.rows[n - 1]
      if (row !== undefined) await open(row)
    },
    async resume() {
      const row = profiles.rows.find((candidate) => candidate.open)
      await router.isReady()
      const { name, meta } = router.currentRoute.value
      const wasHere = meta.needsCluster === true
      // The journal is read without a cluster too.
      if (row !== undefined) await open(row, wasHere || name === 'changes' || meta.under === 'changes')
      else if (wasHere) await router.replace({ name: 'connect' })
    },
  }
}
