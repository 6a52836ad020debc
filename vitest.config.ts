import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const resolve = { alias: { '@contract': at('./src-main/contract'), '@shared': at('./src-main/shared') } }
/** Too long for every run: `npm run test:long`. */
const long = [
  'test/integration/five-brokers.test.ts',
  'test/integration/random-faults.test.ts',
  'test/integration/events.test.ts',
  'test/integration/advisor.test.ts',
  'test/integration/audit-rules.test.ts',
  'test/integration/quorum.test.ts',
  'test/integration/what-if.test.ts',
  'test/integration/night.test.ts',
  'test/integration/two-clusters-all.test.ts',
  'test/integration/kafka-versions.test.ts',
  'test/integration/guide-acls.test.ts',
]
/** One process for all files, which lends them one cluster (test/support/shared-sandbox.ts). */
const onBrokers = {
  environment: 'node',
  fileParallelism: false,
  isolate: false,
  testTimeout: 400_000,
  hookTimeout: 500_000,
} as const
/**
 * Limits of a single test end what hangs; what has to be quick is measured by the benches. Waits inside a test have shorter ones of their own. In the whole run
 * these yield to the windows: what takes a second alone took a minute there.
 */
const patient = { testTimeout: 300_000, hookTimeout: 300_000 }
/**
 * The files of a worker share its modules: loading them anew for each was most of the time. What a test changes outside itself (clock, globals,
 * environment) it puts back, and files run in another order every time, so that one which does not is found.
 */
const together = { isolate: false, sequence: { shuffle: { files: true, tests: false } } }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          ...patient,
          ...together,
          environment: 'node',
          setupFiles: ['test/support/fixed-seed.ts'],
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
        },
      },
      {
        resolve,
        plugins: [vue()],
        test: {
          name: 'component',
          ...patient,
          ...together,
          environment: 'happy-dom',
          setupFiles: ['test/support/fixed-seed.ts', 'test/support/node-abort.ts', 'test/support/own-window.ts'],
          include: ['test/unit/renderer/**/*.test.ts'],
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          ...onBrokers,
          include: ['test/integration/**/*.test.ts'],
          exclude: long,
        },
      },
      { resolve, test: { name: 'long', ...onBrokers, include: long } },
    ],
  },
})
