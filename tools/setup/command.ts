import { spawn } from 'node:child_process'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface CommandResult {
  readonly code: number | null
  readonly output: string
  readonly timedOut: boolean
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly limitMs?: number
  readonly onLine?: (line: string) => void
  /** Others go before it where there is work for every processor. Windows gives it the same share as all. */
  readonly yields?: boolean
}

/** What others go before still has a tenth of a processor's time (sched(7)): enough not to run into its own limits. */
const YIELDING = 10

/** Linux shares processors between sessions first, where it groups by them, and a nice value counts within one alone: the session itself has to yield, too. */
function letSessionYield(leader: number | undefined): void {
  try {
    writeFileSync(`/proc/${leader ?? 0}/autogroup`, String(YIELDING))
  } catch {
    // It does not group, or this is no Linux.
  }
}

/** Runs a program to its end and keeps what it printed. Answers instead of throwing: the caller knows what a failure means. */
export function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32'
    const [first, all] =
      options.yields === true && !windows ? ['nice', ['-n', String(YIELDING), program, ...args]] : [program, args]
    const child = spawn(first, all, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group, so that the time limit also ends what it started.
      detached: !windows,
      // Windows starts scripts only through a shell.
      shell: windows && /^npm$|\.(cmd|bat)$/i.test(program),
    })
    if (options.yields === true) letSessionYield(child.pid)
    let output = ''
    let timedOut = false
    const take = (chunk: Buffer): void => {
      const text = chunk.toString()
      output += text
      if (options.onLine) for (const line of text.split(/\r?\n/)) if (line.trim()) options.onLine(line)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const stop = (): void => killGroup(child.pid)
    const timer = setTimeout(() => {
      timedOut = true
      stop()
    }, options.limitMs ?? 600_000)
    process.once('exit', stop)
    const finish = (code: number | null): void => {
      clearTimeout(timer)
      process.off('exit', stop)
      resolve({ code, output, timedOut })
    }
    child.on('error', (error) => {
      output += error.message
      finish(null)
    })
    child.on('close', finish)
  })
}

/** SIGKILL to a process and everything in its group (it must have been started detached). */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // Already gone, which is what was wanted.
  }
}

/** The full path of a program on the PATH, or null. */
export function which(program: string): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        continue
      }
    }
  }
  return null
}

export const lastLines = (text: string, count = 3): string => text.trim().split('\n').slice(-count).join(' | ')
