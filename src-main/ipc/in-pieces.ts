import type { SampleQuestion } from '../contract/kept-samples'
import type { Clock } from '../ports/clock'

/** What one piece should take, in ms; none may take more than a slice. */
const PIECE_MS = 2
/** Points of the first one, before it is known how long they take. */
const FIRST = 24
const LEAST = 4

interface Piece {
  readonly resolutionMs: number
}

/**
 * Reads a span in pieces of some milliseconds with a turn of the event loop for the others between two, each of whole points of the resolution that the whole span is answered in. `pieces` are in
 * order; `whole` is an empty piece at its beginning, which says the resolution.
 */
export async function inPieces<T extends Piece>(
  clock: Pick<Clock, 'now' | 'breathe'>,
  { from, until, resolutionMs: asked }: SampleQuestion,
  mostPoints: number,
  read: (from: number, until: number, resolutionMs: number) => T,
): Promise<{ readonly whole: T; readonly pieces: readonly T[] }> {
  const whole = read(from, from, Math.max(asked, (until - from) / mostPoints))
  const { resolutionMs } = whole
  const pieces: T[] = []
  let points = FIRST
  for (let at = from; at < until;) {
    await clock.breathe()
    const began = clock.now()
    const end = Math.min(until, (Math.floor(at / resolutionMs) + points) * resolutionMs)
    pieces.push(read(at, end, resolutionMs))
    const took = clock.now() - began
    points = Math.max(LEAST, Math.min(points * 2, Math.floor((points * PIECE_MS) / Math.max(took, 0.1))))
    at = end
  }
  return { whole, pieces }
}
