import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronRuntime } from './electron'
import { projectRoot } from './places'

/**
 * Arguments without which Chromium refuses to start here. Its own sandbox cannot work for root, nor where the kernel keeps
 * user namespaces from ordinary programs (Ubuntu 24.04) and the helper beside the binary is not setuid.
 */
export function electronFlags(runtime: ElectronRuntime): string[] {
  if (process.platform !== 'linux') return []
  return [...sandboxFlags(runtime), ...(sharedMemoryIsSmall() ? ['--disable-dev-shm-usage'] : [])]
}

const sandboxFlags = (runtime: ElectronRuntime): string[] =>
  process.getuid?.() === 0 || (namespacesAreRestricted() && !hasSetuidHelper(runtime)) ? ['--no-sandbox'] : []

/** A container has 64 MB of it unless told otherwise, and a page that runs out of it dies without a word. */
function sharedMemoryIsSmall(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize < 256 * 1024 * 1024
  } catch {
    return true
  }
}

function namespacesAreRestricted(): boolean {
  const read = (name: string): string => {
    try {
      return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim()
    } catch {
      return ''
    }
  }
  return read('apparmor_restrict_unprivileged_userns') === '1' || read('unprivileged_userns_clone') === '0'
}

function hasSetuidHelper({ folder }: ElectronRuntime): boolean {
  const helper = statSync(join(folder, 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0
}

export interface AppWindow {
  readonly child: ChildProcess
  /** Resolves with the exit code, null when it was ended by a signal. */
  readonly ended: Promise<number | null>
  /** The last lines it printed, for the case that it ends badly. */
  output(): string
  close(): void
}

/** Starts the built app. It goes with us: by its exit handler, or by the guardian of the sandbox that records its pid. */
export function openWindow(runtime: ElectronRuntime, env: Readonly<Record<string, string>>): AppWindow {
  const child = spawn(runtime.executable, [projectRoot, ...electronFlags(runtime)], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output = (output + text.toString()).slice(-8000)
    })
  }
  const close = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', close)
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(-1)
    })
    child.once('exit', (code) => {
      process.off('exit', close)
      resolve(code)
    })
  })
  return { child, ended, output: () => output, close }
}
