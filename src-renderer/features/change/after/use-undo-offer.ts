import { storeToRefs } from 'pinia'
import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useChangesStore } from '../../../stores/changes'
import { useClusterStore } from '../../../stores/cluster'
import { useNoticesStore } from '../../../stores/notices'
import type { UndoOffer } from '../../../stores/undo-offer'
import { useUndoOfferStore } from '../../../stores/undo-offer'
import { useSay } from '../../common/use-say'
import { problemWords } from '../parts/problem-words'

/** The way back that is offered on the open cluster, and taking it: plans the change that takes it back, and opens it. Nothing is sent by that. */
export function useUndoOffer(): {
  offer: ComputedRef<UndoOffer | null>
  undo: () => Promise<void>
  dismiss: () => void
} {
  const say = useSay()
  const router = useRouter()
  const changes = useChangesStore()
  const notices = useNoticesStore()
  const store = useUndoOfferStore()
  const { cluster } = storeToRefs(useClusterStore())
  const offer = computed(() => (store.offer?.cluster === cluster.value?.id ? store.offer : null))
  async function undo(): Promise<void> {
    if (offer.value === null) return
    const { change, cluster: of } = offer.value
    const made = await changes.takeBack(change, of)
    if (made === null) return
    if (!made.ok) {
      notices.say(say.value.t('journal.undoFailed', { why: problemWords(say.value, made.error) }), { tone: 'bad' })
      return
    }
    store.dismiss()
    await router.push({ name: 'change', params: { id: made.value.id } })
  }
  return { offer, undo, dismiss: store.dismiss }
}
