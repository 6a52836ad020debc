/** What closing the window does while clusters are watched: asked once, kept, and changeable in Settings. */
import type { BrowserWindow, Dialog } from 'electron'
import type { Settings } from '../contract/ipc'

export type Closing = 'close' | 'hide' | 'minimise' | 'ask'

export interface ClosingFacts {
  /** The app ends, for whatever reason. */
  readonly quitting: boolean
  /** Clusters that would not be watched any more. */
  readonly watched: number
  readonly setting: Settings['closing']
  readonly tray: boolean
}

/** A window that is hidden without a tray could not be reached any more: it stays in the taskbar. */
export function closingOf({ quitting, watched, setting, tray }: ClosingFacts): Closing {
  if (quitting || watched === 0 || setting === 'quit') return 'close'
  if (setting === 'ask') return 'ask'
  return tray ? 'hide' : 'minimise'
}

export interface ClosingWords {
  readonly message: string
  readonly detail: string
  readonly watch: string
  readonly quit: string
  readonly cancel: string
}

/** null = the person does not want to close it after all. */
export async function askClosing(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: BrowserWindow,
  words: ClosingWords,
): Promise<'watch' | 'quit' | null> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Highwater',
    message: words.message,
    detail: words.detail,
    buttons: [words.watch, words.quit, words.cancel],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return response === 0 ? 'watch' : response === 1 ? 'quit' : null
}

/** Applies what `decide` says to every wish to close the window; `ask` answers what is to be done now. */
export function guardClosing(
  window: BrowserWindow,
  decide: () => Closing,
  ask: () => Promise<'hide' | 'minimise' | 'quit' | null>,
  quit: () => void,
): void {
  let asking = false
  const put = (away: 'hide' | 'minimise'): void => {
    if (window.isDestroyed()) return
    if (away === 'hide') window.hide()
    else window.minimize()
  }
  window.on('close', (event) => {
    const closing = decide()
    if (closing === 'close') return
    event.preventDefault()
    if (closing !== 'ask') {
      put(closing)
      return
    }
    if (asking) return
    asking = true
    void ask()
      .then((answer) => {
        if (answer === 'quit') quit()
        else if (answer !== null) put(answer)
      })
      .finally(() => (asking = false))
  })
}
