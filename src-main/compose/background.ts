/** What of the app is there while its window is not: the tray, and what closing the window does. */
import type { App, BrowserWindow, Dialog, Menu, NativeImage, Tray } from 'electron'
import type { PushMessage } from '../contract/frame'
import type { Settings } from '../contract/ipc'
import type { SmallNews } from '../ipc/push'
import type { Language } from '../shared/words/language'
import type { Phrase } from '../shared/words/phrase'
import { say } from '../shared/words/say'
import { askClosing, closingOf, guardClosing } from '../shell/closing'
import type { Log } from '../shell/log'
import { createTray, systemShowsTray } from '../shell/tray'
import type { KeptTray } from '../shell/tray'
import type { Telling } from './telling'
import { trayState } from './tray-state'

export interface Background {
  /** Whether a hidden window could be reached. */
  readonly tray: boolean
  /** Brings the window to the front, at this cluster and incident; '' and 0: as it is. */
  show(cluster: string, incident: number): void
  /** What is watched, told or set has changed. */
  refresh(): void
  close(): void
}

interface Parts {
  readonly window: BrowserWindow
  readonly telling: Telling
  readonly iconFolder: string
  readonly language: () => Language
  readonly readSettings: () => Settings
  readonly writeSettings: (settings: Settings) => void
  readonly tell: (news: SmallNews) => void
  readonly log: Log
}

/** Several changes of one moment are drawn once. */
const QUIET_MS = 100

export function createBackground(
  electron: {
    readonly app: App
    readonly dialog: Pick<Dialog, 'showMessageBox'>
    readonly Menu: typeof Menu
    readonly Tray: typeof Tray
    readonly image: (path: string) => NativeImage
  },
  { window, telling, iconFolder, language, readSettings, writeSettings, tell, log }: Parts,
): Background {
  let tray: KeptTray | null = null
  let shows = false
  let quitting = false
  let closed = false
  let timer: NodeJS.Timeout | null = null

  const news = (message: Extract<PushMessage, { type: 'show' | 'telling' }>): void => tell(message)
  const show = (cluster: string, incident: number): void => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (cluster !== '') news({ type: 'show', cluster, incident })
  }
  const draw = (): void => {
    timer = null
    if (closed) return
    try {
      tray?.show(trayState(telling.clusters(), !Number.isNaN(telling.pausedUntil), language()))
      news({ type: 'telling' })
    } catch (cause) {
      log.error('tray', cause)
    }
  }
  const refresh = (): void => {
    if (!closed) timer ??= setTimeout(draw, QUIET_MS)
  }

  electron.app.on('before-quit', () => (quitting = true))
  const watched = (): number => telling.clusters().filter(({ watch }) => watch).length
  const words = (phrase: Phrase): string => say(language(), phrase)
  guardClosing(
    window,
    () => closingOf({ quitting, watched: watched(), setting: readSettings().closing, tray: shows }),
    async () => {
      const answer = await askClosing(electron.dialog, window, {
        message: words({ id: 'closing.message', args: { n: { unit: 'count', value: watched() } } }),
        detail: words(shows ? { id: 'closing.tray', args: {} } : { id: 'closing.taskbar', args: {} }),
        watch: words({ id: 'closing.watch', args: {} }),
        quit: words({ id: 'closing.quit', args: {} }),
        cancel: words({ id: 'closing.cancel', args: {} }),
      })
      if (answer === null) return null
      try {
        writeSettings({ ...readSettings(), closing: answer })
      } catch (cause) {
        // Then it is asked again.
        log.warn('closing', cause)
      }
      if (answer === 'quit') return 'quit'
      return shows ? 'hide' : 'minimise'
    },
    () => electron.app.quit(),
  )

  void systemShowsTray(process.platform, process.env).then((does) => {
    if (!does || closed) return
    try {
      tray = createTray(electron, iconFolder, {
        open: () => show('', 0),
        show,
        pause: (minutes) => telling.pause(minutes),
        quit: () => electron.app.quit(),
      })
      shows = true
      refresh()
    } catch (cause) {
      log.warn('tray', cause)
    }
  })

  return {
    get tray() {
      return shows
    },
    show,
    refresh,
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
      tray?.remove()
      tray = null
    },
  }
}
