/** What a table of phrases may be. A phrase that misses a language, or whose text misses one of its values, does not compile. */
import type { Language } from './language'

/** `in-sync`: members of an ISR. */
export const UNITS = ['count', 'records', 'bytes', 'ms', 'in-sync'] as const
export type Unit = (typeof UNITS)[number]

/** A figure with what it counts. NaN = unknown; of a setting, Infinity and -1 = no limit. */
export interface Quantity<U extends Unit = Unit> {
  readonly unit: U
  readonly value: number
}

/**
 * What a value of a phrase is. 'text': a name, a list of names, a key, as it stands in Kafka. 'number': what is called by a number (a broker, a
 * partition, an error code). 'said': somebody else's words, a broker's or of an error, which are not translated. 'phrase', 'phrases': others of the table.
 */
export type Kind = Unit | 'text' | 'number' | 'said' | 'phrase' | 'phrases'

/** Values stand in it as `{name}`. Where a language has a singular and a plural, the value that decides is named. */
export type Text = string | { readonly by: string; readonly one: string; readonly other: string }

export type Entry = { readonly args: Readonly<Record<string, Kind>> } & { readonly [L in Language]: Text }

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type NamesOf<T> = T extends { readonly by: infer By; readonly one: infer One; readonly other: infer Other }
  ? By | NamesIn<One> | NamesIn<Other>
  : NamesIn<T>

/** Names a text has that nobody gives, or that are given and in no text. */
type Astray<E extends Entry, Common> = {
  [L in Language]: Exclude<NamesOf<E[L]>, keyof E['args'] | Common> | Exclude<keyof E['args'], NamesOf<E[L]>>
}[Language]

export type Checked<T extends Readonly<Record<string, Entry>>, Common = never> = {
  readonly [I in keyof T]: [Astray<T[I], Common>] extends [never] ? T[I] : { readonly astray: Astray<T[I], Common> }
}

/** Phrases by their id. */
export const phrases = <const T extends Readonly<Record<string, Entry>>>(table: T & Checked<T>): T => table

/** How much of a plan an effect holds for: every text of one may say so. */
export const COMMON = {
  partitionCount: 'count',
  topicCount: 'count',
  allPartitionCount: 'count',
  allTopicCount: 'count',
} as const
export type Common = keyof typeof COMMON

/** What a text of an effect may also name: how many of how many, with a form for all of them and for the only one. */
export const SHARES = {
  partitionShare: ['partitionCount', 'allPartitionCount'],
  topicShare: ['topicCount', 'allTopicCount'],
} as const satisfies Readonly<Record<string, readonly [Common, Common]>>
export type Share = keyof typeof SHARES

type Rules = Readonly<Record<string, Readonly<Record<string, Entry>>>>

/** Effects by rule and variant; `effect.<rule>.<variant>` is the id. */
export const effects = <const T extends Rules>(
  table: T & { readonly [R in keyof T]: Checked<T[R], Common | Share> },
): T => table
