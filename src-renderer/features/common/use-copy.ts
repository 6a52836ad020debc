import { MAX_CLIPBOARD_CHARS } from '@contract/ipc'
import { useBridge } from '../../bridge/bridge'
import { useNoticesStore } from '../../stores/notices'
import { useWords } from './use-words'

/** Takes a text to the clipboard and says so; `said` in place of the text itself. */
export function useCopy(): (text: string, said?: string) => Promise<void> {
  const { t } = useWords()
  const { calls } = useBridge()
  const notices = useNoticesStore()
  return async (text, said = t('app.copied', { text })) => {
    if (text === '') return
    if (text.length > MAX_CLIPBOARD_CHARS) {
      notices.say(t('app.copyTooLong'), { tone: 'bad' })
      return
    }
    const answer = await calls['clipboard:write']({ text })
    if (answer.ok) notices.say(said)
    else notices.say(t('app.copyFailed'), { tone: 'bad' })
  }
}
