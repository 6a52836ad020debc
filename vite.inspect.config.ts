import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { listPackages } from './tools/setup/notices'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `inspect` starts from one bundled file (`--watch` has a second one, `--record` a third), so that on-call over SSH does not wait for hundreds of small modules. */
export default defineConfig({
  plugins: [listPackages(at('out/third-party/inspect.json'))],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/inspect',
    minify: false,
    rolldownOptions: {
      input: { inspect: at('src-main/inspect.ts') },
      // libsql's native part is found beside it in node_modules.
      external: ['libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: {
        format: 'es',
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name].mjs',
        // Half as many bytes to read at each start. Names stay: what goes wrong is told with its stack.
        minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
})
