/** What went wrong in words a newcomer can act on: printed as one line, without a stack. */
export class SetupError extends Error {
  name = 'SetupError'
}

const started = Date.now()

/** Prints `[ 12.3 s] text`, the time since the command was typed, so that a slow step is seen while it is slow. */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5)
  process.stderr.write(`[${seconds} s] ${text}\n`)
}

/**
 * Runs one named step and says when it starts (if it takes longer than a blink) and how long it took.
 * `work` receives a function to report progress and returns what the step found; `describe` turns that into a few words.
 */
export async function step(label, work, describe = () => '') {
  const begin = Date.now()
  const announce = setTimeout(() => say(`${label} …`), 250)
  try {
    const result = await work((detail) => say(`${label}: ${detail}`))
    const words = describe(result)
    say(`${label}: ready${words ? `, ${words}` : ''} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
    return result
  } finally {
    clearTimeout(announce)
  }
}

/** The last word of a failed command. Ours are one line; anything else is a defect of the tool and keeps its stack. */
export function explain(error) {
  if (error instanceof Error && error.name === 'SetupError') return `✗ ${error.message}`
  return `✗ Unexpected failure of this tool: ${error instanceof Error ? error.stack : String(error)}`
}
