/** What the lag advisor says. Pure. */
import { CUT_REASONS } from '@shared/late-tally'
import type { LateRecord } from '@contract/advisor'
import type { LateTally } from '@shared/late-tally'
import { evictionRange } from '@shared/eviction'
import type { CountRange } from '@shared/late-buckets'
import { adviceOf, closestCall, evidenceOf, largestWindow, ofCluster } from '@shared/window-advice'
import type { Judged } from '@shared/window-judge'
import { judgeWindow } from '@shared/window-judge'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'

export const LEAST_S = 1
export const MOST_S = 1_800
/** delivery.timeout.ms of a producer that sets none (Kafka's ProducerConfig). */
const DELIVERY_MS = 120_000

/** `3`, or `3–5`. */
export const rangeWords = ({ f, t }: Say, { least, most }: CountRange): string =>
  least === most ? f.count(least) : t('advisor.range', { least: f.count(least), most: f.count(most) })

/** A value that was typed, in ms; NaN = it is none. */
export function candidateMs(text: string): number {
  const seconds = Number(text.trim() === '' ? Number.NaN : text)
  return seconds >= LEAST_S && seconds <= MOST_S ? Math.round(seconds * 1_000) : Number.NaN
}

/** Who leaves when, by the smallest and the largest value in use. */
function leavesNow({ windows }: Pick<LateRecord, 'windows'>): { readonly from: number; readonly to: number } {
  const values = windows.map(({ ms }) => ms)
  return {
    from: evictionRange(0, Math.min(...values)).from,
    to: evictionRange(0, Math.max(...values)).to,
  }
}

const windowsWords = (say: Say, { windows }: Pick<LateRecord, 'windows'>): string => {
  const values = [...new Set(windows.map(({ ms }) => ms))].sort((a, b) => a - b)
  return values.length === 0
    ? say.f.seconds(Number.NaN)
    : listed(
        say,
        values.map((ms) => say.f.duration(ms)),
      )
}

/** The answer of the page: what to do, or what is missing to know. */
export function advisorLine(say: Say, record: LateRecord): string {
  const advice = adviceOf(record)
  const { f, t } = say
  const watched = f.seconds(record.watchedMs)
  const tallies = ofCluster(record)
  const { excursions, unjudged, evicted } = judgeWindow(tallies, largestWindow(record))
  switch (advice.kind) {
    case 'too-little':
      return counted(say, 'advisor.line.tooLittle', excursions + unjudged, { watched })
    case 'unread':
      return t('advisor.line.unread')
    case 'keep':
      return t('advisor.line.keep', { watched })
    case 'follower':
      return counted(say, 'advisor.line.follower', evicted, { watched })
    case 'raise': {
      const { avoided } = judgeWindow(tallies, advice.valueMs)
      return counted(say, 'advisor.line.raise', evicted, {
        value: f.seconds(advice.valueMs),
        avoided: rangeWords(say, avoided),
        watched,
      })
    }
  }
}

/** What it would need, or how close it came. */
export function advisorDetail(say: Say, record: LateRecord): string {
  const advice = adviceOf(record)
  const { f, t } = say
  if (advice.kind === 'too-little') {
    const needs = [
      ...(advice.needsMs > 0 ? [t('advisor.needs.time', { time: f.seconds(advice.needsMs) })] : []),
      ...(advice.needsOccasions > 0 ? [counted(say, 'advisor.needs.stalls', advice.needsOccasions)] : []),
    ]
    return t('advisor.needs.line', { needs: listed(say, needs), stalls: f.count(evidenceOf(record).occasions) })
  }
  const closest = closestCall(ofCluster(record))
  return closest > 0
    ? t('advisor.closest', {
        late: Number.isFinite(closest) ? f.duration(closest) : f.seconds(Number.NaN),
        window: windowsWords(say, record),
      })
    : t('advisor.noCall', { window: windowsWords(say, record) })
}

