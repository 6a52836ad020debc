/**
 * A step of a change as text and back, with nothing lost: JSON turns NaN, Infinity and -0 into something else, and unknown must stay unknown.
 * Such a number becomes `{"$number": "NaN"}`; a key of the data that begins with `$` gets a second one, so that no data can look like a number.
 */
const NUMBER = '$number'
const isPlain = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0)

function tag(value: unknown): unknown {
  if (typeof value === 'number')
    return isPlain(value) ? value : { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const tagged = value.map(tag)
    return tagged.some((part, at) => part !== value[at]) ? tagged : value
  }
  const entries = Object.entries(value)
  const tagged = entries.map(([key, part]): [string, unknown] => [key.startsWith('$') ? `$${key}` : key, tag(part)])
  // fromEntries defines its properties: a key `__proto__` stays a key.
  return tagged.some(([key, part], at) => key !== entries[at]![0] || part !== entries[at]![1])
    ? Object.fromEntries(tagged)
    : value
}

function untag(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(untag)
  const entries = Object.entries(value)
  if (entries.length === 1 && entries[0]![0] === NUMBER) return Number(entries[0]![1])
  return Object.fromEntries(entries.map(([key, part]) => [key.startsWith('$$') ? key.slice(1) : key, untag(part)]))
}

export const toBody = (value: unknown): string => JSON.stringify(tag(value))

/** Throws on a text that is not JSON. Most bodies hold nothing tagged and are not walked. */
export function fromBody(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return text.includes('"$') ? untag(value) : value
}
