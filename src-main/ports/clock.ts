import { createSteadyClock } from '../shared/steady-clock'
import type { SteadyClock } from '../shared/steady-clock'

/** Time as the monitor sees it. Tests give their own, so that no unit test waits for a real second. */
export interface Clock {
  /** ms since 1970, with fractions: an answer that arrived before a request was sent must compare as earlier. */
  now(): number
  after(ms: number, run: () => void): Cancel
  /** Lets the event loop serve sockets and windows, then resolves. */
  breathe(): Promise<void>
}

export type Cancel = () => void

/** Who waits for the event loop to go round, of all clocks of this process, first come first served. */
const waiting: (() => void)[] = []

/** One at a time: Node runs all immediates of a turn in a row, and the slices of six brokers' answers would be one stall together. */
function serve(): void {
  const next = waiting.shift()
  if (waiting.length > 0) setImmediate(serve)
  next?.()
}

/** Resolves in a turn of the event loop that nobody else who breathes has a slice in. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(serve)
  })
}

/** One for the process: two would differ where the wall clock went forward and back between their questions. */
let ofProcess: SteadyClock | null = null

/** Never goes back, and has fractions: `Date.now()` alone has whole milliseconds, in which a request and the answer before it look simultaneous. */
export function createClock(): Clock {
  const steady = (ofProcess ??= createSteadyClock(Date.now, () => performance.now()))
  return {
    now: () => steady.now(),
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms))
      return () => clearTimeout(timer)
    },
    breathe,
  }
}

export const wait = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))

/** CPU time of this process so far, ms: what asking costs us, also on a machine that is busy with other things. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
