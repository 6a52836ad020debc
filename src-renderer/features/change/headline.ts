/** The two lines at the top of a change: what and where, and how it stands. Pure; `now` by the page's clock. */
import { ITEM_OUTCOMES } from '@contract/change'
import type {
  ChangeDraft,
  ChangeView,
  ItemOutcome,
  Plan,
  PlanItem,
  Progress,
  Verification,
  Watching,
} from '@contract/change'
import { draftKeys, draftPartitions, draftTopics } from '@shared/draft'
import type { Say } from '../common/say'
import { counted, listed, sentences } from '../common/say'
import { amountWords, valueWords } from './plan/value-words'
import {
  isOldPlan,
  isPlanGone,
  isRefusedByBrokers,
  isUnchecked,
  isUnclear,
  lightOf,
  stopsOn,
  wasInterrupted,
} from './steps'

const ago = (say: Say, at: number, now: number): string => say.f.duration(Math.max(0, now - at))

const SHORT = 24
const isShort = (value: string | null): boolean => value !== null && value !== '' && value.length <= SHORT

/** The one setting that a plan changes, where it is one and a title has room for both values. */
function onlyItem({ plan }: ChangeView): PlanItem | null {
  if (plan?.kind !== 'config' || plan.items.length !== 1) return null
  const [item] = plan.items
  return item !== undefined && isShort(item.before.value) && isShort(item.after.value) ? item : null
}

/** What it is about: `min.insync.replicas 3 → 2 on payments.ledger`, `2 keys on payments.ledger`. */
export function subjectWords(say: Say, view: ChangeView): string {
  const { draft, undoOf } = view
  const topics = draftTopics(draft)
  const where = topics.length === 1 ? topics[0]! : counted(say, 'change.topicsCount', topics.length)
  if (draft.kind === 'election') return counted(say, 'change.subject.election', draftPartitions(draft), { where })
  const keys = draftKeys(draft)
  const kind = undoOf === '' ? 'change' : 'undo'
  const item = onlyItem(view)
  if (item !== null && keys.includes(item.key))
    return say.t(`change.subject.${kind}Value`, {
      key: item.key,
      where,
      before: shortWords(say, item.key, item.before.value),
      after: shortWords(say, item.key, item.after.value),
    })
  return keys.length === 1
    ? say.t(`change.subject.${kind}One`, { key: keys[0], where })
    : counted(say, `change.subject.${kind}`, keys.length, { where })
}

/** For people where that is shorter: `7 d` for 604800000. */
const shortWords = (say: Say, key: string, value: string | null): string => {
  const amount = amountWords(say, key, value)
  return amount === '' ? valueWords(say, { override: null, value, source: 0 }) : amount
}

type Head = (say: Say, what: string) => string

/** Of a change that was carried out, as far as that is known: who shows it, and what went wrong since. */
function doneHead({ state, results, verification, watching }: ChangeView): Head {
  if (results.some(({ outcome }) => outcome === 'refused' || outcome === 'unknown' || outcome === 'not-begun'))
    return (say, what) => say.t('change.head.partly', { what })
  if (state === 'overwritten') return (say, what) => say.t('change.head.overwritten', { what })
  const worse = watching?.alarms.length ?? 0
  if (worse > 0) return (say, what) => say.t('change.head.worse', { what })
  if (verification === null) return (say, what) => say.t('change.head.applied', { what })
  const { outcome, brokers } = verification
  if (outcome === 'verified')
    return (say, what) =>
      counted(say, 'change.head.verified', brokers.length, { brokers: listed(say, brokers.map(String)), what })
  return (say, what) => say.t(`change.head.${outcome}`, { what })
}

