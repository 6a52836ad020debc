import type { Clock } from './clock'

/** Longest piece of work without letting sockets and the window have a turn. */
export const SLICE_MS = 8

/** Runs `step(from, to)` over all rows in blocks, breathing whenever a slice is used up. Blocks are small enough to stay well below a slice. */
export async function inSlices(clock: Clock, rows: number, block: number, step: (from: number, to: number) => void): Promise<void> {
  let started = clock.now()
  for (let from = 0; from < rows; from += block) {
    if (clock.now() - started >= SLICE_MS) {
      await clock.breathe()
      started = clock.now()
    }
    step(from, Math.min(rows, from + block))
  }
}
