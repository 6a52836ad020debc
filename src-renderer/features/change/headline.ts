/** The two lines at the top of a change: what and where, and how it stands. Pure; `now` by the page's clock. */
import { ITEM_OUTCOMES } from '@contract/change'
import type { ChangeDraft, ChangeView, ItemOutcome, Plan, Progress, Verification, Watching } from '@contract/change'
import { draftKeys, draftPartitions, draftTopics } from '@shared/draft'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'
import { isOldPlan, isPlanGone, isRefusedByBrokers, isUnclear, wasInterrupted } from './steps'

const ago = (say: Say, at: number, now: number): string => say.f.duration(Math.max(0, now - at))

/** "Change 2 keys on payments.ledger". */
export function titleWords(say: Say, view: ChangeView): string {
  const { draft, undoOf } = view
  const topics = draftTopics(draft)
  const where = topics.length === 1 ? topics[0]! : counted(say, 'change.topicsCount', topics.length)
  if (draft.kind === 'election') {
    return counted(say, 'change.title.election', draftPartitions(draft), { where })
  }
  const keys = draftKeys(draft)
  const kind = undoOf === '' ? 'change' : 'undo'
  return keys.length === 1
    ? say.t(`change.title.${kind}One`, { key: keys[0], where })
    : counted(say, `change.title.${kind}`, keys.length, { where })
}

export const outcomeCounts = (view: ChangeView): Record<ItemOutcome, number> => {
  const counts = { applied: 0, refused: 0, unknown: 0, 'not-begun': 0, 'not-needed': 0 }
  for (const { outcome } of view.results) counts[outcome] += 1
  return counts
}

/** `37 applied, 2 refused, 1 not begun`; '' without results, and where the only one was applied. */
export function outcomeWords(say: Say, view: ChangeView): string {
  if (view.results.length === 1 && view.results[0]!.outcome === 'applied') return ''
  const counts = outcomeCounts(view)
  const parts = ITEM_OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) =>
    say.t(`change.outcomeCount.${outcome}`, { n: say.f.count(counts[outcome]) }),
  )
  return parts.length === 0 ? '' : say.t('change.outcomes', { list: listed(say, parts) })
}

/** Which brokers show the change, and of how many where not all were asked; of an election they show the leaders. */
export function verifiedWords(
  say: Say,
  { brokers, outcome, ofBrokers }: Verification,
  kind: ChangeDraft['kind'],
): string {
  const named = { brokers: listed(say, brokers.map(String)), n: say.f.count(brokers.length) }
  const key =
    kind === 'config' ? (`change.verified.${outcome}` as const) : (`change.verifiedElection.${outcome}` as const)
  const isSome = brokers.length > 0 && ofBrokers !== undefined && brokers.length < ofBrokers
  return sentences(say, [
    say.t(key, named, brokers.length),
    isSome ? counted(say, 'change.shownBySome', ofBrokers, { shown: say.f.count(brokers.length) }) : '',
  ])
}

/** How many settings are not any more as they were left; '' where none was found. */
export const overwrittenWords = (say: Say, watching: Watching): string =>
  watching.outcome === 'overwritten'
    ? counted(
        say,
        'change.watch.overwritten',
        new Set(watching.differences.map(({ topic, key }) => `${topic}\n${key}`)).size,
      )
    : ''

function verifyWords(say: Say, view: ChangeView): string {
  const { verification } = view
  if (verification === null) return say.t('change.status.applied')
  return verifiedWords(say, verification, view.draft.kind)
}

/** Longest time without a reading; NaN = all of it was seen. */
export const unseenMs = (watching: Watching): number => (watching.outcome === 'unseen' ? watching.unseenMs : NaN)

/** How much got worse: partitions, or where none did, topics that are gone or hidden. */
export function alarmWords(say: Say, { alarms }: Watching): string {
  const partitions = alarms.filter(({ partition }) => partition >= 0).length
  return partitions > 0
    ? counted(say, 'change.watch.alarm', partitions)
    : counted(say, 'change.watch.alarmTopics', alarms.length)
}

