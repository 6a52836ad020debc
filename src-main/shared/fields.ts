/**
 * Fields of something that is saved: what a value may be, what it is at first, how it is read back. A definition made of them is the one
 * place for its type, its check and its defaults, in both processes.
 */

/** What is wrong with a value, and where: `['tls', 'caFile']`. Never the value itself, it may be a password. */
export interface FieldFault {
  readonly path: readonly string[]
  readonly what: string
}

export interface Field<T> {
  /** Of something new. */
  readonly initial: T
  /** null = the value is one of this field. */
  readonly fault: (value: unknown) => FieldFault | null
  /** The value with whatever it lacks, because an older version wrote it, as `initial` has it. Checks nothing. */
  readonly completed: (value: unknown) => unknown
}

export type ValueOf<F> = F extends Field<infer T> ? T : never
type Fields = Readonly<Record<string, Field<unknown>>>
type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }

const at = (key: string, inner: FieldFault | null): FieldFault | null =>
  inner && { path: [key, ...inner.path], what: inner.what }
const wrong = (what: string): FieldFault => ({ path: [], what })
const asObject = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

function leaf<T>(initial: T, isOne: (value: unknown) => boolean, what: string): Field<T> {
  return {
    initial,
    fault: (value) => (isOne(value) ? null : wrong(what)),
    completed: (value) => (value === undefined ? initial : value),
  }
}

/** One line: no control characters. */
export const text = (most: number, least = 0): Field<string> =>
  leaf(
    '',
    (value) => typeof value === 'string' && value.length >= least && value.length <= most && !/\p{Cc}/u.test(value),
    `not a line of ${least} to ${most} characters`,
  )

export const pattern = (shape: RegExp): Field<string> =>
  leaf('', (value) => typeof value === 'string' && shape.test(value), `not ${shape.source}`)

/** One of a closed set; the first at first. */
export const choice = <const V extends readonly [string, ...string[]]>(
  ...values: V
): Field<V[number]> & { readonly values: V } => ({
  ...leaf<V[number]>(values[0], (value) => values.some((one) => one === value), `not one of ${values.join(', ')}`),
  values,
})

export const flag = (initial: boolean): Field<boolean> =>
  leaf(initial, (value) => typeof value === 'boolean', 'not true or false')

/** A whole number that `isOne` takes. */
export const whole = (initial: number, isOne: (value: number) => boolean, what: string): Field<number> =>
  leaf(initial, (value) => typeof value === 'number' && Number.isInteger(value) && isOne(value), what)

export function list<T>(item: Field<T>, most: number): Field<readonly T[]> {
  return {
    initial: [],
    fault(value) {
      if (!Array.isArray(value) || value.length === 0 || value.length > most) return wrong(`not 1 to ${most} of them`)
      for (const [n, one] of value.entries()) {
        const fault = at(String(n), item.fault(one))
        if (fault !== null) return fault
      }
      return null
    },
    completed: (value) => (value === undefined ? [] : value),
  }
}

/** Every one of these and nothing else. */
export function group<F extends Fields>(fields: F): Field<ValuesOf<F>> {
  const entries = Object.entries(fields)
  const object = (valueOf: (key: string, field: Field<unknown>) => unknown): Record<string, unknown> =>
    Object.fromEntries(entries.map(([key, field]) => [key, valueOf(key, field)]))
  return {
    initial: object((_key, { initial }) => initial) as ValuesOf<F>,
    fault(value) {
      const given = asObject(value)
      if (given === null) return wrong('not an object')
      const odd = Object.keys(given).find((key) => !Object.hasOwn(fields, key))
      if (odd !== undefined) return wrong('has a member it does not know')
      for (const [key, field] of entries) {
        const fault = at(key, field.fault(given[key]))
        if (fault !== null) return fault
      }
      return null
    },
    completed(value) {
      const given = value === undefined ? {} : asObject(value)
      return given === null ? value : object((key, field) => field.completed(given[key]))
    },
  }
}

/** Nothing, or a group; nothing at first. */
export const maybe = <T>(field: Field<T>): Field<T | null> => ({
  initial: null,
  fault: (value) => (value === null ? null : field.fault(value)),
  completed: (value) => (value === null || value === undefined ? null : field.completed(value)),
})

type Members<D extends string, M extends Readonly<Record<string, Fields>>> = {
  readonly [K in keyof M]: { readonly [N in D]: K } & ValuesOf<M[K]>
}[keyof M]

/** A union: the member `by` says which group the others are of. The first at first. */
export function union<D extends string, M extends Readonly<Record<string, Fields>>>(
  by: D,
  members: M,
): Field<Members<D, M>> {
  const groups = new Map(
    Object.entries(members).map(([name, fields]) => [name, group({ ...fields, [by]: choice(name) })]),
  )
  const groupOf = (value: unknown): Field<unknown> | undefined => {
    const name = asObject(value)?.[by]
    return typeof name === 'string' ? groups.get(name) : undefined
  }
  const [first] = groups.values()
  return {
    initial: first?.initial as Members<D, M>,
    fault: (value) => {
      const found = groupOf(value)
      return found === undefined
        ? { path: [by], what: `not one of ${[...groups.keys()].join(', ')}` }
        : found.fault(value)
    },
    completed: (value) => groupOf(value)?.completed(value) ?? value,
  }
}

/** What was stored, as a value of today. Throws what is wrong with it: half a cluster must not be connected to. */
export function restored<T>(field: Field<T>, stored: unknown): T {
  const value = field.completed(stored)
  const fault = field.fault(value)
  if (fault !== null) throw new Error(`What was stored cannot be used: ${[...fault.path, fault.what].join(': ')}`)
  return value as T
}
