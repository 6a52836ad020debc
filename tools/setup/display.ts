import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lastLines, run, which } from './command'
import type { CommandResult } from './command'
import { SetupError } from './progress.mjs'

export interface Display {
  /** What a child needs in its environment to draw there. */
  readonly env: Readonly<Record<string, string>>
  readonly virtual: boolean
  close(): void
}

/**
 * Installs what Electron and a virtual screen need on a bare Debian or Ubuntu. Since their change to 64-bit times (Debian 13, Ubuntu 24.04) the sound
 * library has another name, and several packages claim the old one; those of the others still lead to the new ones.
 */
export const displayPackagesCommand =
  'apt-get update && apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends xvfb xauth libgtk-3-0 libnss3 ' +
  '$(apt-cache show libasound2t64 >/dev/null 2>&1 && echo libasound2t64 || echo libasound2) libgbm1 libxss1 libxtst6'

export const hasDisplay = (env: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/**
 * The screen that is there, or where there is none a new invisible one. `virtual`: rather an invisible one, so that windows
 * do not pop up under somebody's hands, unless that would take an installation.
 */
export async function openDisplay(report: (detail: string) => void = () => {}, virtual = false): Promise<Display> {
  const invisible = virtual && process.platform === 'linux' && which('Xvfb') !== null
  if (hasDisplay() && !invisible) return { env: {}, virtual: false, close: () => {} }
  await ensureDisplayPackages(report)
  // Two that start at once may reach for the same number; one of them then ends.
  return startXvfb().catch(startXvfb)
}

/** Installs the packages when it may (root on Debian), else names the one command to run. */
async function ensureDisplayPackages(report: (detail: string) => void): Promise<void> {
  const missing = which('Xvfb') === null || (await lacksLibraries())
  if (!missing) return
  const command = displayPackagesCommand
  const may = process.getuid?.() === 0 && existsSync('/etc/debian_version') && which('apt-get') !== null
  if (!may)
    throw new SetupError(
      `There is no display and Xvfb or Electron's libraries are missing. Run: sudo sh -c '${command}'`,
    )
  report('installing Xvfb and the libraries of Electron')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = (): Promise<CommandResult> => run('sh', ['-c', command], { env, limitMs: 600_000 })
  let result = await install()
  // A mirror that hiccups, or another apt-get at the lists.
  if (result.code !== 0 && !result.timedOut) result = await install()
  if (result.code !== 0)
    throw new SetupError(`apt-get could not install them (${lastLines(result.output)}). Run: ${command}`)
}

/** The libraries that Electron links and that a server usually lacks. */
async function lacksLibraries(): Promise<boolean> {
  const ldconfig = which('ldconfig') ?? '/sbin/ldconfig'
  const { code, output } = await run(ldconfig, ['-p'], { limitMs: 10_000 })
  if (code !== 0) return false
  return ['libgtk-3.so.0', 'libnss3.so', 'libasound.so.2', 'libgbm.so.1'].some((library) => !output.includes(library))
}

const START_LIMIT_MS = 60_000

/** Xvfb picks a free number itself (-displayfd), so two runs at once cannot meet on one screen. */
function startXvfb(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-dpi', '96']
  // Where the system offers it, the screen also ends when we are killed.
  const setpriv = which('setpriv')
  const [program, ...before] = setpriv ? [setpriv, '--pdeathsig', 'TERM', 'Xvfb'] : ['Xvfb']
  const child = spawn(program, [...before, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  const end = (): void => {
    child.kill('SIGTERM')
  }
  process.once('exit', end)
  const close = (): void => {
    process.off('exit', end)
    end()
  }
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()))
    const fail = (why: string): void => {
      clearTimeout(timer)
      close()
      reject(new SetupError(`Xvfb did not start: ${why}`))
    }
    const timer = setTimeout(() => fail(`no screen within ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS)
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`exit code ${code ?? 'none'} ${lastLines(complaint)}`))
    child.stdio[3]?.once('data', (number: Buffer) => {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      // A forgotten screen must not keep the tool alive, nor the other way round.
      child.unref()
      resolve({ env: { DISPLAY: `:${number.toString().trim()}` }, virtual: true, close })
    })
  })
}
