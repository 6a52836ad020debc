import type { Announcement, Span } from '../../contract/history'
import {
  CONDITIONS,
  NEVER,
  type Condition,
  type TellingRule,
  type TellingRules,
  type TellKind,
} from '../../contract/telling'

/** What stood so at the first look is told after this long: a person who has just opened the window sees it, and whoever has not is told. */
export const FIRST_LOOK_MS = 60_000
/** What is known to have begun so long before the first look is old news: it is told when it gets worse. */
export const OLD_MS = 3_600_000
/**
 * An end that nobody saw (it was open when Highwater ended, and the first look finds nothing) is told when it has lasted so long: right after a start a broker that is silent is not yet known to
 * be, and controllers that are gone leave an old view behind. Trouble by then is the same matter.
 */
export const UNSEEN_END_MS = 30_000

/** What is told of: an incident, or a cluster that is out of sight (`id` 0). */
export interface Matter {
  readonly id: number
  /** Under what receivers know it; the same over restarts. Only the one it had when it was first told counts. */
  readonly key: string
  readonly began: Span
  readonly planned: Announcement | null
}

/** What was told of one matter, and what may have to be. Plain, to be kept. */
export interface Telling {
  readonly id: number
  readonly key: string
  /** The worst that was told, null = nothing. */
  readonly told: Condition | null
  /** The worst that was old news when it was first seen, null = none was. */
  readonly old: Condition | null
  /** What was so at the first look. */
  readonly first: readonly Condition[]
  /** Since when each holds without a break, as far as it was watched. */
  readonly since: Readonly<Partial<Record<Condition, number>>>
  /** When it was last seen to be so. */
  readonly at: number
  /** It is over, and that is still to be told. */
  readonly over: boolean
  /** First look that found nothing after one that nobody watched, null = its end was seen, or it goes on. */
  readonly unseenEnd: number | null
}

export interface Look {
  readonly at: number
  /** The open one. */
  readonly matter: Matter | null
  readonly conditions: readonly Condition[]
  /** Nothing was seen of the cluster in this run before. */
  readonly first: boolean
  /** Longer than this since the look before, and nobody watched in between. */
  readonly gapMs: number
  /** Whether this one, which is not open any more, has an end; else it has become one with the one that is. */
  readonly ended: (id: number) => boolean
}

/** What is held back now. mild: what is no outage. Nothing is forgotten for it: what still holds afterwards is told then. */
export type Held = 'nothing' | 'mild' | 'all'

export interface Tell {
  readonly kind: TellKind
  readonly id: number
  readonly key: string
  readonly condition: Condition
  /** It is known to have been announced. */
  readonly planned: boolean
}

export interface Step {
  readonly tellings: readonly Telling[]
  readonly tells: readonly Tell[]
}

const rankOf = (condition: Condition | null): number => (condition === null ? -1 : CONDITIONS.indexOf(condition))
const worstOf = (conditions: readonly Condition[]): Condition | null =>
  conditions.reduce<Condition | null>((worst, one) => (rankOf(one) > rankOf(worst) ? one : worst), null)
const OUTAGES: ReadonlySet<Condition> = new Set<Condition>(['offline', 'lost'])

function opened({ id, key, began }: Matter, { at, first, conditions }: Look): Telling {
  const isOld = first && at - began.to > OLD_MS
  return {
    id,
    key,
    told: null,
    old: isOld ? worstOf(conditions) : null,
    first: first ? conditions : [],
    since: {},
    at,
    over: false,
    unseenEnd: null,
  }
}

/** A clock that went back, and a time in which nobody watched, begin every time anew: what is not seen to last does not last. */
function lasting(telling: Telling, { at, conditions, gapMs }: Look): Telling['since'] {
  const unseen = at < telling.at || at - telling.at > gapMs
  return Object.fromEntries(conditions.map((one) => [one, unseen ? at : Math.min(at, telling.since[one] ?? at)]))
}