function watchWords(say: Say, view: ChangeView, now: number): string {
  const { watching } = view
  if (watching === null) return ''
  if (watching.outcome === 'overwritten')
    return sentences(say, [
      overwrittenWords(say, watching),
      watching.alarms.length > 0 ? alarmWords(say, watching) : '',
    ])
  if (watching.outcome === 'alarm' || (watching.outcome !== 'calm' && watching.alarms.length > 0)) {
    return alarmWords(say, watching)
  }
  if (watching.outcome === 'running')
    return say.t('change.watch.running', { left: say.f.seconds(Math.max(0, watching.until - now)) })
  return say.t(`change.watch.${watching.outcome}`, { gap: say.f.duration(unseenMs(watching)) })
}

function changesNothing(plan: Plan): boolean {
  switch (plan.kind) {
    case 'config':
      return plan.items.length === 0
    case 'election':
      return plan.partitions.length === 0
  }
}

function planWords(say: Say, view: ChangeView, now: number): string {
  if (view.plan === null) return say.t('change.status.draft')
  const computed = say.t('change.computed', { age: ago(say, view.plan.readAt, now) })
  const old = isOldPlan(view, now) ? say.t('change.planOld') : ''
  return sentences(say, [
    computed,
    changesNothing(view.plan) ? say.t('change.nothing') : '',
    say.t('change.notSent'),
    old,
  ])
}

function validationWords(say: Say, view: ChangeView, now: number): string {
  const { validation } = view
  if (validation === null) return say.t('change.notSent')
  const named = { broker: validation.broker, age: ago(say, validation.at, now) }
  return validation.refusals.length === 0
    ? say.t('change.accepted', named)
    : counted(say, 'change.refused', validation.refusals.length, named)
}

/** How it stands, and that nothing was sent where nothing was. */
export function statusWords(say: Say, view: ChangeView, progress: Progress | null, now: number): string {
  if (isPlanGone(view)) return say.t('change.planGone')
  switch (view.state) {
    case 'draft':
      return progress !== null ? say.t('change.status.planning') : say.t('change.status.draft')
    case 'planned':
      return isRefusedByBrokers(view) ? validationWords(say, view, now) : planWords(say, view, now)
    case 'validated':
      return validationWords(say, view, now)
    case 'confirmed':
      return say.t('change.status.confirmed')
    case 'applying':
      if (wasInterrupted(view, progress)) return say.t('change.status.interrupted')
      return say.t(isUnclear(view, progress) ? 'change.status.unknown' : 'change.status.applying')
    case 'applied':
      return sentences(say, [verifyWords(say, view), outcomeWords(say, view)])
    case 'failed':
      return sentences(say, [say.t('change.status.failed'), outcomeWords(say, view)])
    case 'verified':
    case 'watched':
    case 'overwritten':
      return sentences(say, [verifyWords(say, view), watchWords(say, view, now), outcomeWords(say, view)])
    default:
      return say.t(`change.status.${view.state}`)
  }
}

/** The tone of that line: 'bad' where something is wrong, 'wait' where the end is not known yet. */
export function statusTone(view: ChangeView, progress: Progress | null): '' | 'bad' | 'wait' {
  if (isUnclear(view, progress) || wasInterrupted(view, progress)) return 'wait'
  const refused = view.state === 'planned' && isRefusedByBrokers(view)
  const differs = view.verification !== null && view.verification.outcome === 'differs'
  const alarmed = (view.watching?.alarms.length ?? 0) > 0 && view.state !== 'undone'
  const overwritten = view.state === 'overwritten'
  return view.state === 'failed' || view.state === 'conflict' || refused || differs || alarmed || overwritten
    ? 'bad'
    : ''
}
