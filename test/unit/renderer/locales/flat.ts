interface Texts {
  readonly [key: string]: string | Texts
}

/** Every text with its whole key. */
export const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flat(value, `${path}${key}.`),
  )

/** Names of the values that a text has, those of all its plural forms, sorted. */
export const valuesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort()
