import type { Effect, EffectLevel } from '../../../contract/change'
import { Found } from './found'
import type { Fact, TopicFacts } from './guard'

/** Figures every effect has, so that a text can say "12 of 40 partitions". */
export const COMMON_FIGURES = ['partitionCount', 'topicCount', 'allPartitionCount', 'allTopicCount'] as const

const MAX_REASONS = 3

export interface Shown {
  readonly figures?: Readonly<Record<string, number | string>>
  readonly noteUnit?: NonNullable<Effect['noteUnit']>
  /** It is about the cluster: said although no topic was found. */
  readonly cluster?: boolean
}

/**
 * What one rule says about one plan. It keeps the age of the oldest fact the rule has used so far, and collects what it could not find out: that
 * becomes one 'unknown' effect, so that a rule cannot forget to say it.
 */
export class Says {
  readonly #effects: Effect[] = []
  readonly #missing = new Found()
  readonly #reasons = new Set<string>()
  readonly #all: { readonly allPartitionCount: number; readonly allTopicCount: number }
  #readAt = NaN

  constructor(
    private readonly rule: string,
    topics: readonly TopicFacts[],
  ) {
    this.#all = {
      allPartitionCount: topics.reduce((sum, { partitions }) => sum + partitions.length, 0),
      allTopicCount: topics.length,
    }
  }

  /** A figure of this age is used from here on. */
  asOf(at: number): this {
    this.#readAt = Number.isNaN(this.#readAt) ? at : Math.min(this.#readAt, at)
    return this
  }

  /** The value of a fact; null = not known. What is not known of it, all or a part, is then said. */
  known<T>(topic: TopicFacts, fact: Fact<T>): T | null {
    if (fact.known) {
      this.asOf(fact.readAt)
      if (fact.missing !== undefined) this.missing(topic, fact.missing)
      return fact.value
    }
    this.missing(topic, fact.reason)
    return null
  }

  missing(topic: TopicFacts, reason: string): void {
    this.#missing.addTopic(topic, NaN, reason)
    this.#reasons.add(reason)
  }

  /** Says nothing where nothing was found, unless it is about the cluster. */
  add(variant: string, level: EffectLevel, found: Found, shown: Shown = {}): void {
    if (found.topicCount === 0 && shown.cluster !== true) return
    this.#push(variant, level, found, shown, '')
  }

  /** About the cluster as a whole, not about a topic of the plan. */
  unknown(variant: string, reason: string): void {
    this.#push(variant, 'unknown', new Found(), {}, reason)
  }

  /** Everything said, with what could not be found out as `<rule>.unknown`. To be called once. */
  effects(): readonly Effect[] {
    if (this.#missing.topicCount > 0) {
      const reasons = [...this.#reasons]
      const more = reasons.length > MAX_REASONS ? `; and ${reasons.length - MAX_REASONS} more` : ''
      this.#push('unknown', 'unknown', this.#missing, {}, reasons.slice(0, MAX_REASONS).join('; ') + more)
    }
    return this.#effects
  }

  #push(variant: string, level: EffectLevel, found: Found, { figures, noteUnit }: Shown, reason: string): void {
    const { topicCount, partitionCount } = found
    this.#effects.push({
      id: `${this.rule}.${variant}`,
      rule: this.rule,
      variant,
      level,
      figures: { partitionCount, topicCount, ...this.#all, ...figures },
      topicCount,
      partitionCount,
      rows: found.rows(),
      ...(noteUnit === undefined ? {} : { noteUnit }),
      readAt: this.#readAt,
      reason,
    })
  }
}

/** Known without a gap: only then may a rule say that there is nothing. */
export const isWhole = (fact: Fact<unknown>): boolean => fact.known && fact.missing === undefined

/** Distinct values as a short list: `1, 2, 3 …`. */
export function listText(values: Iterable<string | number>, most = 5): string {
  const distinct = [...new Set(values)].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )
  return distinct.slice(0, most).join(', ') + (distinct.length > most ? ' …' : '')
}
