const entries = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((entry) => entry !== ''),
  )

/**
 * Whether `after` has none of the addresses `before`. Password and passphrase in the form were typed or pasted for those, and
 * with all of them gone they would be sent to servers that nobody gave them for. Adding an address, or replacing some, keeps
 * them; so does what comes after no address at all, where nothing says whose they are but the person.
 */
export function leadsElsewhere(before: string, after: string): boolean {
  const there = entries(before)
  const left = entries(after)
  return there.size > 0 && left.size > 0 && ![...left].some((entry) => there.has(entry))
}
