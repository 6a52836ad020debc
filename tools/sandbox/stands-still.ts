import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether every thread of a process stands still. SIGSTOP is sent to a process and reaches its threads one by one: on a busy machine one that was
 * running may still take a request and pass it on. Systems without /proc cannot be asked; there the signal has to do.
 */
export function standsStill(pid: number): boolean {
  const threads = `/proc/${pid}/task`
  if (!existsSync(threads)) return true
  return readdirSync(threads).every((thread) => {
    try {
      // The state follows the name in brackets, which may hold anything: T = stopped, Z and X = ended.
      return /^[TZX]/.test(
        readFileSync(join(threads, thread, 'stat'), 'utf8')
          .split(') ')
          .at(-1) ?? '',
      )
    } catch {
      return true
    }
  })
}
