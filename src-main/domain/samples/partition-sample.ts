/** A follower of a partition. NaN = not known. */
export interface FollowerLag {
  readonly broker: number
  readonly lagRecords: number
  readonly lateMs: number
}

/** What a partition was like at a moment, or at its worst in a span. */
export interface PartitionFigures {
  /** State code (states.ts). */
  readonly state: number
  /** Those that count, each once; empty where nobody leads and nobody follows. */
  readonly followers: readonly FollowerLag[]
}

export interface PartitionSample extends PartitionFigures {
  /** Ms since 1970. */
  readonly at: number
  readonly topic: string
  readonly partition: number
}

/** The larger of the two that are known. */
const peak = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a)

/** Two as one: worst state, highest lag of each follower over what is known. It does not matter how often, nor in which order, one is taken in. */
export function worstOf(a: PartitionFigures, b: PartitionFigures): PartitionFigures {
  const followers = new Map(a.followers.map((follower) => [follower.broker, follower]))
  for (const other of b.followers) {
    const known = followers.get(other.broker)
    followers.set(
      other.broker,
      known === undefined
        ? other
        : {
            broker: other.broker,
            lagRecords: peak(known.lagRecords, other.lagRecords),
            lateMs: peak(known.lateMs, other.lateMs),
          },
    )
  }
  return { state: Math.max(a.state, b.state), followers: [...followers.values()] }
}
