/** What was watched of a time, and what not, with the reason where one is known. Pure. */
import type { Watched } from '@contract/history'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'

/** Why nobody looked: how the watch before it ended; `before`: none was kept of that time. */
export type GapReason = Exclude<Watched['end'], 'open'> | 'killed' | 'before'

export interface Gap {
  readonly from: number
  readonly to: number
  readonly reason: GapReason
}

/** Shorter ones are what lies between two looks. */
const SHORTEST_MS = 1_000
const NAMED = 3

/** Gaps of `from`–`until`, oldest first. `watched` as asked for: oldest first, those that reach into it. */
export function gapsOf(watched: readonly Watched[], from: number, until: number): readonly Gap[] {
  const gaps: Gap[] = []
  let at = from
  let reason: GapReason = 'before'
  const add = (to: number): void => {
    if (to - at >= SHORTEST_MS) gaps.push({ from: at, to, reason })
  }
  for (const span of watched) {
    if (span.to <= from) {
      reason = span.end === 'open' ? 'killed' : span.end
      continue
    }
    if (span.from >= until) break
    add(Math.min(span.from, until))
    at = Math.max(at, span.to)
    reason = span.end === 'open' ? 'killed' : span.end
  }
  // The watch that goes on was told of some moments ago.
  const last = watched.at(-1)
  if (last?.end !== 'open' || until - at > STILL_OPEN_MS) add(until)
  return gaps
}
/** How old what is told of a watch that goes on may be. */
const STILL_OPEN_MS = 60_000

/** Of a time that was hardly watched most of a picture would say so, and leave no room for what was seen. */
const MOST_BEFORE = 0.5
const [MARGIN, LEAST_MARGIN_MS] = [0.1, 5_000]

/** The part of `from`–`until` since watching began in it, and a little before; all of it where that is most of it, or nothing was watched. `gaps`: its own, oldest first. */
export function sinceWatched(from: number, until: number, gaps: readonly Gap[]): number {
  const began = gaps[0]?.to ?? Number.NaN
  const isLeading = gaps[0] !== undefined && gaps[0].from <= from + STILL_OPEN_MS
  if (!isLeading || !(began < until) || began - from < (until - from) * MOST_BEFORE) return from
  return Math.max(from, began - Math.max(LEAST_MARGIN_MS, (until - began) * MARGIN))
}

export const unwatchedMs = (gaps: readonly Gap[]): number => gaps.reduce((sum, { from, to }) => sum + to - from, 0)

export function gapWords(say: Say, { from, to, reason }: Gap, now: number): string {
  // With its day where that is another one than the day it began.
  const span = { from: say.f.time(from, now), to: say.f.time(to, from) }
  return reason === 'before'
    ? say.t('history.watched.gapBefore', span)
    : say.t('history.watched.gap', { ...span, reason: say.t(`history.watched.reason.${reason}`) })
}

/** How much of the time was watched; of several gaps the longest are named. */
export function watchedWords(say: Say, gaps: readonly Gap[], from: number, until: number, now: number): string {
  const spanMs = until - from
  const duration = say.f.seconds(spanMs)
  if (gaps.length === 0) return say.t('history.watched.whole', { duration })
  const away = unwatchedMs(gaps)
  // The answer may be a minute old, and the watch may have begun in it.
  if (away >= spanMs - SHORTEST_MS) return say.t('history.watched.nothing', { duration, until: say.f.time(until, now) })
  const named = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, NAMED)
  const rest = gaps.length - named.length
  return sentences(say, [
    say.t('history.watched.some', {
      duration,
      watched: say.f.seconds(spanMs - away),
      away: say.f.seconds(away),
    }),
    say.t('history.watched.gaps', {
      gaps: listed(
        say,
        named.map((one) => gapWords(say, one, now)),
      ),
    }),
    rest === 0 ? '' : counted(say, 'history.watched.more', rest),
  ])
}
