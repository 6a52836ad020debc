import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** `inspect` starts from one bundled file (`--watch` has a second one), so that on-call over SSH does not wait for hundreds of small modules. */
export default defineConfig({
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/inspect',
    minify: false,
    rolldownOptions: {
      input: { inspect: fileURLToPath(new URL('src-main/inspect.ts', import.meta.url)) },
      external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
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
