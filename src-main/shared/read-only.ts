/** Tables of typed arrays as whoever only reads them sees them. JavaScript cannot freeze a typed array, so the types have to. */
type Cells = Float64Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array

/** What writes into a typed array, or hands out something that can. */
type Writers = 'copyWithin' | 'fill' | 'reverse' | 'set' | 'sort' | 'subarray' | 'buffer' | 'valueOf'

/** A column that cannot be written. `slice` gives a copy that can. */
export type ReadOnlyCells<C extends Cells> = Readonly<Omit<C, Writers>>

/** The same table with columns and lists that cannot be written and maps that cannot be filled. Not deep. */
export type ReadOnlyColumns<T> = {
  readonly [K in keyof T]: T[K] extends Cells
    ? ReadOnlyCells<T[K]>
    : T[K] extends Map<infer Key, infer Value>
      ? ReadonlyMap<Key, Value>
      : T[K] extends (infer Item)[]
        ? readonly Item[]
        : T[K]
}
