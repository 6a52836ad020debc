import type { TopicAsked } from '../../src-main/change/plan/facts/asking'
import type { FactName } from '../../src-main/change/plan/guards/guard'
import type { KeyState } from '../../src-main/contract/change'

const state = (value: string | null): KeyState => ({ override: value, value, source: 1 })

/** A topic of a plan: keys with their values before and after, its other values, and what its rules want to know. */
export function asked(
  topic: string,
  changes: Readonly<Record<string, readonly [before: string | null, after: string | null]>> = {},
  values: Readonly<Record<string, string>> = {},
  needs: readonly FactName[] = [],
): TopicAsked {
  return {
    topic,
    changes: new Map(
      Object.entries(changes).map(([key, [before, after]]) => [key, { before: state(before), after: state(after) }]),
    ),
    settings: {
      topic,
      error: 0,
      message: '',
      overrides: {},
      readAt: 0,
      broker: 1,
      values: Object.entries(values).map(([name, value]) => ({
        name,
        value,
        source: 5,
        type: 2,
        sensitive: false,
        readOnly: false,
        inherited: null,
      })),
    },
    needs: new Set(needs),
  }
}