const isPlanned = ({ planned }: Matter, at: number): boolean => planned !== null && at <= planned.until

/** When this condition is due, Infinity = never by itself. */
function dueAt(condition: Condition, telling: Telling, rule: TellingRule): number {
  const seconds = rule.after[condition]
  if (seconds === NEVER) return Number.POSITIVE_INFINITY
  const least = telling.first.includes(condition) ? FIRST_LOOK_MS : 0
  return (telling.since[condition] ?? Number.POSITIVE_INFINITY) + Math.max(least, seconds * 1_000)
}

interface Rules {
  readonly rule: TellingRule
  readonly planned: TellingRules['planned']
  readonly held: Held
}

const lets = (held: Held, condition: Condition): boolean =>
  held === 'nothing' || (held === 'mild' && OUTAGES.has(condition))

function openStep(
  telling: Telling,
  matter: Matter,
  look: Look,
  { rule, planned, held }: Rules,
): Pick<Step, 'tells'> & { readonly telling: Telling } {
  const { at, conditions } = look
  const silent = planned === 'silent' && isPlanned(matter, at)
  const known = Math.max(rankOf(telling.told), rankOf(telling.old))
  const wanted = conditions.filter((one) => rankOf(one) > known && (!silent || one === 'lost'))
  const worst = worstOf(wanted.filter((one) => dueAt(one, telling, rule) <= at))
  if (worst === null || !lets(held, worst)) return { telling, tells: [] }
  return {
    telling: { ...telling, told: worst },
    tells: [
      {
        kind: known < 0 ? 'begins' : 'worse',
        id: telling.id,
        key: telling.key,
        condition: worst,
        planned: isPlanned(matter, at),
      },
    ],
  }
}

function isPending(telling: Telling, { matter, at, first, gapMs }: Look): boolean {
  if (matter !== null || telling.told === null || telling.over) return false
  if (telling.unseenEnd === null) return first || at < telling.at || at - telling.at > gapMs
  return at >= telling.unseenEnd && at - telling.unseenEnd < UNSEEN_END_MS
}

/** Over is told where its beginning was, once. */
function overStep(telling: Telling, held: Held): { readonly telling: Telling | null; readonly tells: readonly Tell[] } {
  const { id, key, told } = telling
  if (told === null) return { telling: null, tells: [] }
  if (!lets(held, told)) return { telling: { ...telling, over: true }, tells: [] }
  return { telling: null, tells: [{ kind: 'over', id, key, condition: told, planned: false }] }
}

/**
 * One look at the matter of a cluster that is open, for one way of telling: once when it is so for long enough, again when something worse is, once when it is over. `before`: what the
 * look before made, or what was kept when Highwater ended. Two that turn out to be one go on as one, under the key that was told.
 */
export function tellingStep(before: readonly Telling[], look: Look, rules: Rules): Step {
  const { matter, at } = look
  const tells: Tell[] = []
  const tellings: Telling[] = []
  let mine: Telling | null = null
  for (const telling of before) {
    // An end that was held back, and is none: nobody has to know.
    const goesOn = matter !== null && (telling.id === matter.id || (!telling.over && !look.ended(telling.id)))
    const sameAgain = matter !== null && telling.unseenEnd !== null && at - telling.at <= OLD_MS
    if ((goesOn || sameAgain) && mine === null) mine = { ...telling, id: matter.id, over: false, unseenEnd: null }
    else if (isPending(telling, look)) tellings.push({ ...telling, unseenEnd: telling.unseenEnd ?? at })
    else {
      const { telling: rest, tells: over } = overStep(telling, rules.held)
      tells.push(...over)
      if (rest !== null) tellings.push(rest)
    }
  }
  if (matter === null) return { tellings, tells }
  const now = mine ?? opened(matter, look)
  const seen = { ...now, since: lasting(now, look), at }
  const step = openStep(seen, matter, look, rules)
  return { tellings: [...tellings, step.telling], tells: [...tells, ...step.tells] }
}
