/** Time as a change sees it: compose passes the monitor's clock, tests one that moves only when told to. */
export interface Clock {
  /** ms since 1970. */
  now(): number
  after(ms: number, run: () => void): Cancel
  /** Lets the event loop serve sockets and windows, then resolves. */
  breathe(): Promise<void>
}

export type Cancel = () => void

/** Longest piece of work without letting anything else run. */
const SLICE_MS = 8

/** Breathes whenever a slice is used up; call it between pieces of work that are well below a slice each. */
export function slices(clock: Clock): () => Promise<void> {
  let started = clock.now()
  return async () => {
    if (clock.now() - started < SLICE_MS) return
    await clock.breathe()
    started = clock.now()
  }
}
