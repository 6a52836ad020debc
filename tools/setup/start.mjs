import { ensureDependencies } from './dependencies.mjs'
import { explain } from './progress.mjs'

/** Ctrl-C and its kin end us through the exit handlers, which end everything that was started. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))

/**
 * Bridge from a fresh clone to the TypeScript tools: installs what is missing, then loads `module` through tsx in this same
 * process, so that Ctrl-C and exit codes need no forwarding. The module's `main` gets the arguments and answers the exit code.
 */
export async function start(module, args) {
  try {
    await ensureDependencies()
    const { register } = await import('tsx/esm/api')
    register()
    const { main } = await import(new URL(module, new URL('../', import.meta.url)).href)
    process.exit(await main(args))
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(1)
  }
}
