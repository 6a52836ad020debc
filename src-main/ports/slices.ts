import { runSlice } from '../domain/slices'
import type { Sliced } from '../domain/slices'
import type { Clock } from './clock'

/** Longest piece of work without letting sockets and the window have a turn. */
export const SLICE_MS = 5

/** From this size on one pass over all rows takes milliseconds. */
const LARGE_ROWS = 20_000

type Time = Pick<Clock, 'now' | 'breathe'>

/**
 * Call between two passes: what each leaves of its slice adds up when one follows the other without a pause. Above this size the next one gets a turn of
 * the event loop of its own.
 */
export const ownTurn = (time: Time, rows: number): Promise<void> =>
  rows < LARGE_ROWS ? Promise.resolve() : time.breathe()

/**
 * Runs a pass to its end and breathes whenever a slice is used up. `abandoned` is asked after each breath: nobody waits any more, so the rest is not
 * worth the time. Rejects with what the pass throws, or 'abandoned'.
 */
export async function inSlices<T>(time: Time, pass: Sliced<T>, abandoned = () => false): Promise<T> {
  const now = (): number => time.now()
  for (;;) {
    const done = runSlice(pass, now() + SLICE_MS, now)
    if (done !== null) return done.result
    await time.breathe()
    if (abandoned()) throw new Error('abandoned')
  }
}

/** For work that waits for others in between: breathes when a slice is used up. Call it between pieces that are well below a slice each. */
export function breather(time: Time): () => Promise<void> {
  let started = time.now()
  return async () => {
    if (time.now() - started < SLICE_MS) return
    await time.breathe()
    started = time.now()
  }
}
