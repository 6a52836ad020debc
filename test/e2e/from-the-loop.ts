import type { ElectronApplication } from '@playwright/test'

/**
 * Makes `app.evaluate` begin its function from the event loop of the main process.
 *
 * The inspector interrupts whatever JavaScript runs. When that is the end of Node's tick queue (`processTicksAndRejections` of lib/internal/process/task_queues.js, between
 * "the queue is empty" and "no tick is scheduled"), a `process.nextTick` of the interrupting function is queued and forgotten, and no tick of that process runs ever again: streams,
 * and with them every page of `app://`, wait for ever. No person has an inspector attached; a test had one in about 5,000 calls.
 */
export function evaluateFromTheLoop(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app)
  const fromTheLoop: typeof app.evaluate = (work: unknown, arg?: unknown) =>
    evaluate(
      async (electron, given) => {
        await new Promise<void>((resolve) => setImmediate(resolve))
        // The source of a function of ours, as Playwright itself sends it.
        const run = (0, eval)(`(${given.source})`) as (module: typeof electron, arg: unknown) => never
        return run(electron, given.arg)
      },
      { source: String(work), arg },
    )
  app.evaluate = fromTheLoop
}
