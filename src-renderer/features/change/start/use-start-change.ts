import type { ChangeDraft } from '@contract/change'
import { storeToRefs } from 'pinia'
import type { Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useChangesStore } from '../../../stores/changes'
import { useClusterStore } from '../../../stores/cluster'
import { useNoticesStore } from '../../../stores/notices'
import { useSay } from '../../common/use-say'
import { problemWords } from '../parts/problem-words'

/**
 * The one maker of changes: makes one of a draft and goes to its page, which plans it. Answers false when it could not be made; what stands in the
 * way is said in a notice.
 */
export function useStartChange(): {
  making: Ref<boolean>
  start: (draft: ChangeDraft) => Promise<boolean>
} {
  const say = useSay()
  const router = useRouter()
  const cluster = useClusterStore()
  const changes = useChangesStore()
  const notices = useNoticesStore()
  async function start(draft: ChangeDraft): Promise<boolean> {
    if (cluster.cluster === null) return false
    const made = await changes.create(cluster.cluster.id, draft)
    if (made === null) return false
    if (made.ok) await router.push({ name: 'change', params: { id: made.value.id } })
    else notices.say(say.value.t('change.notDrafted', { why: problemWords(say.value, made.error) }), { tone: 'bad' })
    return made.ok
  }
  return { making: storeToRefs(changes).making, start }
}
