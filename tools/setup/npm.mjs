/** What npm said when it failed, and whether it is worth another try. Pure. */

/** Connections that broke, servers that were busy, archives that arrived damaged. No such host is not one of them: npm has tried that often enough. */
const PASSING =
  /\b(ECONNRESET|ECONNREFUSED|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|EAI_AGAIN|EPIPE|EINTEGRITY|E429|E5\d\d)\b|socket hang up|network timeout/
const UNREACHED = /\b(ENOTFOUND|ENETUNREACH|EHOSTUNREACH)\b/

export const isPassing = (output) => PASSING.test(output)

/** One line for the person: npm's code, its first sentence, and what to do about it. */
export function npmFailure(what, output, code) {
  const lines = output
    .split('\n')
    .map((line) => /^npm (?:error|ERR!) (.+)$/.exec(line.trim())?.[1] ?? '')
    .filter((line) => line !== '' && !line.startsWith('A complete log'))
  const reason = lines.slice(0, 2).join(': ') || output.trim().split('\n').at(-1) || `exit code ${code}`
  const advice =
    isPassing(output) || UNREACHED.test(output)
      ? 'Check the connection to the npm registry and run this again.'
      : 'Put that right and run this again.'
  return `${what} failed: ${reason.replace(/[.:]$/, '').slice(0, 300)}. ${advice}`
}
