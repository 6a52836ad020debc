import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { MIN_SIZE, placeWindow } from './window-state'
import type { WindowState } from './window-state'

export interface WindowOptions {
  readonly state: WindowState
  /** Size of the page that overrules the kept state, for pictures. */
  readonly fixedSize: { readonly width: number; readonly height: number } | null
  readonly background: string
  readonly preload: string
  readonly iconFolder: string
  readonly devTools: boolean
}

/** Every line of webPreferences is one of the security checklist; defaults are written out so that a test can read them. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const place = placeWindow(
    options.state,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...(options.fixedSize ?? place.size),
    ...(options.fixedSize === null && place.at !== null ? place.at : {}),
    useContentSize: options.fixedSize !== null,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    backgroundColor: options.background,
    title: 'Highwater',
    icon: join(options.iconFolder, 'icon.png'),
    webPreferences: {
      preload: options.preload,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      // Would fetch dictionaries from the network.
      spellcheck: false,
      devTools: options.devTools,
    },
  })
  // Labels would be English only; its keys (zoom, copy, quit) work without the bar.
  window.setMenuBarVisibility(false)
  // The hidden bar leaves its room to the page.
  if (options.fixedSize !== null) window.setContentSize(options.fixedSize.width, options.fixedSize.height)
  window.once('ready-to-show', () => {
    if (options.state.maximised && options.fixedSize === null) window.maximize()
    window.show()
  })
  return window
}

/** Reports bounds and maximised after the person moved or sized the window, at most every `quietMs`, and once more when it closes. */
export function keepWindowState(window: BrowserWindow, save: (state: WindowState) => void, quietMs = 500): void {
  let timer: NodeJS.Timeout | null = null
  const now = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (!window.isDestroyed()) save({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  }
  const later = (): void => {
    timer ??= setTimeout(now, quietMs)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('maximize', later)
  window.on('unmaximize', later)
  window.on('close', now)
}

/** Tells whether anybody can see the window, at once and at each change. */
export function watchVisibility(window: BrowserWindow, tell: (visible: boolean) => void): void {
  const now = (): void => tell(!window.isDestroyed() && window.isVisible() && !window.isMinimized())
  window.on('show', now)
  window.on('hide', now)
  window.on('minimize', now)
  window.on('restore', now)
  now()
}
