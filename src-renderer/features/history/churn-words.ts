import type { Say } from '../common/say'
import { counted, sentences } from '../common/say'
import type { Churn, Flap, Place, Range } from './churn'

/** `orders`, `orders / 4`, `broker 2`, `broker 2, led by 1`. */
export function placeWords(say: Say, { topic, partition, broker, leader }: Place): string {
  if (topic !== '') return partition < 0 ? topic : `${topic} / ${partition}`
  return leader < 0 ? say.t('history.lane.broker', { broker }) : say.t('history.churn.pair', { broker, leader })
}

/** From here on it is named in the first line. */
const FLAPS_FROM = 10

/** The first line: who flaps, else how many departures there were. */
export function churnLine(say: Say, churn: Churn, flaps: readonly Flap[], range: Range): string {
  const worst = flaps.find(({ again, score }) => again > 0 && score >= FLAPS_FROM)
  const span = say.t(`history.churn.span.${range}`)
  if (worst !== undefined)
    return say.t(
      'history.churn.flaps',
      { who: placeWords(say, worst), left: say.f.count(worst.left), back: say.f.count(worst.back), span },
      worst.left,
    )
  return churn.total === 0
    ? say.t('history.churn.none', { span })
    : counted(say, 'history.churn.some', churn.total, { span })
}

/** What the counts are, and what is not in them. `readFrom` NaN = everything kept of the time was read. */
export function churnReach(say: Say, churn: Churn, withAway: boolean, readFrom: number, now: number): string {
  const blind = churn.cells.some(({ watched }) => watched < 1)
  return sentences(say, [
    say.t('history.churn.least'),
    blind ? say.t('history.churn.blind') : '',
    withAway || churn.away === 0 ? '' : counted(say, 'history.churn.leftOut', churn.away),
    Number.isNaN(readFrom) ? '' : say.t('history.churn.bound', { time: say.f.time(readFrom, now) }),
  ])
}

/** A count in a narrow cell: three digits and a unit at most. */
export function shortCount(n: number): string {
  if (n < 1_000) return String(n)
  return n < 10_000 ? `${Math.floor(n / 100) / 10}k` : `${Math.floor(n / 1_000)}k`
}
