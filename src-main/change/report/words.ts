/** Plain English for reports, which are read far from Highwater: times in UTC, figures with their unit, unknown as unknown. */
import { CONFIG_SOURCES } from '../../contract/config'
import type { ChangeState, Conflict, ItemOutcome, KeyState, Watching } from '../../contract/change'

export const utc = (at: number): string =>
  Number.isFinite(at) ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'unknown time'

export const many = (n: number, one: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`

export const sourceWord = (source: number): string => CONFIG_SOURCES[source] ?? 'unknown'

/** `2 (topic)`; nothing set and secret look the same to Kafka's clients. */
export const keyState = ({ override, value, source }: KeyState): string =>
  `${override ?? value ?? 'not told'} (${sourceWord(source)})`

export const LEVEL_WORDS = {
  refused: 'refused',
  block: 'stop',
  unknown: 'unknown',
  warn: 'careful',
  better: 'better',
  info: 'note',
} as const

export const STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  draft: 'being edited, nothing sent',
  planned: 'planned, nothing sent',
  validated: 'validated by the broker, nothing sent',
  confirmed: 'confirmed, nothing sent',
  applying: 'being applied',
  applied: 'applied, not verified yet',
  failed: 'failed, nothing of it holds',
  unknown: 'not known: a write had no answer and was not settled yet',
  verified: 'applied and verified',
  watched: 'applied, verified and watched',
  overwritten: 'applied and verified, later overwritten',
  undone: 'applied and later undone',
  conflict: 'stopped: the cluster had changed since the plan',
  discarded: 'discarded, nothing sent',
}

export const OUTCOME_WORDS: Readonly<Record<ItemOutcome, string>> = {
  applied: 'applied',
  refused: 'refused',
  unknown: 'not known',
  'not-begun': 'not begun',
  'not-needed': 'nothing to do',
}

/** What is not in Metadata any more may be there and hidden; before an undo is planned DescribeConfigs has told. */
export const GONE_WORDS: Readonly<Record<Conflict['kind'], string>> = {
  plan: 'Topics that were deleted, or that this login may not see any more',
  undo: 'Topics that were deleted',
}

export const ALARM_WORDS: Readonly<Record<Watching['alarms'][number]['state'], string>> = {
  'under-min-isr': 'under-min-isr',
  offline: 'offline',
  gone: 'deleted, or not seen by this login any more',
  anew: 'anew',
}

export const FATE_WORDS = {
  moves: 'moves',
  already: 'is there already',
  'not-in-sync': 'cannot: the preferred replica is outside the ISR',
  'preferred-silent': 'cannot: the preferred broker does not answer',
  offline: 'cannot: the partition has no leader',
  gone: 'not seen: it is not there, or hidden from this login',
} as const
