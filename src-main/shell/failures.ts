/** What must not end the app on somebody who is watching a cluster: logged, and the page is loaded again. */
import type { WebContents } from 'electron'
import type { Log } from './log'

const WINDOW_MS = 60_000
const MOST_IN_WINDOW = 3

/** Says whether one more reload is sensible: a page that dies at once again and again is left dead instead of burning the machine. */
export function createReloadLimit(now: () => number): () => boolean {
  let times: number[] = []
  return () => {
    const at = now()
    times = [...times.filter((time) => at - time < WINDOW_MS), at]
    return times.length <= MOST_IN_WINDOW
  }
}

export function recoverPage(contents: Pick<WebContents, 'on' | 'reload'>, log: Log, mayReload: () => boolean): void {
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error(`the page's process ended (${reason}, code ${exitCode})`)
    if (mayReload()) contents.reload()
  })
  contents.on('unresponsive', () => log.warn('the page does not answer'))
  contents.on('responsive', () => log.info('the page answers again'))
}

/** Without this, Electron would open a box with a stack over the board. */
export function logStrayErrors(host: Pick<NodeJS.Process, 'on'>, log: Log): void {
  host.on('uncaughtException', (cause) => log.error('uncaught', cause))
  host.on('unhandledRejection', (cause) => log.error('unhandled', cause))
}
