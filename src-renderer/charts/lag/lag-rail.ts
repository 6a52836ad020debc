/** What happened, as dots on a rail under the time axis. Pure. */
import type { TimeSpan } from './lag-lines'

/** bad: somebody left or fell silent; good: is back; neutral: another leader; own: a change of ours. */
export type MarkTone = 'bad' | 'good' | 'neutral' | 'own'

/** One thing that happened, in words. */
export interface ChartMark {
  readonly at: number
  /** Broker it is about, -1 = none; a line that is switched off takes its marks along. */
  readonly line: number
  readonly tone: MarkTone
  readonly text: string
}

export interface RailDot {
  /** Time of its first mark, and how far its marks reach. */
  readonly at: number
  readonly until: number
  /** Of the gravest. */
  readonly tone: MarkTone
  /** Oldest first. */
  readonly marks: readonly ChartMark[]
}

const DOT_PX = 10
const GRAVEST: readonly MarkTone[] = ['bad', 'own', 'neutral', 'good']

/** `marks` in any order. What would lie on another dot belongs to it. */
export function railDots(marks: readonly ChartMark[], { from, until }: TimeSpan, width: number): readonly RailDot[] {
  const perPx = (until - from) / Math.max(1, width)
  const dots: { at: number; until: number; marks: ChartMark[] }[] = []
  const shown = marks.filter(({ at }) => at >= from && at <= until).toSorted((a, b) => a.at - b.at)
  for (const mark of shown) {
    const last = dots.at(-1)
    if (last !== undefined && mark.at - last.at < DOT_PX * perPx) {
      last.marks.push(mark)
      last.until = mark.at
    } else dots.push({ at: mark.at, until: mark.at, marks: [mark] })
  }
  return dots.map((dot) => ({
    ...dot,
    tone: GRAVEST.find((tone) => dot.marks.some((mark) => mark.tone === tone)) ?? 'neutral',
  }))
}

/** The dot that a time belongs to: within `reachMs` of it; the nearest. */
export function dotAt(dots: readonly RailDot[], time: number, reachMs: number): RailDot | null {
  const away = (dot: RailDot): number => Math.max(dot.at - time, time - dot.until, 0)
  const near = dots.toSorted((a, b) => away(a) - away(b))[0]
  return near !== undefined && away(near) <= reachMs ? near : null
}

/** The next dot after a time, or before it. */
export function nextDot(dots: readonly RailDot[], time: number, direction: -1 | 1): RailDot | null {
  if (direction > 0) return dots.find(({ at }) => at > time) ?? null
  return dots.findLast(({ at }) => at < time) ?? null
}
