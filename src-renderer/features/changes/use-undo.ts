import type { JournalEntry } from '@contract/journal'
import { storeToRefs } from 'pinia'
import type { Ref } from 'vue'
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useChangesStore } from '../../stores/changes'
import { useClusterStore } from '../../stores/cluster'
import { useNoticesStore } from '../../stores/notices'
import { useProfilesStore } from '../../stores/profiles'
import { useSay } from '../common/use-say'
import { problemWords } from '../change/parts/problem-words'
import { mayUndo } from './entry-words'

/** Undo from the list: plans the change that takes one back, and opens it. Nothing is sent by that. */
export function useUndo(): {
  /** Change whose undo is being planned, '' = none. */
  busy: Ref<string>
  /** The open cluster is the one of the change; one that was removed from the list may be open under another id, which the main process finds out. */
  reachable: (entry: JournalEntry) => boolean
  undo: (entry: JournalEntry) => Promise<void>
} {
  const changes = useChangesStore()
  const router = useRouter()
  const say = useSay()
  const notices = useNoticesStore()
  const profiles = useProfilesStore()
  const { cluster } = storeToRefs(useClusterStore())
  const busy = ref('')
  const reachable = (entry: JournalEntry): boolean =>
    cluster.value !== null &&
    (entry.cluster === cluster.value.id || profiles.rows.every(({ profile }) => profile.id !== entry.cluster))

  async function undo(entry: JournalEntry): Promise<void> {
    const to = cluster.value?.id
    if (busy.value !== '' || !mayUndo(entry)) return
    if (to === undefined || !reachable(entry)) {
      notices.say(say.value.t('journal.undoClosed'))
      return
    }
    busy.value = entry.change
    const answer = await changes.takeBack(entry.change, to)
    busy.value = ''
    if (answer === null) return
    if (answer.ok) await router.push({ name: 'change', params: { id: answer.value.id } })
    else notices.say(say.value.t('journal.undoFailed', { why: problemWords(say.value, answer.error) }), { tone: 'bad' })
  }
  return { busy, reachable, undo }
}
