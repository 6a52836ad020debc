import type { ChangeDraft } from '@contract/change'
import type { Ref } from 'vue'
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useBridge } from '../../../bridge/bridge'
import { useClusterStore } from '../../../stores/cluster'
import { useNoticesStore } from '../../../stores/notices'
import { errorKey } from '../../common/error-text'
import { useSay } from '../../common/use-say'

/** Makes a change of what was edited and goes to its page. Answers false, with a notice, when it could not be made. */
export function useDraft(): { making: Ref<boolean>; draft: (wanted: ChangeDraft) => Promise<boolean> } {
  const { calls } = useBridge()
  const router = useRouter()
  const store = useClusterStore()
  const notices = useNoticesStore()
  const say = useSay()
  const making = ref(false)
  async function draft(wanted: ChangeDraft): Promise<boolean> {
    const cluster = store.cluster?.id
    if (cluster === undefined || making.value) return false
    making.value = true
    const answer = await calls['change:draft']({ id: '', cluster, draft: wanted })
    making.value = false
    if (!answer.ok) {
      notices.say(say.value.t('config.draft.failed', { why: say.value.t(errorKey(answer.error)) }), { tone: 'bad' })
      return false
    }
    await router.push({ name: 'change', params: { id: answer.value.id } })
    return true
  }
  return { making, draft }
}
