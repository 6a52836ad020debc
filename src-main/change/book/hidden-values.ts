/**
 * Values that no line of the journal and no answer to the page may hold, by change, topic and key. State: what was typed in this run of Highwater;
 * nothing of it is written down, so that a change of an earlier run has to be given them again.
 */
import type { ChangeDraft } from '../../contract/change'
import { HIDDEN, mayBeSensitive } from '../../shared/hidden-value'

/** Those of one change. */
export interface HiddenValues {
  /** null = it was not typed in this run. */
  readonly valueOf: (topic: string, key: string) => string | null
  readonly keep: (topic: string, key: string, value: string) => void
  /** A broker's own words about a value may hold it. */
  readonly without: (text: string) => string
}

export interface HiddenBook {
  readonly of: (change: string) => HiddenValues
  /** The draft as it may be written down. What comes hidden is what was typed for the change `from`. */
  readonly hide: (change: string, draft: ChangeDraft, from: string) => ChangeDraft
}

/** Shorter ones are part of any sentence. */
export const LEAST_SAID = 3

const nameOf = (topic: string, key: string): string => `${topic}\n${key}`

export function createHiddenBook(): HiddenBook {
  const changes = new Map<string, Map<string, string>>()
  const valuesOf = (change: string): Map<string, string> => {
    const known = changes.get(change) ?? new Map<string, string>()
    changes.set(change, known)
    return known
  }
  return {
    of: (change) => ({
      valueOf: (topic, key) => changes.get(change)?.get(nameOf(topic, key)) ?? null,
      keep: (topic, key, value) => void valuesOf(change).set(nameOf(topic, key), value),
      without: (text) =>
        [...(changes.get(change)?.values() ?? [])]
          .filter((value) => value.length >= LEAST_SAID)
          .reduce((left, value) => left.replaceAll(value, HIDDEN), text),
    }),
    hide(change, draft, from) {
      if (draft.kind !== 'config') return draft
      const before = new Map(changes.get(from))
      const groups = draft.groups.map(({ topics, edits }) => ({
        topics,
        edits: edits.map((edit) => {
          if (edit.op !== 'set' || !mayBeSensitive(edit.key)) return edit
          for (const topic of topics) {
            const name = nameOf(topic, edit.key)
            const typed = edit.value === HIDDEN ? before.get(name) : edit.value
            if (typed !== undefined) valuesOf(change).set(name, typed)
          }
          return { ...edit, value: HIDDEN }
        }),
      }))
      return { kind: 'config', groups }
    },
  }
}
