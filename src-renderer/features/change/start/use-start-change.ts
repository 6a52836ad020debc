import type { ChangeDraft } from '@contract/change'
import { useRouter } from 'vue-router'
import { useChangesStore } from '../../../stores/changes'
import { useClusterStore } from '../../../stores/cluster'
import { useNoticesStore } from '../../../stores/notices'
import { useSay } from '../../common/use-say'
import { problemWords } from '../parts/problem-words'

/** Makes a new change of a draft and goes to its page, which plans it. What stands in the way is said in a notice. */
export function useStartChange(): (draft: ChangeDraft) => Promise<void> {
  const say = useSay()
  const router = useRouter()
  const cluster = useClusterStore()
  const changes = useChangesStore()
  const notices = useNoticesStore()
  return async (draft) => {
    if (cluster.cluster === null) return
    const made = await changes.draft('', cluster.cluster.id, draft)
    if (made !== null) await router.push({ name: 'change', params: { id: made.id } })
    else if (changes.problem !== null) {
      notices.say(say.value.t('change.notDrafted', { why: problemWords(say.value, changes.problem) }), { tone: 'bad' })
    }
  }
}
