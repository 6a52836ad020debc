import type { ProfileRow } from '@contract/profiles'
import { useWords } from '../features/common/use-words'
import { useRouter } from 'vue-router'
import { errorKey } from '../features/common/error-text'
import { useClusterStore } from '../stores/cluster'
import { useFleetStore } from '../stores/fleet'
import { useNoticesStore } from '../stores/notices'
import { useProfilesStore } from '../stores/profiles'
import { useViewsStore } from '../stores/views'

export interface Opener {
  /** Opens a saved cluster, the first time in a run on the page it was left on, else, and where it is known to be in trouble, on its board; one that needs a password is shown on the Connect page instead. */
  open(row: ProfileRow): Promise<void>
  /** The nth saved cluster, counted from 1. */
  openNth(n: number): Promise<void>
  /** At an incident, 0 = the board, of a saved cluster that is opened where it is not: somebody asked for it outside the window. */
  show(cluster: string, incident: number): Promise<void>
  /** What the main process has open at start is shown at once; after a reload on the page that was shown. */
  resume(): Promise<void>
}

export function useOpenCluster(): Opener {
  const { t } = useWords()
  const router = useRouter()
  const cluster = useClusterStore()
  const profiles = useProfilesStore()
  const notices = useNoticesStore()
  const views = useViewsStore()
  const fleet = useFleetStore()

  /** As far as it is known before it is open: who opens it then comes for that. */
  function isTroubled(id: string): boolean {
    const level = fleet.rows.get(id)?.summary?.headline.level
    return level !== undefined && level !== 'well'
  }

  /** Whether it is open now; why it is not has been said. */
  async function attempt(row: ProfileRow): Promise<boolean> {
    const problem = await cluster.open(row.profile)
    if (problem !== null)
      notices.say(t('app.openFailed', { name: row.profile.name, why: t(errorKey(problem)) }), { tone: 'bad' })
    return problem === null
  }

  async function open(row: ProfileRow): Promise<void> {
    if (row.needsPassword) await router.push({ name: 'connect', query: { open: row.profile.id } })
    else if (await attempt(row)) {
      const last = isTroubled(row.profile.id) ? '' : await views.begin(row.profile.id)
      await router.push(last === '' ? { name: 'board' } : last)
    }
  }
  return {
    open,
    async openNth(n) {
      const row = profiles.rows[n - 1]
      if (row !== undefined) await open(row)
    },
    async show(id, incident) {
      if (cluster.cluster?.id !== id) {
        await profiles.load()
        const row = profiles.rows.find(({ profile }) => profile.id === id)
        if (row === undefined) return
        if (row.needsPassword) {
          await open(row)
          return
        }
        if (!(await attempt(row))) return
      }
      await router.push(incident === 0 ? { name: 'board' } : { name: 'incident', params: { incident } })
    },
    async resume() {
      const row = profiles.open
      // Before anything is awaited: the first pages are of this cluster.
      const opened = row === null ? Promise.resolve(false) : attempt(row)
      await router.isReady()
      const { name, meta } = router.currentRoute.value
      const wasHere = meta.needsCluster === true
      if (row === null && wasHere) await router.replace({ name: 'connect' })
      // The journal is read without a cluster too.
      if ((await opened) && !(wasHere || name === 'changes' || meta.under === 'changes'))
        await router.push({ name: 'board' })
    },
  }
}
