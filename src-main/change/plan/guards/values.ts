/** Values of settings as rules need them. Kafka trims them and reads booleans in either case (ConfigDef.parseType). */
import { isUnlimited } from '../../../shared/unlimited'
import type { GuardFacts, TopicFacts } from './guard'

/** The number a key's value stands for: Infinity where it is no limit; NaN = not told, or not a whole number. */
export function amount(key: string, text: string | null | undefined): number {
  if (text === null || text === undefined || !/^\s*[+-]?\d+\s*$/.test(text)) return NaN
  return isUnlimited(key, text) ? Infinity : Number(text)
}

export const isTrue = (text: string | null | undefined): boolean => text?.trim().toLowerCase() === 'true'
export const isFalse = (text: string | null | undefined): boolean => text?.trim().toLowerCase() === 'false'

/** Elements of a list value, e.g. of `cleanup.policy`. */
export const elements = (text: string): readonly string[] =>
  text
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '')

export interface TextStep {
  readonly topic: TopicFacts
  /** null = not told. */
  readonly before: string | null
  readonly after: string
}

/** Topics in which the value of a key changes. A value after that is not told is left out here: the rule `value` speaks for it. */
export function* textSteps(facts: Pick<GuardFacts, 'topics'>, key: string): Generator<TextStep> {
  for (const topic of facts.topics) {
    const change = topic.changes.get(key)
    if (change === undefined || change.after.value === null || change.after.value === change.before.value) continue
    yield { topic, before: change.before.value, after: change.after.value }
  }
}

export interface NumberStep {
  readonly topic: TopicFacts
  /** NaN = not told: then it is neither certain that the value goes up nor that it goes down, so rules look at both. */
  readonly before: number
  readonly after: number
}

/** As textSteps, for keys that are numbers. */
export function* numberSteps(facts: Pick<GuardFacts, 'topics'>, key: string): Generator<NumberStep> {
  for (const step of textSteps(facts, key)) {
    const before = amount(key, step.before)
    const after = amount(key, step.after)
    if (!Number.isNaN(after) && after !== before) yield { topic: step.topic, before, after }
  }
}

/** What held before; undefined = not told. */
export function valueBefore(topic: TopicFacts, key: string): string | undefined {
  const change = topic.changes.get(key)
  return change === undefined ? topic.config.get(key) : (change.before.value ?? undefined)
}

type Change = NonNullable<ReturnType<TopicFacts['changes']['get']>>

/** Whether a change may make a number smaller: also where the value before is not told. */
export function lowers(key: string, change: Change): boolean {
  const after = amount(key, change.after.value)
  return !Number.isNaN(after) && !(after >= amount(key, change.before.value))
}

export function mayLower(changes: TopicFacts['changes'], key: string): boolean {
  const change = changes.get(key)
  return change !== undefined && lowers(key, change)
}

/** What holds once the change is made; undefined = not told. */
export function valueAfter(topic: TopicFacts, key: string): string | undefined {
  const change = topic.changes.get(key)
  return change === undefined ? topic.config.get(key) : (change.after.value ?? undefined)
}
