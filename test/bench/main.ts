/** `npm run bench [-- NAME…] [--json FILE]`: measures the budgets. Ratios are taken within one run; nothing here is a test. */
import { cpus, totalmem } from 'node:os'
import { benchDecode } from './decode'
import { benchDetection } from './detection'
import { benchIdle } from './idle'
import { benchLate } from './late'
import { benchLaunch } from './launch'
import { benchPicture } from './picture'
import { benchPlan } from './plan'
import type { Sandbox } from '../../tools/sandbox'
import { sandboxOf } from './real-sandbox'
import { Report, met } from './report'
import { benchStall } from './stall'
import { benchWindow } from './window'

/** They share one cluster of 3,000 partitions, whose start is the longest part. */
const REAL: Readonly<Record<string, (report: Report, sandbox: Sandbox) => Promise<void>>> = {
  picture: benchPicture,
  launch: benchLaunch,
  detection: benchDetection,
  late: benchLate,
}

const BENCHES: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  decode: benchDecode,
  stall: benchStall,
  plan: benchPlan,
  window: benchWindow,
  real: (report) => onReal(report, Object.keys(REAL)),
  idle: benchIdle,
}

async function onReal(report: Report, parts: readonly string[]): Promise<void> {
  const sandbox = await sandboxOf(3000)
  try {
    for (const part of parts) await REAL[part]?.(report, sandbox)
  } finally {
    await sandbox.close()
  }
}

const args = process.argv.slice(2)
const jsonAt = args.indexOf('--json')
const jsonFile = jsonAt >= 0 ? args[jsonAt + 1] : undefined
const names = args.filter((arg, i) => !arg.startsWith('--') && (jsonAt < 0 || i !== jsonAt + 1))
const realParts = names.filter((name) => name in REAL)
const unknown = names.filter((name) => !(name in BENCHES || name in REAL))
if (unknown.length > 0 || (jsonAt >= 0 && jsonFile === undefined)) {
  console.error(`usage: npm run bench -- [${Object.keys({ ...BENCHES, ...REAL }).join('] [')}] [--json FILE]`)
  process.exit(2)
}

console.log(
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
)
const report = new Report()
let failed = 0
for (const [name, bench] of Object.entries(BENCHES)) {
  const parts = name === 'real' && !names.includes(name) ? realParts : []
  if (names.length > 0 && !names.includes(name) && parts.length === 0) continue
  console.log(`\n${[name, ...parts].join(' ')}`)
  try {
    await (parts.length > 0 ? onReal(report, parts) : bench(report))
  } catch (cause) {
    // One bench that cannot run must not cost the figures of the others.
    failed += 1
    console.error(
      `${name} could not be measured: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
    )
  }
}
const missed = report.figures.filter((figure) => met(figure) === false)
console.log(
  `\n${report.figures.length} figures, ${missed.length} budgets missed${missed.length > 0 ? `: ${missed.map((f) => f.name).join('; ')}` : ''}`,
)
if (jsonFile !== undefined) report.writeJson(jsonFile)
process.exit(failed > 0 ? 1 : 0)
