/** A rolling restart as the pictures show it: people restart brokers, here it is only watched. Pure: each picture in, the steps out. */
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import type { Tally } from '@shared/tally'

/** Partitions by what has happened to them. */
export interface Harms {
  readonly offline: number
  readonly refuses: number
  /** Found lost. */
  readonly lost: number
}

/**
 * to-do: it has not gone away since the restart began. away: it does not answer, is not listed, or is on its way in or out. returning: it answers, and some of its replicas are out of their
 * ISRs. done: it went and came back, and every replica of it is in its ISR.
 */
export type StepPhase = 'to-do' | 'away' | 'returning' | 'done'

export interface RollingStep {
  readonly broker: number
  readonly phase: StepPhase
  /** As told in the last picture in which it was there. */
  readonly forecast: { readonly offline: Tally; readonly refuses: Tally; readonly loses: Tally }
  /** Since when it has answered, in that picture. */
  readonly answersSince: number
  /** As the cluster stood then. */
  readonly before: Harms
  /** The most that was so meanwhile beyond `before`. */
  readonly meanwhile: Harms
  /** Times of pictures, NaN = not yet; `wentAt` NaN with a later phase: between two pictures. */
  readonly wentAt: number
  readonly doneAt: number
  /** No picture was missing for long meanwhile: `meanwhile` is all there was, as far as pictures show. */
  readonly watched: boolean
}

export interface Rolling {
  readonly startedAt: number
  /** Of the newest picture. */
  readonly takenAt: number
  readonly steps: readonly RollingStep[]
}

const NO_HARM: Harms = { offline: 0, refuses: 0, lost: 0 }
/** Between two pictures further apart something may have come and gone. */
const GAP_MS = 5000

const rackOf = ({ rack }: BrokerSummary): string => rack ?? ''

/**
 * Rack by rack, so that copies in other racks stay up, by number within one; the active controller last where it is a broker, so that its office moves once. Brokers that are gone are not
 * in it: they have to come back first.
 */
export function rollingOrder({
  brokers,
  controller,
}: Pick<ClusterSummary, 'brokers' | 'controller'>): readonly number[] {
  return brokers
    .filter((one) => one.listed)
    .toSorted(
      (a, b) =>
        Number(a.id === controller) - Number(b.id === controller) || rackOf(a).localeCompare(rackOf(b)) || a.id - b.id,
    )
    .map(({ id }) => id)
}

const isThere = (one: BrokerSummary | undefined): one is BrokerSummary =>
  one !== undefined && one.listed && one.answers === 'yes' && one.course === ''

/** Asked anew after a sleep of this machine, or hidden by a fault of our own: neither there nor away. */
const isOpen = (one: BrokerSummary | undefined): boolean =>
  one !== undefined && (one.noListener || (one.listed && one.answers === 'connecting'))

const isWhole = ({ inSync, adding, replicas }: BrokerSummary): boolean => inSync + adding === replicas

const standing = ({ headline, loss }: ClusterSummary): Harms => ({
  offline: headline.offline.atLeast,
  refuses: headline.writesRefused.atLeast,
  lost: loss.open,
})

const forecastOf = ({ stopOffline, stopRefuses, stopLoses }: BrokerSummary): RollingStep['forecast'] => ({
  offline: stopOffline,
  refuses: stopRefuses,
  loses: stopLoses,
})

const UNTOLD = { atLeast: 0, complete: false }

function newStep(broker: number, summary: ClusterSummary): RollingStep {
  const row = summary.brokers.find(({ id }) => id === broker)
  return {
    broker,
    phase: 'to-do',
    forecast: row === undefined ? { offline: UNTOLD, refuses: UNTOLD, loses: UNTOLD } : forecastOf(row),
    answersSince: row?.answersSince ?? Number.NaN,
    before: standing(summary),
    meanwhile: NO_HARM,
    wentAt: Number.NaN,
    doneAt: Number.NaN,
    watched: true,
  }
}

export const beginRolling = (summary: ClusterSummary): Rolling => ({
  startedAt: summary.takenAt,
  takenAt: summary.takenAt,
  steps: rollingOrder(summary).map((broker) => newStep(broker, summary)),
})

function withMeanwhile(step: RollingStep, now: Harms): RollingStep {
  const { before, meanwhile } = step
  const more = (what: keyof Harms): number => Math.max(meanwhile[what], now[what] - before[what])
  return { ...step, meanwhile: { offline: more('offline'), refuses: more('refuses'), lost: more('lost') } }
}

/** There, and all its replicas are: done. */
const backAs = (step: RollingStep, row: BrokerSummary, takenAt: number): RollingStep =>
  isWhole(row) ? { ...step, phase: 'done', doneAt: takenAt } : { ...step, phase: 'returning', doneAt: Number.NaN }

function followStep(step: RollingStep, summary: ClusterSummary, gap: boolean): RollingStep {
  const row = summary.brokers.find(({ id }) => id === step.broker)
  if (isOpen(row)) return { ...step, watched: step.watched && step.phase === 'to-do' }
  const { takenAt } = summary
  const now = standing(summary)
  const waits = step.phase === 'to-do' || step.phase === 'done'
  if (!isThere(row)) {
    const gone: RollingStep = waits
      ? { ...step, phase: 'away', meanwhile: NO_HARM, wentAt: takenAt, doneAt: Number.NaN, watched: !gap }
      : { ...step, phase: 'away', watched: step.watched && !gap }
    return withMeanwhile(gone, now)
  }
  if (waits) {
    // It went and came back between two pictures.
    if (row.answersSince > step.answersSince)
      return backAs(
        { ...step, meanwhile: NO_HARM, wentAt: Number.NaN, watched: false, answersSince: row.answersSince },
        row,
        takenAt,
      )
    if (step.phase === 'done') return step
    return { ...step, forecast: forecastOf(row), before: now, answersSince: row.answersSince }
  }
  const seen = withMeanwhile({ ...step, watched: step.watched && !gap, answersSince: row.answersSince }, now)
  return backAs(seen, row, takenAt)
}

/** With the next picture; one of the same reading changes nothing. */
export function followRolling(rolling: Rolling, summary: ClusterSummary): Rolling {
  if (!(summary.takenAt > rolling.takenAt)) return rolling
  const gap = summary.takenAt - rolling.takenAt > Math.max(GAP_MS, 3 * summary.intervalMs)
  return {
    startedAt: rolling.startedAt,
    takenAt: summary.takenAt,
    steps: rolling.steps.map((step) => followStep(step, summary, gap)),
  }
}

/** The broker to restart next, once whoever is under way is back; null = none is left. */
export const rollingNext = ({ steps }: Rolling): number | null =>
  steps.find(({ phase }) => phase === 'to-do')?.broker ?? null
