/** Words of a POSIX shell, and what every kafka-….sh line has in common. */

const PLAIN_WORD = /^[A-Za-z0-9_./:@%+=,-]+$/

/** In single quotes, so that the shell leaves it as it is. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** One word, quoted where it has to be. */
export const shellWord = (text: string): string => (PLAIN_WORD.test(text) ? text : quoted(text))

/** How the tools reach a cluster. */
export interface ToolAccess {
  readonly bootstrap: readonly string[]
  /** Sign-in and certificates are a file of the person's own; its usual name, PROPERTIES_FILE, stands for it. */
  readonly secured: boolean
}

export const PROPERTIES_FILE = 'client.properties'

export const accessOf = (profile: {
  readonly bootstrap: readonly string[]
  readonly tls: object | null
  readonly sasl: object | null
}): ToolAccess => ({ bootstrap: profile.bootstrap, secured: profile.tls !== null || profile.sasl !== null })

export function toolLine(tool: string, { bootstrap, secured }: ToolAccess, words: readonly string[]): string {
  const access = ['--bootstrap-server', bootstrap.join(','), ...(secured ? ['--command-config', PROPERTIES_FILE] : [])]
  return [tool, ...access, ...words].map(shellWord).join(' ')
}
