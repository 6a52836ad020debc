import { defineConfig } from '@playwright/test'

/** The built app in a real window on real brokers. One worker: windows and brokers share the machine, and timings are part of what is tested. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
})
