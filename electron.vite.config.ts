import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { listPackages } from './tools/setup/notices'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// What package.json has under `dependencies` looks for files beside itself and ships as it is. Everything else goes into the bundles and
// nowhere else: hundreds of small modules cost a start some 0.1 s.
export default defineConfig({
  main: {
    plugins: [listPackages(at('out/third-party/main.json'))],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: { index: at('src-main/index.ts') },
        // Half as many bytes to read before the first window. Names stay: the log tells what goes wrong with its stack.
        output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } } },
      },
    },
  },
  preload: {
    plugins: [listPackages(at('out/third-party/preload.json'))],
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
    plugins: [vue(), listPackages(at('out/third-party/renderer.json'))],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
})
