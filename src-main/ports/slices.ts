import type { Clock } from './clock'

/** Longest piece of work without letting sockets and the window have a turn. */
export const SLICE_MS = 8

/** From this size on one pass over all rows takes milliseconds. */
const LARGE_ROWS = 20_000

/**
 * Call between two passes: what each leaves of its slice adds up when one follows the other without a pause. Above this size the next one gets a turn of
 * the event loop of its own.
 */
export const ownTurn = (clock: Clock, rows: number): Promise<void> =>
  rows < LARGE_ROWS ? Promise.resolve() : clock.breathe()

/** Runs `step(from, to)` over all rows in blocks, breathing whenever a slice is used up. Blocks are small enough to stay well below a slice. */
export async function inSlices(
  clock: Clock,
  rows: number,
  block: number,
  step: (from: number, to: number) => void,
): Promise<void> {
  let started = clock.now()
  for (let from = 0; from < rows; from += block) {
    if (clock.now() - started >= SLICE_MS) {
      await clock.breathe()
      started = clock.now()
    }
    step(from, Math.min(rows, from + block))
  }
}
