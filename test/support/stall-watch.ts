/**
 * Tells a promise that was not kept from a machine that was busy: a timer of this process that comes late means that nothing here could run, the
 * product's own timers included. Times are as by Date.now().
 */
export interface StallWatch {
  /** ms between `from` and `to` (default: now) in which this process did not run. */
  stalled(from: number, to?: number): number
  stop(): void
}

const EVERY_MS = 10
/** A timer of a machine at rest comes this late. */
const USUAL_MS = 5

interface Stall {
  readonly from: number
  readonly to: number
}

export function watchStalls(): StallWatch {
  const stalls: Stall[] = []
  let last = Date.now()
  const look = (): void => {
    const now = Date.now()
    if (now - last > EVERY_MS + USUAL_MS) stalls.push({ from: last + EVERY_MS, to: now })
    last = now
  }
  const timer = setInterval(look, EVERY_MS)
  return {
    stalled(from, to = Date.now()) {
      // What asks may run before the timer that is late.
      look()
      return stalls.reduce((sum, stall) => sum + Math.max(0, Math.min(to, stall.to) - Math.max(from, stall.from)), 0)
    },
    stop: () => clearInterval(timer),
  }
}

/** ms until the work settled, without those in which this process did not run. */
export async function took(work: Promise<unknown>): Promise<number> {
  const watch = watchStalls()
  const began = Date.now()
  await work.catch(() => undefined)
  const ms = Date.now() - began - watch.stalled(began)
  watch.stop()
  return ms
}
