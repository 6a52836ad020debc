/**
 * What the list of changes shows of a change, kept up to date in narrow columns of each of its rows, so that no list parses a plan. Pure: the
 * columns of the row before and the new step in, the columns of the new row out.
 */
import type { ChangeEvent, ItemResult } from '../contract/change'
import { draftKeys, draftTopics } from '../shared/draft'
import type { ChangeKind } from '../shared/draft'

export interface SoFar {
  /** Rows of the first step, of the newest draft, and of the newest confirmation (0 = none). */
  readonly began: number
  readonly draft: number
  readonly confirmed: number
  readonly kind: ChangeKind
  readonly level: string
  readonly undoOf: string
  readonly undoneBy: string
  readonly applied: number
  readonly items: number
}

/** Columns that only a draft and a confirmation have: they may be long. */
export interface Named {
  readonly topicCount: number | null
  readonly topics: string | null
  readonly keys: string | null
  readonly reason: string | null
  /** What the filter looks in, in lower case. */
  readonly words: string | null
}

/** As many topic names as a list has room for. */
const SHOWN_TOPICS = 5

const NOTHING: Named = { topicCount: null, topics: null, keys: null, reason: null, words: null }

export function namedBy(event: ChangeEvent, who: readonly string[]): Named {
  const words = (parts: readonly string[]): string => parts.join('\n').toLowerCase()
  if (event.type === 'confirmed')
    return { ...NOTHING, reason: event.confirmation.reason, words: words([event.confirmation.reason]) }
  if (event.type !== 'drafted') return NOTHING
  const topics = draftTopics(event.draft)
  const keys = draftKeys(event.draft)
  return {
    ...NOTHING,
    topicCount: topics.length,
    topics: JSON.stringify(topics.slice(0, SHOWN_TOPICS)),
    keys: JSON.stringify(keys),
    words: words([...topics, ...keys, ...who]),
  }
}

export interface Count {
  readonly applied: number
  /** Items in all, without those for which nothing was to be done after all. */
  readonly items: number
}

function counted(before: Count, results: Iterable<ItemResult>): Count {
  let { applied, items } = before
  for (const { outcome } of results) {
    if (outcome === 'applied') applied += 1
    if (outcome === 'not-needed') items -= 1
  }
  return { applied, items }
}

const itemsOf = (kind: SoFar['kind'], event: ChangeEvent & { readonly type: 'applying' }): number =>
  kind === 'election' ? event.partitions : event.topics

/** Of all steps of a change: what a settling found out takes the place of what was answered before. */
export function recount(kind: SoFar['kind'], events: Iterable<ChangeEvent>): Count {
  const newest = new Map<string, ItemResult>()
  let items = 0
  for (const event of events) {
    if (event.type === 'applying') {
      // A change that met a conflict is planned and applied anew.
      newest.clear()
      items = itemsOf(kind, event)
    }
    if (event.type !== 'answered' && event.type !== 'settled') continue
    for (const result of event.results) newest.set(`${result.partition} ${result.topic}`, result)
  }
  return counted({ applied: 0, items }, newest.values())
}

/** `seq` is the new row's own; `earlier` reads the steps before it, which only a settling needs. */
export function nextSoFar(
  before: SoFar | null,
  seq: number,
  event: ChangeEvent,
  earlier: () => readonly ChangeEvent[],
): SoFar {
  const base: SoFar = before ?? {
    began: seq,
    draft: seq,
    confirmed: 0,
    kind: 'config',
    level: '',
    undoOf: '',
    undoneBy: '',
    applied: 0,
    items: 0,
  }
  switch (event.type) {
    case 'drafted':
      return { ...base, draft: seq, confirmed: 0, kind: event.draft.kind, level: '', undoOf: event.undoOf }
    case 'planned':
      return { ...base, confirmed: 0, level: event.plan.level }
    case 'confirmed':
      return { ...base, confirmed: seq }
    case 'applying':
      return { ...base, applied: 0, items: itemsOf(base.kind, event) }
    case 'answered':
      return { ...base, ...counted(base, event.results) }
    case 'settled':
      return { ...base, ...recount(base.kind, [...earlier(), event]) }
    case 'undone':
      return { ...base, undoneBy: event.by }
    default:
      return base
  }
}
