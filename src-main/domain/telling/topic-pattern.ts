/** Whether `name` is made of these parts, with anything in between; linear, whatever a person types. */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false
  const end = name.length - last.length
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

/** `payments.*, orders`: names with `*`, comma-separated. A text without a name takes every topic. */
export function topicPattern(text: string): (topic: string) => boolean {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => name.split('*'))
  return names.length === 0 ? () => true : (topic) => names.some((parts) => matches(parts, topic))
}
