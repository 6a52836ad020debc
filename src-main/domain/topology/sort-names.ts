import type { Sliced } from '../slices'

const RUN = 2048
const MERGE_PIECE = 8192

/**
 * Indices of `names` in code unit order (the order brokers and tools agree on, independent of locale), as an
 * interruptible merge sort.
 */
export function* sortNames(names: readonly string[]): Sliced<Uint32Array> {
  const count = names.length
  let from = new Uint32Array(count)
  let into = new Uint32Array(count)
  for (let i = 0; i < count; i++) from[i] = i
  const before = (a: number, b: number): number => (names[a]! < names[b]! ? -1 : names[a]! > names[b]! ? 1 : a - b)
  for (let start = 0; start < count; start += RUN) {
    from.subarray(start, Math.min(start + RUN, count)).sort(before)
    yield
  }
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count)
      const end = Math.min(start + 2 * width, count)
      let left = start
      let right = middle
      for (let out = start; out < end; out++) {
        const takeLeft = left < middle && (right >= end || before(from[left]!, from[right]!) <= 0)
        into[out] = takeLeft ? from[left++]! : from[right++]!
        if (out % MERGE_PIECE === 0) yield
      }
    }
    const swap = from
    from = into
    into = swap
  }
  return from
}
