/** Takes secrets out of what goes to the log: the ones we know by value, and what looks like one by its name. */
const HIDDEN = '•••'

const NAMED = /((?:password|passphrase|secret|token|jaas[\w.]*)["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;}]+)/gi
const IN_ADDRESS = /(\/\/[^\s/:@]*:)[^\s/@]+@/g

/** `known` are the secrets in use now; shorter ones than 3 characters are left, they would tear every line apart. */
export function redact(text: string, known: Iterable<string>): string {
  let clean = text
  // Longest first: a secret that contains another must not leave its rest behind.
  const values = [...known].filter((value) => value.length >= 3).sort((a, b) => b.length - a.length)
  for (const value of values) {
    clean = clean.replaceAll(value, HIDDEN)
    clean = clean.replaceAll(JSON.stringify(value).slice(1, -1), HIDDEN)
  }
  return clean.replace(NAMED, `$1${HIDDEN}`).replace(IN_ADDRESS, `$1${HIDDEN}@`)
}
