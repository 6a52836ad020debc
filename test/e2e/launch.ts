/** Starts the built app the way a person does, in a profile folder of its own, and ends it by its pid whatever happens. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { ensureElectron } from '../../tools/setup/electron'
import { projectRoot } from '../../tools/setup/places'
import { electronFlags } from '../../tools/setup/window'
import { evaluateFromTheLoop } from './from-the-loop'

const CLOSE_LIMIT_MS = 15_000
/** Electron starts within a second; under load the first paint waits for everything else. */
const START_LIMIT_MS = 60_000

export interface LaunchOptions {
  /** Without HIGHWATER_ in front: `{ BOOTSTRAP: '127.0.0.1:9092' }`. */
  readonly env?: Readonly<Record<string, string>>
  /** A folder that outlives the run, for tests that start twice; the caller removes it. */
  readonly profile?: string
  /** Address of the message bus of its desktop; left out: the one that is there. */
  readonly bus?: string
}

export interface Highwater {
  readonly app: ElectronApplication
  readonly page: Page
  readonly profile: string
  /** Everything the process and the page said so far. */
  output(): string
  /** May be called by the test itself and again by the fixture. */
  readonly close: () => Promise<void>
}

/** The built app's folder: the checkout, or a build elsewhere. */
export const appFolder = (): string => process.env['HIGHWATER_APP'] ?? projectRoot

export function startEnvironment(profile: string, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(HIGHWATER_|ELECTRON_)/.test(name),
  )
  const given = Object.entries({ PROFILE: profile, ...own }).map(([name, value]) => [`HIGHWATER_${name}`, value])
  return Object.fromEntries([...inherited, ...given]) as Record<string, string>
}

export const makeProfile = (): Promise<string> => mkdtemp(join(tmpdir(), 'highwater-e2e-'))

/** `child` was taken while it lived: a process that is gone has none to ask for. Resolves when it is gone. */
async function ended(app: ElectronApplication, child: ChildProcess): Promise<void> {
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  const gone = new Promise<void>((resolve) => (isGone() ? resolve() : child.once('exit', () => resolve())))
  const closed = app.close().then(
    () => true,
    () => false,
  )
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), CLOSE_LIMIT_MS).unref())
  if (!(await Promise.race([closed, late])) && !isGone()) child.kill('SIGKILL')
  await gone
}

/** Starts it once more on a profile that is in use, as a second click would; answers how that ended. */
export async function secondStart(profile: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const runtime = await ensureElectron()
  const child = spawn(runtime.executable, [appFolder(), ...electronFlags(runtime)], {
    env: startEnvironment(profile),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(timer)
  return { code, said }
}

/** Resolves when the page says that it has painted. */
export async function launch({ env = {}, profile, bus }: LaunchOptions = {}): Promise<Highwater> {
  const runtime = await ensureElectron()
  const folder = profile ?? (await makeProfile())
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [appFolder(), ...electronFlags(runtime)],
    env: { ...startEnvironment(folder, env), ...(bus === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: bus }) },
    timeout: START_LIMIT_MS,
  })
  evaluateFromTheLoop(app)
  let said = ''
  const hear = (text: string): void => {
    said = (said + text).slice(-200_000)
  }
  const child = app.process()
  child.stdout?.on('data', (bytes: Buffer) => hear(bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => hear(bytes.toString()))
  const end = async (): Promise<void> => {
    await ended(app, child)
    if (profile === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  let closed: Promise<void> | null = null
  const close = (): Promise<void> => (closed ??= end())
  try {
    const page = await app.firstWindow({ timeout: START_LIMIT_MS })
    page.on('console', (message) => hear(`page: ${message.text()}\n`))
    page.on('pageerror', (error) => hear(`page error: ${error.message}\n`))
    await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true', null, {
      timeout: START_LIMIT_MS,
    })
    return { app, page, profile: folder, output: () => said, close }
  } catch (cause) {
    await close()
    throw new Error(`The window was not ready: ${cause instanceof Error ? cause.message : String(cause)}\n${said}`, {
      cause,
    })
  }
}
