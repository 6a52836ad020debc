/** Who is asked for Metadata in one tick: `primary` tells the picture, `second` may contradict it; -1 = nobody. */
export interface Sources {
  readonly primary: number
  readonly second: number
}

export interface SourceInput {
  /** Brokers that answer, ascending. */
  readonly answering: readonly number[]
  /** Brokers whose last Metadata was behind another's: cut off from the controller, or just thawed (kafka-facts c5). */
  readonly stale: ReadonlySet<number>
  readonly turn: number
  readonly wantSecond: boolean
}

/** Brokers take turns, so that no broker pays for all; one with an old view never tells the picture while another can. */
export function chooseSources({ answering, stale, turn, wantSecond }: SourceInput): Sources {
  const fresh = answering.filter((id) => !stale.has(id))
  const candidates = fresh.length > 0 ? fresh : answering
  const primary = candidates[turn % Math.max(1, candidates.length)] ?? -1
  const others = answering.filter((id) => id !== primary)
  // Moves on once per round of the primaries, so that every pair meets.
  const round = Math.floor(turn / Math.max(1, candidates.length))
  const second = wantSecond ? others[round % Math.max(1, others.length)] : undefined
  return { primary, second: second ?? -1 }
}
