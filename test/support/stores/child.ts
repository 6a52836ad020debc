/**
 * Run as a process of its own, as a damaged file may end one: `child.ts ROOT SEED FROM TO` plays the cases FROM up to, not including, TO and writes a line
 * of JSON for each.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lookAt, runCase } from './cases'
import { buildBases } from './contents'

const [root = '', seed = '0', from = '0', to = '0'] = process.argv.slice(2)
const own = join(root, `from-${from}`)
mkdirSync(join(own, 'bases'), { recursive: true })
const bases = buildBases(join(own, 'bases'))
const untouched = lookAt(bases, own)
for (let n = Number(from); n < Number(to); n += 1)
  process.stdout.write(`${JSON.stringify(runCase(n, Number(seed), own, bases, untouched))}\n`)
