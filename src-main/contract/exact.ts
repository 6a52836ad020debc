/**
 * `z.ZodType<T>` alone takes a schema that lacks an optional field of T or a value of one of its closed sets, and a strict object then refuses
 * at run time what the type allows. `Exact` compares both ways.
 */
import type { z } from 'zod'

/** `readonly` off, all the way down: a schema infers mutable types, the contract's are read-only. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T

/** As Plain, and every optional member there: one that is missing on one side only shows that way. */
type Whole<T> = T extends object ? { -readonly [K in keyof T]-?: Whole<T[K]> } : T
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Same<A, B> = Mutual<A, B> extends true ? Mutual<Whole<A>, Whole<B>> : false

type DiffersIn<A, B> = {
  [K in keyof A | keyof B]: K extends keyof A & keyof B ? (Same<Pick<A, K>, Pick<B, K>> extends true ? never : K) : K
}[keyof A | keyof B]

/** `S & Exact<S, T>` is S for a schema that lets through exactly T, else a type that no schema has and that names the members. */
export type Exact<S extends z.ZodType, T> =
  Same<Plain<z.infer<S>>, Plain<T>> extends true
    ? unknown
    : { readonly differsIn: DiffersIn<Plain<z.infer<S>>, Plain<T>> }

export const exactly =
  <T>() =>
  <S extends z.ZodType<T>>(schema: S & Exact<S, T>): z.ZodType<T> =>
    schema
