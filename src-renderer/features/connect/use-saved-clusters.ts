import type { ProfileRow } from '@contract/profiles'
import type { AppError } from '@contract/result'
import { storeToRefs } from 'pinia'
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useClusterStore } from '../../stores/cluster'
import { useFleetStore } from '../../stores/fleet'
import { useNoticesStore } from '../../stores/notices'
import { useProfilesStore } from '../../stores/profiles'
import { useViewsStore } from '../../stores/views'
import { errorKey } from '../common/error-text'
import { useWords } from '../common/use-words'

/** What is done with the rows of the list, and why it could not be. */
export function useSavedClusters() {
  const { t } = useWords()
  const router = useRouter()
  const profiles = useProfilesStore()
  const cluster = useClusterStore()
  const fleet = useFleetStore()
  const views = useViewsStore()
  const notices = useNoticesStore()
  const { rows } = storeToRefs(profiles)
  const asking = ref('')
  const opening = ref('')
  const problem = ref<{ id: string; text: string }>({ id: '', text: '' })
  const words = (refused: AppError): string => `${t(errorKey(refused))} ${refused.message}`

  async function open(row: ProfileRow, password: string): Promise<void> {
    opening.value = row.profile.id
    problem.value = { id: '', text: '' }
    const refused = await cluster.open(row.profile, password === '' ? {} : { password })
    opening.value = ''
    if (refused !== null) {
      problem.value = { id: row.profile.id, text: words(refused) }
      return
    }
    asking.value = ''
    await profiles.load()
    const last = await views.begin(row.profile.id)
    await router.push(last === '' ? { name: 'board' } : last)
  }

  async function setWatch(row: ProfileRow, watched: boolean): Promise<void> {
    const answer = await profiles.save({ ...row.profile, watch: watched }, {})
    problem.value = answer.ok ? { id: '', text: '' } : { id: row.profile.id, text: words(answer.error) }
    await fleet.load()
  }

  async function remove(row: ProfileRow): Promise<void> {
    if (cluster.cluster?.id === row.profile.id) await cluster.close()
    const refused = await profiles.remove(row.profile)
    if (refused !== null) {
      problem.value = { id: row.profile.id, text: t(errorKey(refused)) }
      return
    }
    notices.say(t('connect.removed', { name: row.profile.name }), {
      forMs: 12_000,
      action: { text: t('connect.undo'), run: () => void profiles.undoRemove().then(() => fleet.load()) },
    })
    await fleet.load()
  }

  return { rows, asking, opening, problem, words, open, setWatch, remove }
}
