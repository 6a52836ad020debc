/** A time as it is known: between two looks, and no better. */
import type { Incident, Span } from '@contract/history'
import type { Say } from '../common/say'

/** Looks follow one another more closely; what lies further apart happened while nobody looked. */
const ONE_LOOK_MS = 5_000
const SECOND_MS = 1_000
/** What rounding to a tenth of a second adds. */
const ROUNDING_MS = 50

export const isOpen = ({ ended }: Pick<Incident, 'ended'>): boolean => Number.isNaN(ended.to)
/** Both ends were seen, one look apart. */
export const isSeen = ({ from, to }: Span): boolean => to - from <= ONE_LOOK_MS

const upToSecond = (at: number): number => Math.ceil(at / SECOND_MS) * SECOND_MS

/** `03:12:41.2 ± 0.3 s`, `between 03:12:41 and 03:14:06`, `by 03:14:06.2`: the time it was is always within what is said. */
export function spanWords(say: Say, span: Span, now: number): string {
  const { from, to } = span
  if (Number.isNaN(from)) return say.t('history.span.by', { time: say.f.tenths(to, now) })
  if (!isSeen(span))
    return say.t('history.span.between', { from: say.f.time(from, now), to: say.f.time(upToSecond(to), now) })
  const half = (to - from) / 2
  const within = Math.ceil((half + ROUNDING_MS) / 100) * 100
  return say.t('history.span.about', { time: say.f.tenths(from + half, now), within: say.f.duration(within) })
}

/** `0.5 s`: how long it may have happened before it was seen, at most, our own delay in noticing it; a dash where it began before the first look. */
export const seenWithin = (say: Say, { from, to }: Span): string =>
  Number.isNaN(from) ? '–' : say.f.duration(Math.max(0, to - from))

/** `03:12:41`, `before 03:14:06`, `03:12:41 – 03:14:06`: where there is little room. */
export function momentWords(say: Say, span: Span, now: number): string {
  const { from, to } = span
  if (Number.isNaN(from)) return say.t('history.span.before', { time: say.f.time(upToSecond(to), now) })
  if (isSeen(span)) return say.f.time(to, now)
  return `${say.f.time(from, now)} – ${say.f.time(upToSecond(to), now)}`
}

/** How long it lasted, as far as both of its ends are known; of an open one how long until `now`. */
export function lastedWords(say: Say, { began, ended }: Pick<Incident, 'began' | 'ended'>, now: number): string {
  const open = Number.isNaN(ended.to)
  const end = open ? { from: now, to: now } : ended
  const least = Math.max(0, end.from - began.to)
  if (Number.isNaN(began.from)) return say.t('history.lasted.atLeast', { duration: say.f.seconds(least) })
  const most = Math.max(0, end.to - began.from)
  if (isSeen(began) && (open || isSeen(ended))) return say.f.seconds(Math.max(0, end.to - began.to))
  return say.f.durationRange(least, most)
}
