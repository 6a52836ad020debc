/** `npm run bench [-- NAME…] [--json FILE]`: measures the budgets. Ratios are taken within one run; nothing here is a test. */
import { cpus, totalmem } from 'node:os'
import { benchDecode } from './decode'
import { benchDetection } from './detection'
import { benchIdle } from './idle'
import { benchLaunch } from './launch'
import { benchPicture } from './picture'
import { benchPlan } from './plan'
import { sandboxOf } from './real-sandbox'
import { Report, met } from './report'
import { benchStall } from './stall'
import { benchWindow } from './window'

/** Picture, launch and detection share one cluster of 3,000 partitions, whose start is the longest part. */
async function benchReal(report: Report): Promise<void> {
  const sandbox = await sandboxOf(3000)
  try {
    await benchPicture(report, sandbox)
    await benchLaunch(report, sandbox)
    await benchDetection(report, sandbox)
  } finally {
    await sandbox.close()
  }
}

const BENCHES: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  decode: benchDecode,
  stall: benchStall,
  plan: benchPlan,
  window: benchWindow,
  real: benchReal,
  idle: benchIdle,
}

const args = process.argv.slice(2)
const jsonAt = args.indexOf('--json')
const jsonFile = jsonAt >= 0 ? args[jsonAt + 1] : undefined
const names = args.filter((arg, i) => !arg.startsWith('--') && (jsonAt < 0 || i !== jsonAt + 1))
const unknown = names.filter((name) => !(name in BENCHES))
if (unknown.length > 0 || (jsonAt >= 0 && jsonFile === undefined)) {
  console.error(`usage: npm run bench -- [${Object.keys(BENCHES).join('] [')}] [--json FILE]`)
  process.exit(2)
}

console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`)
const report = new Report()
let failed = 0
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`\n${name}`)
  try {
    await bench(report)
  } catch (cause) {
    // One bench that cannot run must not cost the figures of the others.
    failed += 1
    console.error(`${name} could not be measured: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
  }
}
const missed = report.figures.filter((figure) => met(figure) === false)
console.log(`\n${report.figures.length} figures, ${missed.length} budgets missed${missed.length > 0 ? `: ${missed.map((f) => f.name).join('; ')}` : ''}`)
if (jsonFile !== undefined) report.writeJson(jsonFile)
process.exit(failed > 0 ? 1 : 0)
