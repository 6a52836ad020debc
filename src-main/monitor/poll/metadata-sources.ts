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
  /** Who is to be asked second before others: what they said last is in dispute. */
  readonly unheard: ReadonlySet<number>
  readonly turn: number
  /** Counts the times a second one was wanted, apart from `turn`: as a share of it some pairs would never meet. null = not wanted. */
  readonly secondTurn: number | null
}

/** Brokers take turns, so that no broker pays for all; one with an old view never tells the picture while another can. */
export function chooseSources({ answering, stale, unheard, turn, secondTurn }: SourceInput): Sources {
  const fresh = answering.filter((id) => !stale.has(id))
  const candidates = fresh.length > 0 ? fresh : answering
  const primary = candidates[turn % Math.max(1, candidates.length)] ?? -1
  const others = answering.filter((id) => id !== primary)
  const first = others.filter((id) => unheard.has(id))
  const rivals = first.length > 0 ? first : others
  const second = secondTurn === null ? undefined : rivals[secondTurn % Math.max(1, rivals.length)]
  return { primary, second: second ?? -1 }
}
