/**
 * The ruler of the replica ladder: zoomed so that the lag fills the width, not the offset. The span goes in steps (niceSpan), so the
 * ruler keeps still while a lag changes a little; its right end follows the leader.
 */
import { niceAtLeast, niceSpan } from '../nice'

export interface LadderTick {
  readonly share: number
  readonly offset: number
  readonly major: boolean
}

export interface LadderScale {
  readonly from: number
  readonly to: number
  readonly ticks: readonly LadderTick[]
  /** Place of an offset on the ruler, 0 … 1; NaN for an unknown one. */
  share(offset: number): number
}

const MIN_SPAN = 20
const SMALL_PARTS = 5
/** Of the span: what stays free right of the foremost offset. */
const HEAD_ROOM = 0.04

function ticksOf(from: number, to: number, wanted: number): LadderTick[] {
  const round = Math.max(1, niceAtLeast((to - from) / Math.max(1, wanted)))
  const major = round < 10 ? Math.ceil(round) : round
  const minor = major >= SMALL_PARTS ? major / SMALL_PARTS : 1
  const ticks: LadderTick[] = []
  for (let offset = Math.ceil(from / minor) * minor; offset <= to; offset += minor) {
    const isMajor = Math.abs(offset / major - Math.round(offset / major)) < 1e-6
    ticks.push({ share: (offset - from) / (to - from), offset, major: isMajor })
    // Beyond 2^53 a small step no longer moves the sum.
    if (offset + minor === offset) break
  }
  return ticks
}

/** `offsets`: every known LEO and the HW; unknown ones (NaN) are left out. `wantedTicks`: how many labels have room. */
export function ladderScale(offsets: readonly number[], wantedTicks: number): LadderScale {
  const known = offsets.filter((offset) => Number.isFinite(offset))
  const front = known.length > 0 ? Math.max(...known) : 0
  const back = known.length > 0 ? Math.min(...known) : 0
  const span = niceSpan(Math.max(MIN_SPAN, (front - back) * 1.06))
  const to = front + span * HEAD_ROOM
  const from = Math.max(0, to - span * (1 + HEAD_ROOM))
  return {
    from,
    to,
    ticks: ticksOf(from, to, wantedTicks),
    share: (offset) => (Number.isFinite(offset) ? Math.min(1, Math.max(0, (offset - from) / (to - from))) : Number.NaN),
  }
}
