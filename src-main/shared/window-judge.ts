/**
 * What another replica.lag.time.max.ms would have made of excursions that were seen (late-tally.ts), if followers and producers had done the same. The leader looks every half window, so it puts a
 * follower out between 1.0 and 1.5 windows (eviction.ts): whoever was late for less than one certainly stays, whoever was for 1.5 or more certainly goes, and every count is a range.
 */
import type { LateTally } from './late-tally'
import { evictionRange } from './eviction'
import { atOrAbove, countIn } from './late-buckets'
import type { CountRange, LateCounts } from './late-buckets'

export interface Judged {
  /** Excursions under a value that is known, and those that are not judged as it is not. */
  readonly excursions: number
  readonly unjudged: number
  /** That ended by a return, that left the ISR by lag, and that were cut, which say nothing. */
  readonly returned: number
  readonly evicted: number
  readonly cut: number
  /** Of those that left under a smaller value: would have stayed in; and would have left all the same, but later. */
  readonly avoided: CountRange
  readonly delayed: CountRange
  /** Of those that stayed in under a larger value: would have left. */
  readonly added: CountRange
}

const NOBODY: CountRange = { least: 0, most: 0 }
const plus = (a: CountRange, b: CountRange): CountRange => ({ least: a.least + b.least, most: a.most + b.most })

/** Of `all` those that are not among them. */
const rest = (all: number, { least, most }: CountRange): CountRange => ({ least: all - most, most: all - least })

/** Certainly goes: late for 1.5 values at least. May go: may have been late for longer than one. */
const leaves = (bounds: { readonly least: LateCounts; readonly most: LateCounts }, valueMs: number): CountRange => {
  const { from, to } = evictionRange(0, valueMs)
  return { least: atOrAbove(bounds.least, to).least, most: atOrAbove(bounds.most, from).most }
}

function judgeOne(tally: LateTally, valueMs: number): Judged {
  const returned = countIn(tally.returned.least)
  const backLater = countIn(tally.evicted.least)
  const evicted = backLater + countIn(tally.unknown)
  const cut = countIn(tally.cut)
  const nothing = { returned, evicted, cut, avoided: NOBODY, delayed: NOBODY, added: NOBODY }
  const excursions = returned + evicted + cut
  if (tally.windowMs < 0) return { excursions: 0, unjudged: excursions, ...nothing }
  const common = { excursions, unjudged: 0, ...nothing }
  if (valueMs === tally.windowMs) return common
  if (valueMs < tally.windowMs) return { ...common, added: leaves(tally.returned, valueMs) }
  const goes = leaves(tally.evicted, valueMs)
  // When those caught up is not known: they may have gone in any case.
  const mayStay = countIn(tally.unknown) - atOrAbove(tally.unknown, evictionRange(0, valueMs).to).least
  const stays = rest(backLater, goes)
  const avoided = { least: stays.least, most: stays.most + mayStay }
  return { ...common, avoided, delayed: rest(evicted, avoided) }
}

/** Tallies of one subject, each by the value that stood then: what a larger one avoids, and what a smaller one adds. */
export function judgeWindow(tallies: readonly LateTally[], valueMs: number): Judged {
  return tallies
    .map((tally) => judgeOne(tally, valueMs))
    .reduce(
      (sum, one) => ({
        excursions: sum.excursions + one.excursions,
        unjudged: sum.unjudged + one.unjudged,
        returned: sum.returned + one.returned,
        evicted: sum.evicted + one.evicted,
        cut: sum.cut + one.cut,
        avoided: plus(sum.avoided, one.avoided),
        delayed: plus(sum.delayed, one.delayed),
        added: plus(sum.added, one.added),
      }),
      {
        excursions: 0,
        unjudged: 0,
        returned: 0,
        evicted: 0,
        cut: 0,
        avoided: NOBODY,
        delayed: NOBODY,
        added: NOBODY,
      },
    )
}
