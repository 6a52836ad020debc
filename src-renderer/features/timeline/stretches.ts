/** From changes that were seen, how something stood between them. Pure. */

/** It was `before` until some moment after `from` and is `after` from `to` on at the latest; null = not known. `from` NaN: it was so at the first look. */
export interface Change<T> {
  readonly from: number
  readonly to: number
  readonly before: T | null
  readonly after: T | null
}

/** `as` null: not known. `maybe`: it changed somewhere in here. */
export interface Stood<T> {
  readonly from: number
  readonly to: number
  readonly as: T | null
  readonly maybe: boolean
}

/** What lies closer together is one look. */
const ONE_LOOK_MS = 5_000

/**
 * Stretches of `from`–`until`, without holes. Changes in the order in which they were seen. `now`: how it stands at `until` where that is known and nothing changed. Two changes that do not fit together had another in
 * between that nobody saw: what is between them is not known.
 */
export function stoodIn<T>(
  changes: readonly Change<T>[],
  from: number,
  until: number,
  now: T | null,
  isSame: (a: T, b: T) => boolean = Object.is,
): readonly Stood<T>[] {
  const found: Stood<T>[] = []
  let at = from
  const add = (to: number, as: T | null, maybe = false): void => {
    const end = Math.min(to, until)
    if (end <= at) return
    const last = found.at(-1)
    const goesOn = last?.maybe === maybe && last.as !== null && as !== null && isSame(last.as, as)
    if (goesOn) found[found.length - 1] = { ...last, to: end }
    else found.push({ from: at, to: end, as, maybe })
    at = end
  }
  let as: T | null = changes.length === 0 ? now : null
  changes.forEach((change, index) => {
    const first = index === 0
    const began = Number.isNaN(change.from) ? change.to : Math.min(change.from, change.to)
    const before = Number.isNaN(change.from) ? null : change.before
    const fits = first || (as !== null && before !== null && isSame(as, before))
    if (first) add(began, before)
    else if (fits) add(began, as)
    else add(began, null, as !== null && before !== null)
    if (change.to - began > ONE_LOOK_MS) add(change.to, null, true)
    else add(change.to, fits ? (before ?? as) : null)
    at = Math.max(at, Math.min(change.to, until))
    as = change.after
  })
  add(until, as)
  return found
}
