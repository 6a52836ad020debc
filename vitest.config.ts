import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const contract = fileURLToPath(new URL('./src-main/contract', import.meta.url))
const resolve = { alias: { '@contract': contract } }

export default defineConfig({
  test: {
    projects: [
      { resolve, test: { name: 'unit', environment: 'node', setupFiles: ['test/support/fixed-seed.ts'], include: ['test/unit/**/*.test.ts'], exclude: ['test/unit/renderer/**'] } },
      {
        resolve,
        plugins: [vue()],
        test: { name: 'component', environment: 'happy-dom', setupFiles: ['test/support/fixed-seed.ts'], include: ['test/unit/renderer/**/*.test.ts'] },
      },
      {
        resolve,
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
