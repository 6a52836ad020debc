import type Database from 'libsql'
import { TIERS } from '../../domain/samples/tiers'

/** What is older than its tier is kept goes away this often. */
const EVERY_MS = 60_000

const numberOf = (rows: readonly unknown[], name: string): number | null =>
  (rows[0] as Readonly<Record<string, number | null>> | undefined)?.[name] ?? null

/**
 * Deletes old samples, a row of topics after the other, so that no step takes long: rows stand by tier, row of topics and time.
 * Every call of `step` is in a transaction of the caller.
 */
export interface SampleForgetting {
  /** When the oldest sample is of; null = there is none. */
  oldest(): number | null
  /** Begins to delete the oldest part of the tier that reaches back farthest. */
  makeRoom(): void
  /** Something is to be deleted: looks for what is too old now and then. */
  hasWork(now: number): boolean
  /** One step. false = nothing is left to do. */
  step(): boolean
}

export function createForgetting(db: Database.Database): SampleForgetting {
  const ends = db.prepare(
    // Two questions, as only then each is a look at one end of the index.
    `SELECT (SELECT min(at) FROM sample WHERE tier = ?1 AND bucket = -1) AS oldest,
      (SELECT max(at) FROM sample WHERE tier = ?1 AND bucket = -1) AS newest`,
  )
  const nextBucket = db.prepare('SELECT min(bucket) AS bucket FROM sample WHERE tier = ? AND bucket > ?')
  const forget = db.prepare('DELETE FROM sample WHERE tier = ? AND bucket = ? AND at < ?')
  let lookedAt = Number.NaN
  /** What is being deleted: below `before` in `tier`, as far as `bucket`. */
  let work: { readonly tier: number; readonly before: number; bucket: number }[] = []

  const endsOf = (tier: number): { readonly oldest: number | null; readonly newest: number | null } => {
    const rows = ends.all(tier)
    return { oldest: numberOf(rows, 'oldest'), newest: numberOf(rows, 'newest') }
  }
  const oldestTier = (): { readonly tier: number; readonly oldest: number; readonly newest: number } | null => {
    const all = TIERS.flatMap((_, tier) => {
      const { oldest, newest } = endsOf(tier)
      return oldest === null || newest === null ? [] : [{ tier, oldest, newest }]
    })
    return all.sort((a, b) => a.oldest - b.oldest)[0] ?? null
  }
  return {
    oldest: () => oldestTier()?.oldest ?? null,
    makeRoom() {
      const found = oldestTier()
      if (found === null || work.length > 0) return
      const part = Math.max(TIERS[found.tier]!.everyMs, (found.newest - found.oldest) / 50)
      work = [{ tier: found.tier, before: found.oldest + part, bucket: Number.MIN_SAFE_INTEGER }]
    },
    hasWork(now) {
      if (work.length > 0) return true
      if (Math.abs(now - lookedAt) < EVERY_MS) return false
      lookedAt = now
      work = TIERS.map(({ keptMs }, tier) => ({ tier, before: now - keptMs, bucket: Number.MIN_SAFE_INTEGER }))
      return true
    },
    step() {
      const first = work[0]
      if (first === undefined) return false
      const bucket = numberOf(nextBucket.all(first.tier, first.bucket), 'bucket')
      if (bucket === null) {
        work.shift()
        return work.length > 0
      }
      forget.run(first.tier, bucket, first.before)
      first.bucket = bucket
      return true
    },
  }
}
