import { posix, win32 } from 'node:path'

const NAME = 'Highwater'

export interface Machine {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Where the window has its profile: what a person said, else Electron's `userData` on each system. */
export function profileFolder(said: string, { platform, env, home }: Machine): string {
  const set = (name: string): string => env[name] ?? ''
  if (said !== '') return said
  if (set('HIGHWATER_PROFILE') !== '') return set('HIGHWATER_PROFILE')
  if (platform === 'win32') return win32.join(set('APPDATA') || win32.join(home, 'AppData', 'Roaming'), NAME)
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', NAME)
  return posix.join(set('XDG_CONFIG_HOME') || posix.join(home, '.config'), NAME)
}
