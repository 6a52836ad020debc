/**
 * `test` for end-to-end specs. `start` opens a window (closed after the test; picture and output are attached when it failed), `highwater` is
 * one that is open already, without a cluster; `sandbox` is three real brokers, started by the first test of a worker that asks for them.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { expect, test as base } from '@playwright/test'
import { direct, loginShape, plainShape, startSandbox, until, withDenials } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { ensureBuilt } from '../../tools/setup/build'
import { openDisplay } from '../../tools/setup/display'
import { ensureKafka } from '../../tools/setup/kafka'
import { keepEvidence } from './evidence'
import { launch, makeProfile } from './launch'
import type { Highwater, LaunchOptions } from './launch'

export { expect } from '@playwright/test'

export interface RunningSandbox extends Sandbox {
  readonly director: Director
}

interface Fixtures {
  /** A folder for tests that start on the same one twice; removed when all that `start` opened is closed. */
  readonly profile: string
  readonly start: (options?: LaunchOptions) => Promise<Highwater>
  readonly highwater: Highwater
}

interface WorkerFixtures {
  /** A second window at a time waits until nothing else needs brokers, and draws on a screen of its own: focus and clipboard belong to one. */
  readonly turn: boolean
  readonly built: boolean
  readonly sandbox: RunningSandbox
}

const MOST_WAITING_MS = 50 * 60_000

export const test = base.extend<Fixtures, WorkerFixtures>({
  turn: [
    async ({}, use, { parallelIndex }) => {
      if (parallelIndex === 0) return use(true)
      const file = process.env['HIGHWATER_ALONE_FILE'] ?? ''
      if (file !== '')
        await until('others to be done with brokers', MOST_WAITING_MS, () => existsSync(file) || null, 1000)
      const display = await openDisplay(undefined, true)
      Object.assign(process.env, display.env)
      await use(true)
      display.close()
    },
    { scope: 'worker', auto: true, timeout: MOST_WAITING_MS },
  ],
  built: [
    async ({ turn }, use) => {
      expect(turn).toBe(true)
      // A build elsewhere is the business of whoever named it.
      if (process.env['HIGHWATER_APP'] === undefined) await ensureBuilt()
      await use(true)
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  sandbox: [
    async ({ turn }, use) => {
      expect(turn).toBe(true)
      const install = withDenials(await ensureKafka())
      // The authorizer is KRaft's; without a login everything is allowed, so nobody else notices it.
      const shape = Number.parseFloat(install.version) < 3.3 ? plainShape() : loginShape()
      const sandbox = await startSandbox({ install, shape })
      await use({ ...sandbox, director: direct(sandbox) })
      await sandbox.close()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  profile: async ({}, use) => {
    const profile = await makeProfile()
    await use(profile)
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  },
  // Asks for the profile so that it is closed before that is removed.
  start: async ({ built, profile }, use, testInfo) => {
    expect(profile).not.toBe('')
    const open: Highwater[] = []
    await use(async (options) => {
      if (!built) throw new Error('There is no build')
      const highwater = await launch(options)
      open.push(highwater)
      return highwater
    })
    for (const [at, highwater] of open.entries()) {
      await keepEvidence(testInfo, highwater, `window ${at}`)
      await highwater.close()
    }
  },
  highwater: async ({ start }, use) => {
    await use(await start())
  },
})
