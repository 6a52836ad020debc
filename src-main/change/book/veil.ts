/**
 * What lines of before `hidden-values.ts` say in clear, hidden where it is shown. Such lines have what was typed for keys that may be secrets; they stay as
 * they were written, as everything about a change follows from its lines. Whatever leaves for the page, a report or the clipboard goes through here.
 */
import type {
  ChangeDraft,
  ChangeEvent,
  ChangeView,
  Conflict,
  ConfigDifference,
  KeyState,
  Plan,
  ShownOtherwise,
  Validation,
  Verification,
  Watching,
} from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import type { AppError } from '../../contract/result'
import { HIDDEN, mayBeSensitive } from '../../shared/hidden-value'
import type { Phrase } from '../../shared/words/phrase'
import { itemsOfPlan } from '../plan/plan-items'
import { LEAST_SAID } from './hidden-values'

export interface Veil {
  readonly view: (view: ChangeView) => ChangeView
  readonly row: (row: JournalRow) => JournalRow
}

/** As it stands. */
const NONE: Veil = { view: (view) => view, row: (row) => row }

/** What was typed in clear, by key. Empty for every change of today; a key that a broker told plainly is no secret. */
function typedInClear(rows: readonly JournalRow[]): ReadonlyMap<string, readonly string[]> {
  const typed = new Map<string, string[]>()
  for (const { event } of rows)
    // An undo sets what a broker told.
    if (event.type === 'drafted' && event.undoOf === '' && event.draft.kind === 'config')
      for (const { key, op, value } of event.draft.groups.flatMap(({ edits }) => edits))
        if (op === 'set' && value !== HIDDEN && mayBeSensitive(key)) typed.set(key, [...(typed.get(key) ?? []), value])
  if (typed.size === 0) return typed
  for (const { event } of rows)
    if (event.type === 'planned')
      for (const { key, before } of itemsOfPlan(event.plan)) if (before.value !== null) typed.delete(key)
  return typed
}

export function veilOf(rows: readonly JournalRow[]): Veil {
  const typed = typedInClear(rows)
  return typed.size === 0 ? NONE : veil(new Set(typed.keys()), [...typed.values()].flat())
}

function veil(keys: ReadonlySet<string>, values: readonly string[]): Veil {
  const said = values.filter((value) => value.length >= LEAST_SAID)
  const without = (text: string): string => said.reduce((left, value) => left.replaceAll(value, HIDDEN), text)
  const valueOf = (key: string, value: string | null): string | null =>
    value !== null && keys.has(key) ? HIDDEN : value

  const draft = (shown: ChangeDraft): ChangeDraft =>
    shown.kind === 'election'
      ? shown
      : {
          kind: 'config',
          groups: shown.groups.map(({ topics, edits }) => ({
            topics,
            edits: edits.map((edit) => (edit.op === 'set' && keys.has(edit.key) ? { ...edit, value: HIDDEN } : edit)),
          })),
        }
  const phrase = (shown: Phrase): Phrase => {
    switch (shown.id) {
      case 'said':
      case 'legacy':
        return { id: shown.id, args: { text: without(shown.args.text) } }
      case 'stop.unreadable':
        return { id: shown.id, args: { ...shown.args, text: without(shown.args.text) } }
      default:
        return shown
    }
  }
  // As an object of no known shape: all phrases beside all phrases are more than the compiler takes.
  const message = <T extends { readonly message: Phrase | null }>(shown: T): T =>
    shown.message === null ? shown : ({ ...(shown as object), message: phrase(shown.message) } as T)
  const state = (key: string, { override, value, source }: KeyState): KeyState => ({
    override: valueOf(key, override),
    value: valueOf(key, value),
    source,
  })
  const difference = <T extends ConfigDifference>(shown: T): T => ({
    ...shown,
    base: valueOf(shown.key, shown.base),
    now: valueOf(shown.key, shown.now),
    wanted: valueOf(shown.key, shown.wanted),
  })
  const conflict = (shown: Conflict): Conflict =>
    shown.kind === 'undo'
      ? { ...shown, config: shown.config.map(difference) }
      : { ...shown, config: shown.config.map(difference) }
  const overrides = (shown: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, valueOf(key, value) ?? '']))
  const plan = (shown: Plan): Plan => {
    if (shown.kind === 'election') return shown
    const named = shown.items.find(({ key, after }) => after.override !== null && keys.has(key))
    return {
      ...shown,
      overrides: shown.overrides.map(overrides),
      items: shown.items.map((item) => ({
        ...item,
        before: state(item.key, item.before),
        after: state(item.key, item.after),
      })),
      effects: shown.effects.map((effect) => ({
        ...effect,
        says: phrase(effect.says),
        reasons: effect.reasons.map(phrase),
      })),
      conflict: shown.conflict === null ? null : { ...shown.conflict, config: shown.conflict.config.map(difference) },
      // A line that says the value in the quotes of a shell.
      ...(named === undefined
        ? {}
        : { commands: [], noCommands: { id: 'commands.hidden', args: { key: named.key } } as const }),
    }
  }
  const shownOtherwise = (shown: ShownOtherwise): ShownOtherwise => ({
    ...shown,
    value: valueOf(shown.key, shown.value),
  })
  const validation = (shown: Validation): Validation => ({ ...shown, refusals: shown.refusals.map(message) })
  const verification = (shown: Verification): Verification => ({
    ...shown,
    differences: shown.differences.map(shownOtherwise),
  })
  const watching = (shown: Watching): Watching =>
    shown.outcome === 'overwritten' ? { ...shown, differences: shown.differences.map(shownOtherwise) } : shown

  const problem = (shown: AppError): AppError => ({
    ...shown,
    message: without(shown.message),
    ...(shown.why === undefined ? {} : { why: phrase(shown.why) }),
  })

  function event(shown: ChangeEvent): ChangeEvent {
    switch (shown.type) {
      case 'drafted':
        return { ...shown, draft: draft(shown.draft) }
      case 'planned':
        return { ...shown, plan: plan(shown.plan) }
      case 'validated':
        return { ...shown, validation: validation(shown.validation) }
      case 'sending':
        return { ...shown, before: shown.before.map(overrides) }
      case 'answered':
      case 'settled':
        return { ...shown, results: shown.results.map(message) }
      case 'conflicted':
        return { ...shown, conflict: { ...shown.conflict, config: shown.conflict.config.map(difference) } }
      case 'stopped':
        return { ...shown, why: shown.why === null ? null : phrase(shown.why) }
      case 'verified':
        return { ...shown, verification: verification(shown.verification) }
      case 'watched':
        return { ...shown, watching: watching(shown.watching) }
      case 'confirmed':
      case 'applying':
      case 'ended':
      case 'undone':
      case 'discarded':
        return shown
    }
  }

  return {
    row: (shown) => ({ ...shown, event: event(shown.event) }),
    view: (shown) => ({
      ...shown,
      draft: draft(shown.draft),
      plan: shown.plan === null ? null : plan(shown.plan),
      validation: shown.validation === null ? null : validation(shown.validation),
      results: shown.results.map(message),
      verification: shown.verification === null ? null : verification(shown.verification),
      watching: shown.watching === null ? null : watching(shown.watching),
      conflict: shown.conflict === null ? null : conflict(shown.conflict),
      problem: shown.problem === null ? null : problem(shown.problem),
    }),
  }
}