/** How far what is shown reaches. */
export function reachWords(say: Say, record: LateRecord, now: number): string {
  const { f, t } = say
  const spanMs = Math.max(record.watchedMs, now - record.from)
  const { open } = record
  return sentences(say, [
    Number.isNaN(record.from)
      ? t('advisor.reach.none')
      : t('advisor.reach.watched', {
          watched: f.seconds(record.watchedMs),
          since: f.time(record.from, now),
          away: f.seconds(spanMs - record.watchedMs),
        }),
    t('advisor.reach.unseen'),
    open === null
      ? t('advisor.reach.elsewhere')
      : open.late > 0
        ? counted(say, 'advisor.reach.open', open.late, { out: f.count(open.out) })
        : '',
    record.unfollowed > 0 ? counted(say, 'advisor.reach.unfollowed', record.unfollowed) : '',
    record.unreadable > 0 ? counted(say, 'advisor.reach.unreadable', record.unreadable) : '',
  ])
}

interface Line {
  readonly id: 'stay' | 'later' | 'more' | 'cost' | 'delivery' | 'session' | 'cut' | 'unjudged' | 'same' | 'assumed'
  readonly text: string
}

function effects(say: Say, judged: Judged, record: LateRecord, valueMs: number): Line[] {
  const { f, t } = say
  const now = leavesNow(record)
  const then = evictionRange(0, valueMs)
  const largest = largestWindow(record)
  const smallest = Math.min(...record.windows.map(({ ms }) => ms))
  const value = f.duration(valueMs)
  const lines: Line[] = []
  if (valueMs === largest && valueMs === smallest) return [{ id: 'same', text: t('advisor.result.same', { value }) }]
  if (valueMs > smallest) {
    lines.push(
      {
        id: 'stay',
        text: counted(say, 'advisor.result.stay', judged.evicted, { range: rangeWords(say, judged.avoided), value }),
      },
      {
        id: 'later',
        text: t('advisor.result.later', {
          range: rangeWords(say, judged.delayed),
          later: f.durationRange(Math.max(0, then.from - now.to), then.to - now.from),
        }),
      },
    )
  }
  if (valueMs < largest)
    lines.push({
      id: 'more',
      text: counted(say, 'advisor.result.more', judged.returned, { range: rangeWords(say, judged.added), value }),
    })
  lines.push({
    id: 'cost',
    text: t('advisor.result.cost', {
      then: f.durationRange(then.from, then.to),
      now: f.durationRange(now.from, now.to),
    }),
  })
  if (then.to > DELIVERY_MS)
    lines.push({ id: 'delivery', text: t('advisor.result.delivery', { to: f.seconds(then.to) }) })
  return lines
}

/** What a candidate would have made of it, and what it costs. */
export function resultLines(say: Say, record: LateRecord, tallies: readonly LateTally[], valueMs: number): Line[] {
  const { f, t } = say
  const judged = judgeWindow(tallies, valueMs)
  const { sessionTimeoutMs } = record
  const by = CUT_REASONS.flatMap((reason) => {
    const n = tallies.reduce((sum, { cutBy }) => sum + cutBy[reason], 0)
    return n === 0 ? [] : [t(`advisor.cut.${reason}`, { n: f.count(n) })]
  })
  return [
    ...(record.windows.length === 0 ? [] : effects(say, judged, record, valueMs)),
    {
      id: 'session',
      text: sentences(say, [
        Number.isNaN(sessionTimeoutMs)
          ? t('advisor.result.sessionUntold')
          : t('advisor.result.session', { timeout: f.duration(sessionTimeoutMs) }),
        valueMs < sessionTimeoutMs ? t('advisor.result.belowSession') : '',
      ]),
    },
    ...(judged.cut === 0
      ? []
      : [{ id: 'cut' as const, text: counted(say, 'advisor.result.cut', judged.cut, { by: listed(say, by) }) }]),
    ...(judged.unjudged === 0
      ? []
      : [{ id: 'unjudged' as const, text: counted(say, 'advisor.result.unjudged', judged.unjudged) }]),
    { id: 'assumed', text: t('advisor.result.assumed') },
  ]
}

/** Brokers whose value is another one. */
export const toChange = ({ windows }: Pick<LateRecord, 'windows'>, valueMs: number): readonly number[] =>
  windows.filter(({ ms }) => ms !== valueMs).map(({ broker }) => broker)

export const propertyLine = (valueMs: number): string => `replica.lag.time.max.ms=${valueMs}`