function openHead(view: ChangeView, checking: boolean): Head {
  const { needs, plan, state } = view
  if (isRefusedByBrokers(view)) return (say, what) => say.t('change.head.brokersRefuse', { what })
  if (plan !== null && changesNothing(plan)) return (say, what) => say.t('change.head.nothing', { what })
  if (lightOf(view) === 'refused') return (say, what) => say.t('change.head.refused', { what })
  if (isPlanGone(view)) return (say, what) => say.t('change.head.planGone', { what })
  if (lightOf(view) === 'stop') {
    const stops = stopsOn(view)
    return (say, what) =>
      stops > 0 ? counted(say, 'change.head.stop', stops, { what }) : say.t('change.head.danger', { what })
  }
  if (checking) return (say, what) => say.t('change.head.checking', { what })
  if (isUnchecked(view)) return (say, what) => say.t('change.head.planned', { what })
  if (state === 'confirmed') return (say, what) => say.t('change.head.confirmed', { what })
  const warnings = needs?.ticks.length ?? 0
  return (say, what) =>
    warnings === 0 ? say.t('change.head.ready', { what }) : counted(say, 'change.head.read', warnings, { what })
}

function headOf(view: ChangeView, progress: Progress | null): Head {
  switch (view.state) {
    case 'draft':
      return (say, what) => say.t(progress === null ? 'change.head.draft' : 'change.head.planning', { what })
    case 'planned':
    case 'validated':
    case 'confirmed':
      return openHead(view, progress?.what === 'validating')
    case 'applying':
      return (say, what) =>
        say.t(
          wasInterrupted(view, progress) || isUnclear(view, progress) ? 'change.head.unknown' : 'change.head.applying',
          {
            what,
          },
        )
    case 'applied':
    case 'verified':
    case 'watched':
    case 'overwritten':
      return doneHead(view)
    case 'failed':
    case 'unknown':
    case 'undone':
    case 'conflict':
    case 'discarded': {
      const { state } = view
      return (say, what) => say.t(`change.head.${state}`, { what })
    }
  }
}

/** The title: how it stands, then what it is about. */
export const headWords = (say: Say, view: ChangeView, progress: Progress | null): string =>
  headOf(view, progress)(say, subjectWords(say, view))

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
export function verifiedWords(say: Say, verification: Verification, kind: ChangeDraft['kind']): string {
  const { brokers, outcome } = verification
  const named = { brokers: listed(say, brokers.map(String)), n: say.f.count(brokers.length) }
  const key =
    kind === 'config' ? (`change.verified.${outcome}` as const) : (`change.verifiedElection.${outcome}` as const)
  return sentences(say, [say.t(key, named, brokers.length), shownBySome(say, verification)])
}

/** Where not all brokers were asked, of how many; '' = all were. */
function shownBySome(say: Say, { brokers, ofBrokers }: Pick<Verification, 'brokers' | 'ofBrokers'>): string {
  const isSome = brokers.length > 0 && ofBrokers !== undefined && brokers.length < ofBrokers
  return isSome ? counted(say, 'change.shownBySome', ofBrokers, { shown: say.f.count(brokers.length) }) : ''
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
      return plan.partitions.every(({ fate }) => fate === 'already')
  }
}

function planWords(say: Say, view: ChangeView, now: number): string {
  if (view.plan === null) return say.t('change.status.draft')
  const computed = say.t('change.computed', { age: ago(say, view.plan.readAt, now) })
  const old = isOldPlan(view, now) ? say.t('change.planOld') : ''
  return sentences(say, [
    computed,
    changesNothing(view.plan) ? say.t(view.plan.kind === 'election' ? 'change.nothingElection' : 'change.nothing') : '',
    say.t('change.notSent'),
    old,
  ])
}

function validationWords(say: Say, view: ChangeView, now: number): string {
  const { validation } = view
  if (validation === null) return say.t('change.notSent')
  const named = { broker: validation.broker, age: ago(say, validation.at, now) }
  return validation.refusals.length === 0
    ? sentences(say, [say.t('change.accepted', named), isOldPlan(view, now) ? say.t('change.planOld') : ''])
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
      // Where every broker that was asked shows it, the title says by whom.
      return sentences(say, [
        view.verification?.outcome === 'verified' ? shownBySome(say, view.verification) : verifyWords(say, view),
        watchWords(say, view, now),
        outcomeWords(say, view),
      ])
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
