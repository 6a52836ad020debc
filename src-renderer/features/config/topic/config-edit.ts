/** Edits of one topic before they become a change. Pure. */
import type { ConfigEdit } from '@contract/change'
import type { ConfigValue } from '@contract/config'
import { SOURCE_TOPIC } from '@contract/config'

/** By key. */
export type Edits = Readonly<Record<string, ConfigEdit>>

/** Null: it would change nothing. Setting what is inherited anyway is an edit: the topic then no longer follows its cluster. */
export function editOf(value: ConfigValue, raw: string): ConfigEdit | null {
  if (value.source === SOURCE_TOPIC && value.value === raw) return null
  return { key: value.name, op: 'set', value: raw }
}

export const removalOf = (value: ConfigValue): ConfigEdit | null =>
  value.source === SOURCE_TOPIC ? { key: value.name, op: 'delete', value: '' } : null

/** Pins an inherited value: legal, and worth a word. */
export const pinsInherited = (value: ConfigValue, edit: ConfigEdit): boolean =>
  edit.op === 'set' && value.inherited !== null && value.inherited.value === edit.value

export function withEdit(edits: Edits, key: string, edit: ConfigEdit | null): Edits {
  const rest = Object.fromEntries(Object.entries(edits).filter(([other]) => other !== key))
  return edit === null ? rest : { ...rest, [key]: edit }
}
