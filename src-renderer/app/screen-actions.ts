import { useWords } from '../features/common/use-words'
import { useBridge } from '../bridge/bridge'
import { useNoticesStore } from '../stores/notices'
import { useScreenStore } from '../stores/screen'
import { useUiStore } from '../stores/ui'

/** What every page offers: its command to copy, its table to export. `copy`: what ends the trouble where there is any, else the command. */
export function useScreenActions(): {
  copy: () => Promise<void>
  copyCommand: () => Promise<void>
  startExport: () => void
  /** To the clipboard, with a word about it. */
  write: (text: string) => Promise<void>
} {
  const { t } = useWords()
  const { calls } = useBridge()
  const screen = useScreenStore()
  const notices = useNoticesStore()
  const ui = useUiStore()
  async function write(text: string): Promise<void> {
    if (text === '') return
    const answer = await calls['clipboard:write']({ text })
    if (answer.ok) notices.say(t('app.copied', { text }))
    else notices.say(t('app.copyFailed'), { tone: 'bad' })
  }
  const command = (): string => screen.offer?.command?.() ?? ''
  const fix = (): string => screen.offer?.fix?.() ?? ''
  return {
    write,
    copy: () => write(fix() === '' ? command() : fix()),
    copyCommand: () => write(command()),
    startExport() {
      const { exportable, report } = screen.offer ?? {}
      if (exportable === undefined && report?.ready() !== true) notices.say(t('app.nothingToExport'))
      else ui.exporting = true
    },
  }
}
