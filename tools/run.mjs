import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureDependencies, root } from './setup/dependencies.mjs'
import { explain } from './setup/progress.mjs'
import { start } from './setup/start.mjs'

const [name, ...args] = process.argv.slice(2)
const inspect = join(root, 'out', 'inspect', 'inspect.mjs')

if (name === 'sandbox') await start('sandbox/cli.ts', args)
else if (name === 'inspect' && existsSync(inspect)) await startInspect()
else await start('run/main.ts', process.argv.slice(2))

/** The built reader is started straight away: on-call over SSH should not wait for tools that it does not need. */
async function startInspect() {
  try {
    await ensureDependencies()
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(2)
  }
  const child = spawn(process.execPath, [inspect, ...args], { stdio: 'inherit' })
  child.once('exit', (code) => process.exit(code ?? 2))
}
