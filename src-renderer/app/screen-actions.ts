import { useCopy } from '../features/common/use-copy'
import { useWords } from '../features/common/use-words'
import { useNoticesStore } from '../stores/notices'
import { useScreenStore } from '../stores/screen'
import { useUiStore } from '../stores/ui'

/** What every page offers: its command to copy, its table to export. `copy`: what ends the trouble where there is any, else the command. */
export function useScreenActions(): {
  copy: () => Promise<void>
  copyCommand: () => Promise<void>
  startExport: () => void
} {
  const { t } = useWords()
  const screen = useScreenStore()
  const notices = useNoticesStore()
  const ui = useUiStore()
  const write = useCopy()
  const command = (): string => screen.offer?.command?.() ?? ''
  const fix = (): string => screen.offer?.fix?.() ?? ''
  return {
    copy: () => write(fix() === '' ? command() : fix()),
    copyCommand: () => write(command()),
    startExport() {
      const { exportable, report } = screen.offer ?? {}
      if (exportable === undefined && report?.ready() !== true) notices.say(t('app.nothingToExport'))
      else ui.exporting = true
    },
  }
}
