import type { Reader } from './reader'

/** What an answer says of one thing it says once: of two statements neither could be believed. `things` are named in the error, `said` says what is wrong. */
export function eachOnce(r: Reader, things: readonly string[], said: string): void {
  const seen = new Set<string>()
  for (const thing of things) {
    if (seen.has(thing)) r.fail('malformed', `${thing} is ${said} twice`)
    seen.add(thing)
  }
}
