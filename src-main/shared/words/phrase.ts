/** A phrase as it is sent and kept: which one, and its values. It becomes a sentence where a person reads it (say.ts). */
import type { EFFECTS } from './phrases/effects'
import type { PHRASES } from './phrases/phrases'
import type { COMMON, Kind, Quantity, Unit } from './table'

export type Rule = keyof typeof EFFECTS
export type VariantOf<R extends Rule> = keyof (typeof EFFECTS)[R] & string
type EntryOf<R extends Rule, V> = V extends keyof (typeof EFFECTS)[R] ? (typeof EFFECTS)[R][V] : never
type OwnKinds<R extends Rule, V> = EntryOf<R, V> extends { readonly args: infer A } ? A : never

/** Figures of an effect besides those every effect has, as plain values: their units are the table's. */
export type FiguresOf<R extends Rule, V> = {
  readonly [A in keyof OwnKinds<R, V>]: OwnKinds<R, V>[A] extends Unit ? number : string
}

export type EffectId = { [R in Rule]: `effect.${R}.${VariantOf<R>}` }[Rule]

interface Values {
  readonly text: string
  readonly number: number
  readonly said: string
  readonly phrase: Phrase
  readonly phrases: readonly Phrase[]
}
type ValueOf<K> = K extends Unit ? Quantity<K> : K extends keyof Values ? Values[K] : never
export type Value = ValueOf<Kind>

export type PhraseId = EffectId | keyof typeof PHRASES
type KindsOf<I> = I extends keyof typeof PHRASES
  ? (typeof PHRASES)[I]['args']
  : I extends `effect.${infer R extends Rule}.${infer V}`
    ? OwnKinds<R, V> & typeof COMMON
    : never
type ArgsOf<I extends PhraseId> = { readonly [A in keyof KindsOf<I>]: ValueOf<KindsOf<I>[A]> }
export type Phrase = { [I in PhraseId]: { readonly id: I; readonly args: ArgsOf<I> } }[PhraseId]
