import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'

const isLong = process.env['HIGHWATER_LONG'] !== undefined

/**
 * The built app in a real window on real brokers. Windows and brokers share the machine, and timings are part of what is tested: no more than two
 * clusters are up at a time, so the second worker waits for the integration tests where those run beside it (test/e2e/fixture.ts, `turn`).
 * Limits are for a machine that is several times slower than ours; they cost nothing where a test passes.
 */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  // `npm run test:long`.
  testIgnore: isLong ? [] : ['**/long/**'],
  outputDir: 'test-results',
  workers: Math.min(2, availableParallelism()),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Below the limit of the suite (tools/suites/list.ts), so that what hangs is named in a report.
  globalTimeout: isLong ? 0 : 53 * 60_000,
  reporter: [['list']],
})
