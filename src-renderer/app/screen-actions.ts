import { useWords } from '../features/common/use-words'
import { useBridge } from '../bridge/bridge'
import { useNoticesStore } from '../stores/notices'
import { useScreenStore } from '../stores/screen'
import { useUiStore } from '../stores/ui'

/** The two things every page offers: its command to copy, its table to export. */
export function useScreenActions(): { copyCommand: () => Promise<void>; startExport: () => void } {
  const { t } = useWords()
  const { calls } = useBridge()
  const screen = useScreenStore()
  const notices = useNoticesStore()
  const ui = useUiStore()
  return {
    async copyCommand() {
      const text = screen.offer?.command?.() ?? ''
      if (text === '') return
      const answer = await calls['clipboard:write']({ text })
      if (answer.ok) notices.say(t('app.copied', { text }))
      else notices.say(t('app.copyFailed'), { tone: 'bad' })
    },
    startExport() {
      const { exportable, report } = screen.offer ?? {}
      if (exportable === undefined && report?.ready() !== true) notices.say(t('app.nothingToExport'))
      else ui.exporting = true
    },
  }
}
