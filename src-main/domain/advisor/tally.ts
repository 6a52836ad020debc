import { CUT_REASONS, TALLIED_TOPICS } from '../../shared/late-tally'
import type { LateHour } from '../../contract/advisor'
import type { CutReason, LateTally, TallyKind } from '../../shared/late-tally'
import { bucketOf } from '../../shared/late-buckets'
import type { LateCounts } from '../../shared/late-buckets'
import type { Excursion } from './excursions'

const HOUR_MS = 3_600_000

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS

class Counts {
  private readonly of = new Map<number, number>()

  note(ms: number): void {
    this.bump(bucketOf(ms), 1)
  }

  add(counts: LateCounts): void {
    for (const [bucket, n] of counts) this.bump(bucket, n)
  }

  all(): LateCounts {
    return [...this.of].sort(([a], [b]) => a - b)
  }

  private bump(bucket: number, n: number): void {
    this.of.set(bucket, (this.of.get(bucket) ?? 0) + n)
  }
}

class Sums {
  private readonly returned = { least: new Counts(), most: new Counts() }
  private readonly evicted = { least: new Counts(), most: new Counts() }
  private readonly unknown = new Counts()
  private readonly cut = new Counts()
  private readonly cutBy = new Map<CutReason, number>()
  private evictions = 0
  private occasions = 0

  constructor(
    private readonly kind: TallyKind,
    private readonly subject: string,
    private readonly windowMs: number,
  ) {}

  note({ end, cut, leastMs, mostMs, evictions, isOccasion }: Excursion): void {
    this.evictions += evictions
    if (isOccasion) this.occasions += 1
    if (end === 'returned' || end === 'evicted') {
      this[end].least.note(leastMs)
      this[end].most.note(mostMs)
    } else this[end].note(leastMs)
    if (cut !== '') this.cutBy.set(cut, (this.cutBy.get(cut) ?? 0) + 1)
  }

  add(tally: LateTally): void {
    for (const end of ['returned', 'evicted'] as const) {
      this[end].least.add(tally[end].least)
      this[end].most.add(tally[end].most)
    }
    this.unknown.add(tally.unknown)
    this.cut.add(tally.cut)
    for (const reason of CUT_REASONS) this.cutBy.set(reason, (this.cutBy.get(reason) ?? 0) + tally.cutBy[reason])
    this.evictions += tally.evictions
    this.occasions += tally.occasions
  }

  tally(): LateTally {
    const { kind, subject, windowMs, returned, evicted, evictions, occasions } = this
    return {
      kind,
      subject,
      windowMs,
      returned: { least: returned.least.all(), most: returned.most.all() },
      evicted: { least: evicted.least.all(), most: evicted.most.all() },
      unknown: this.unknown.all(),
      cut: this.cut.all(),
      cutBy: Object.fromEntries(CUT_REASONS.map((reason) => [reason, this.cutBy.get(reason) ?? 0])) as Record<
        CutReason,
        number
      >,
      evictions,
      occasions,
    }
  }
}

/** What is added up, until `take`. Of each hour the first `topics` topics have a tally of their own; the others are counted together, under ''. */
export class LateTallies {
  private sums = new Map<string, Sums>()
  private topics = new Set<string>()
  private watchedMs = 0
  private unfollowed = 0

  constructor(private readonly topicsAtMost = TALLIED_TOPICS) {}

  note(excursion: Excursion): void {
    const { windowMs, leader, follower, topic } = excursion
    this.of('cluster', '', windowMs).note(excursion)
    this.of('leader', String(leader), windowMs).note(excursion)
    this.of('follower', String(follower), windowMs).note(excursion)
    this.of('topic', topic, windowMs).note(excursion)
  }

  watched(ms: number, unfollowed: number): void {
    this.watchedMs += ms
    this.unfollowed += unfollowed
  }

  add(hour: LateHour): void {
    this.watched(hour.watchedMs, hour.unfollowed)
    for (const tally of hour.tallies) this.of(tally.kind, tally.subject, tally.windowMs).add(tally)
  }

  /** All of it as of the hour that begins at `at`; and begins anew. */
  take(at: number): LateHour {
    const { watchedMs, unfollowed, sums } = this
    this.sums = new Map()
    this.topics = new Set()
    this.watchedMs = this.unfollowed = 0
    return { at, watchedMs, unfollowed, tallies: Array.from(sums.values(), (one) => one.tally()) }
  }

  private of(kind: TallyKind, subject: string, windowMs: number): Sums {
    const own = kind === 'topic' ? this.nameOf(subject) : subject
    const key = `${kind} ${windowMs} ${own}`
    const known = this.sums.get(key) ?? new Sums(kind, own, windowMs)
    this.sums.set(key, known)
    return known
  }

  private nameOf(topic: string): string {
    if (topic === '' || this.topics.has(topic)) return topic
    if (this.topics.size >= this.topicsAtMost) return ''
    this.topics.add(topic)
    return topic
  }
}

/** Two parts of one hour. */
export function addHours(a: LateHour, b: LateHour): LateHour {
  const sums = new LateTallies()
  sums.add(a)
  sums.add(b)
  return sums.take(a.at)
}
