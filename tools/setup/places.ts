import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, whatever folder the command was typed in. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

/** Big things that outlive a checkout (Electron, Kafka) and the state of running sandboxes. Never inside the checkout. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env['HIGHWATER_CACHE']) return env['HIGHWATER_CACHE']
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'highwater')
}

export const runsDir = (): string => join(cacheDir(), 'run')
