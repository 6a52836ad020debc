import type { Effect, EffectLevel } from '../../../contract/change'
import { PhraseSet } from '../../../shared/words/distinct'
import { effectPhrase } from '../../../shared/words/entries'
import type { FiguresOf, Phrase, Rule, VariantOf } from '../../../shared/words/phrase'
import type { Unit } from '../../../shared/words/table'
import { Found } from './found'
import type { Fact, TopicFacts } from './guard'

const MAX_REASONS = 3

interface Plain {
  readonly noteUnit?: Unit
  /** It is about the cluster: said although no topic was found. */
  readonly cluster?: boolean
}
type Figures = Readonly<Record<string, number | string>>
/** What a variant is said with: its own figures, where its text has some (shared/words/phrases/effects.ts). */
export type Shown<R extends Rule, V> = keyof FiguresOf<R, V> extends never
  ? [shown?: Plain]
  : [shown: Plain & { readonly figures: FiguresOf<R, V> }]

/**
 * What one rule says about one plan. It keeps the age of the oldest fact the rule has used so far, and collects what it could not find out: that
 * becomes one 'unknown' effect, so that a rule cannot forget to say it.
 */
export class Says<R extends Rule> {
  readonly #effects: Effect[] = []
  readonly #missing = new Found()
  readonly #reasons = new PhraseSet()
  readonly #all: { readonly allPartitionCount: number; readonly allTopicCount: number }
  #readAt = NaN

  constructor(
    private readonly rule: R,
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
      if (fact.missing !== undefined) this.missing(topic, ...fact.missing)
      return fact.value
    }
    this.missing(topic, ...fact.reasons)
    return null
  }

  missing(topic: TopicFacts, ...reasons: readonly Phrase[]): void {
    this.#missing.addTopic(topic, NaN, '', reasons)
    this.#reasons.add(...reasons)
  }

  /** Says nothing where nothing was found, unless it is about the cluster. */
  add<V extends VariantOf<R>>(variant: V, level: EffectLevel, found: Found, ...[shown = {}]: Shown<R, V>): void {
    if (found.topicCount === 0 && shown.cluster !== true) return
    this.#push(variant, level, found, shown, [])
  }

  /** About the cluster as a whole, not about a topic of the plan. */
  unknown(variant: VariantOf<R>, ...reasons: readonly Phrase[]): void {
    this.#push(variant, 'unknown', new Found(), {}, reasons)
  }

  /** Everything said, with what could not be found out as `<rule>.unknown`. To be called once. */
  effects(): readonly Effect[] {
    if (this.#missing.topicCount > 0) {
      const reasons = this.#reasons.values()
      const left = reasons.length - MAX_REASONS
      const more: Phrase[] = left > 0 ? [{ id: 'why.more', args: { count: { unit: 'count', value: left } } }] : []
      this.#push('unknown', 'unknown', this.#missing, {}, [...reasons.slice(0, MAX_REASONS), ...more])
    }
    return this.#effects
  }

  #push(
    variant: string,
    level: EffectLevel,
    found: Found,
    { figures, noteUnit }: Plain & { readonly figures?: Figures },
    reasons: readonly Phrase[],
  ): void {
    const { topicCount, partitionCount } = found
    this.#effects.push({
      id: `${this.rule}.${variant}`,
      level,
      says: effectPhrase(`${this.rule}.${variant}`, { partitionCount, topicCount, ...this.#all, ...figures }),
      topicCount,
      partitionCount,
      rows: found.rows(),
      ...(noteUnit === undefined ? {} : { noteUnit }),
      readAt: this.#readAt,
      reasons,
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
