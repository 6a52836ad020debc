import { setMaxListeners } from 'node:events'
import { PortError } from '../../ports/cluster-port'

export const cancelled = (): PortError => new PortError('cancelled', 'closed-by-us', 'cancelled')

/** What `work` settles with, or a rejection ('cancelled') as soon as the signal says so; the work itself runs into its own deadline. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelled())
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}

/** Cancels a step or a task, which asks dozens of questions at once: each listens, and Node takes more than ten for a leak. */
export function stepAbort(): AbortController {
  const abort = new AbortController()
  setMaxListeners(0, abort.signal)
  return abort
}
