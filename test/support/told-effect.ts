import type { Effect } from '../../src-main/contract/change'
import type { Phrase } from '../../src-main/shared/words/phrase'
import { sayAll } from '../../src-main/shared/words/say'

/** An effect as a test compares it: its figures without what they count, and why it is not known in English. */
export interface ToldEffect extends Effect {
  readonly variant: string
  readonly figures: Readonly<Record<string, unknown>>
  /** '' = there is no reason. */
  readonly reason: string
}

export function toldEffect(effect: Effect): ToldEffect {
  const figures = Object.entries(effect.says.args).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value,
  ])
  return {
    ...effect,
    variant: effect.id.slice(effect.id.indexOf('.') + 1),
    figures: Object.fromEntries(figures) as Record<string, unknown>,
    reason: sayAll('en', effect.reasons),
  }
}

/** Words of nobody's making, where a test needs a phrase. */
export const saidBy = (text: string): Phrase => ({ id: 'said', args: { text } })
