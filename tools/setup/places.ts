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

/** State of running sandboxes; a folder of one's own keeps a test from seeing those of the person at the machine. */
export const runsDir = (): string => process.env['HIGHWATER_RUNS'] || join(cacheDir(), 'run')
