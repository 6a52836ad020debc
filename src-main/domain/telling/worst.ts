import { isOurSide, type ClusterSummary } from '../../contract/summary'
import { CONDITIONS, type Condition } from '../../contract/telling'
import type { Sign } from '../../shared/sign'

/** The worst of what is so in a picture, over all its topics; null = nothing is, as far as it was read. `away`: brokers that are silent or gone. */
export function worstNow(summary: ClusterSummary, away: readonly number[]): Condition | null {
  const { headline, loss, incident } = summary
  const holds: Readonly<Partial<Record<Condition, boolean>>> = {
    short: headline.underReplicated.atLeast > 0,
    away: away.length > 0,
    oneAway: headline.oneLossAway.atLeast > 0,
    refuses: headline.writesRefused.atLeast > 0,
    offline: headline.offline.atLeast > 0,
    lost: loss.open > 0 || (incident?.lostAtLeast ?? 0) > 0,
  }
  return CONDITIONS.findLast((one) => holds[one] === true) ?? null
}

/** Whether enough was read to call it well. */
export const isReadWell = ({ headline, brokers }: ClusterSummary): boolean =>
  headline.level !== 'unread' &&
  headline.level !== 'unknown' &&
  !brokers.some((one) => one.answers === 'no' && isOurSide(one))

const DANGER: ReadonlySet<Condition> = new Set<Condition>(['refuses', 'offline', 'lost'])

export function signOf(worst: Condition | null, known: boolean): Sign {
  if (worst === 'blind') return 'unknown'
  if (worst !== null) return DANGER.has(worst) ? 'danger' : 'trouble'
  return known ? 'well' : 'unknown'
}

/** Of several the one that wants to be seen first; where nothing is watched nothing is known. */
export const worstSign = (signs: readonly Sign[]): Sign =>
  (['danger', 'trouble', 'unknown'] as const).find((sign) => signs.includes(sign)) ??
  (signs.length === 0 ? 'unknown' : 'well')
