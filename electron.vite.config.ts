import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Into the one file: hundreds of small modules cost a start some 0.1 s. The others look for files beside themselves.
      externalizeDeps: { exclude: ['kafkajs', 'zod'] },
      rolldownOptions: {
        input: { index: at('src-main/index.ts') },
        // Half as many bytes to read before the first window. Names stay: the log tells what goes wrong with its stack.
        output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } } },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can only load CommonJS, and only one file of it.
      rolldownOptions: {
        input: { preload: at('src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    resolve: { alias: { '@contract': at('src-main/contract'), '@shared': at('src-main/shared') } },
    plugins: [vue()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
})
