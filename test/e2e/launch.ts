/** Starts the built app the way a person does, in a profile folder of its own, and ends it by its pid whatever happens. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { ensureElectron } from '../../tools/setup/electron'
import { projectRoot } from '../../tools/setup/places'
import { electronFlags } from '../../tools/setup/window'

const CLOSE_LIMIT_MS = 8000

export interface LaunchOptions {
  /** Without HIGHWATER_ in front: `{ BOOTSTRAP: '127.0.0.1:9092' }`. */
  readonly env?: Readonly<Record<string, string>>
  /** A folder that outlives the run, for tests that start twice; the caller removes it. */
  readonly profile?: string
}

export interface Highwater {
  readonly app: ElectronApplication
  readonly page: Page
  readonly profile: string
  /** Everything the process and the page said so far. */
  output(): string
  /** May be called by the test itself and again by the fixture. */
  close(): Promise<void>
}

/** The built app's folder: the checkout, or a build elsewhere. */
export const appFolder = (): string => process.env['HIGHWATER_APP'] ?? projectRoot

export function startEnvironment(profile: string, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name, value]) => value !== undefined && !/^(HIGHWATER_|ELECTRON_)/.test(name))
  const given = Object.entries({ PROFILE: profile, ...own }).map(([name, value]) => [`HIGHWATER_${name}`, value])
  return Object.fromEntries([...inherited, ...given]) as Record<string, string>
}

export const makeProfile = (): Promise<string> => mkdtemp(join(tmpdir(), 'highwater-e2e-'))

/** `child` was taken while it lived: a process that is gone has none to ask for. */
async function ended(app: ElectronApplication, child: ChildProcess): Promise<void> {
  const pid = child.pid
  const closed = app.close().then(() => true, () => false)
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), CLOSE_LIMIT_MS).unref())
  if ((await Promise.race([closed, late])) || pid === undefined || child.exitCode !== null) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself in between.
  }
}

/** Resolves when the page says that it has painted. */
export async function launch({ env = {}, profile }: LaunchOptions = {}): Promise<Highwater> {
  const runtime = await ensureElectron()
  const folder = profile ?? (await makeProfile())
  const app = await _electron.launch({
    executablePath: runtime.executable,
    args: [appFolder(), ...electronFlags(runtime)],
    env: startEnvironment(folder, env),
    timeout: 30_000,
  })
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
    const page = await app.firstWindow()
    page.on('console', (message) => hear(`page: ${message.text()}\n`))
    page.on('pageerror', (error) => hear(`page error: ${error.message}\n`))
    await page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true', null, { timeout: 20_000 })
    return { app, page, profile: folder, output: () => said, close }
  } catch (cause) {
    await close()
    throw new Error(`The window was not ready: ${cause instanceof Error ? cause.message : String(cause)}\n${said}`, { cause })
  }
}
