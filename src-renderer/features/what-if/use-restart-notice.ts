import { storeToRefs } from 'pinia'
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useNoticesStore } from '../../stores/notices'
import { useWhatIfStore } from '../../stores/what-if'
import { useSay } from '../common/use-say'
import { safeNow } from './restart-words'

/** Long enough to be seen by somebody who looks away for a moment. */
const SHOWN_MS = 60_000

/** Tells once when the broker that somebody waits for may be restarted, whichever page is open. Whatever else is to tell it (a notification of the system) belongs here. */
export function useRestartNotice(): void {
  const say = useSay()
  const router = useRouter()
  const notices = useNoticesStore()
  const { lamp, waitsFor } = storeToRefs(useWhatIfStore())
  watch(lamp, (now) => {
    if (now === null || !now.go || now.broker !== waitsFor.value) return
    waitsFor.value = null
    notices.say(safeNow(say.value, now.broker), {
      forMs: SHOWN_MS,
      action: { text: say.value.t('whatIf.lamp.look'), run: () => void router.push({ name: 'what-if' }) },
    })
  })
}
