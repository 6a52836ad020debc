/** The sign beside the clock: how the watched clusters stand, by shape, and a menu with a row for each. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { Sign } from '../shared/sign'

export interface TrayRow {
  readonly cluster: string
  /** With its environment and how it stands, in words. */
  readonly label: string
  readonly incident: number
}

export interface TrayState {
  readonly sign: Sign
  /** Nothing is told just now. */
  readonly paused: boolean
  readonly rows: readonly TrayRow[]
  readonly words: {
    readonly tip: string
    readonly open: string
    readonly pause: string
    readonly resume: string
    readonly nothing: string
    readonly quit: string
  }
}

export interface TrayDeeds {
  open(): void
  show(cluster: string, incident: number): void
  /** Minutes, 0 = go on. */
  pause(minutes: number): void
  quit(): void
}

export function trayMenu(state: TrayState, deeds: TrayDeeds): MenuItemConstructorOptions[] {
  const { rows, words, paused } = state
  const clusters: MenuItemConstructorOptions[] =
    rows.length === 0
      ? [{ label: words.nothing, enabled: false }]
      : rows.map(({ label, cluster, incident }) => ({ label, click: () => deeds.show(cluster, incident) }))
  return [
    ...clusters,
    { type: 'separator' },
    { label: words.open, click: () => deeds.open() },
    paused
      ? { label: words.resume, click: () => deeds.pause(0) }
      : { label: words.pause, click: () => deeds.pause(60) },
    { type: 'separator' },
    { label: words.quit, click: () => deeds.quit() },
  ]
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const ASK_LIMIT_MS = 2_000

/** Whether somebody draws what Linux programs put beside the clock. Electron does not say, and an icon that nobody draws is a window that is lost. */
export function linuxShowsTray(env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') === '') return Promise.resolve(false)
  const question = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const call = [...question, 'org.freedesktop.DBus.NameHasOwner', `string:${WATCHER}`]
  return new Promise((resolve) => {
    execFile('dbus-send', call, { timeout: ASK_LIMIT_MS }, (error, answer) =>
      resolve(error === null && /\btrue\b/.test(answer)),
    )
  })
}

export const systemShowsTray = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> => (platform === 'linux' ? linuxShowsTray(env) : Promise.resolve(true))

export interface KeptTray {
  show(state: TrayState): void
  remove(): void
}

/** `electron`: as a parameter, so that nothing of this works when it is imported. */
export function createTray(
  electron: {
    readonly Tray: typeof Tray
    readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
    readonly image: (path: string) => NativeImage
  },
  iconFolder: string,
  deeds: TrayDeeds,
): KeptTray {
  const icon = (sign: Sign): NativeImage => electron.image(join(iconFolder, `tray-${sign}.png`))
  const tray = new electron.Tray(icon('unknown'))
  let shown = ''
  let sign: Sign = 'unknown'
  tray.on('click', () => deeds.open())
  return {
    show(state) {
      const now = JSON.stringify(state)
      // A menu that is made anew while it is open closes.
      if (now === shown) return
      shown = now
      if (sign !== state.sign) tray.setImage(icon(state.sign))
      sign = state.sign
      tray.setToolTip(state.words.tip)
      tray.setContextMenu(electron.Menu.buildFromTemplate(trayMenu(state, deeds)))
    },
    remove: () => tray.destroy(),
  }
}
