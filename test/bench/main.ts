/**
 * `npm run bench [-- NAME…] [--runs N] [--load N] [--json FILE]`: measures the budgets. `--runs` measures everything N
 * times and judges median and worst; `--load` does it beside N busy loops. Ratios are taken within one run; nothing
 * here is a test.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { benchAudit, benchRealAudit } from './audit'
import { benchDecode } from './decode'
import { benchDetection } from './detection'
import { benchHistory } from './history'
import { benchIdle } from './idle'
import { benchInspect } from './inspect'
import { benchLate } from './late'
import { benchLaunch } from './launch'
import { benchPicture } from './picture'
import { benchPlan } from './plan'
import type { Sandbox } from '../../tools/sandbox'
import { sandboxOf } from './real-sandbox'
import { benchWhatIf } from './what-if'
import { busyLoops } from './busy-loops'
import { Report } from './report'
import { benchStall } from './stall'
import { benchTimeline } from './timeline'
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
  'what-if': benchWhatIf,
  audit: benchAudit,
  'audit-real': benchRealAudit,
  history: benchHistory,
  window: benchWindow,
  timeline: benchTimeline,
  real: (report) => onReal(report, Object.keys(REAL)),
  idle: benchIdle,
  inspect: benchInspect,
}

async function onReal(report: Report, parts: readonly string[]): Promise<void> {
  const sandbox = await sandboxOf(3000)
  try {
    for (const part of parts) await REAL[part]?.(report, sandbox)
  } finally {
    await sandbox.close()
  }
}

const usage = `usage: npm run bench -- [${Object.keys({ ...BENCHES, ...REAL }).join('] [')}] [--runs N] [--load N] [--json FILE]`

function fail(): never {
  console.error(usage)
  process.exit(2)
}

function readArgs(): { names: string[]; runs: number; load: number; json: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { runs: { type: 'string' }, load: { type: 'string' }, json: { type: 'string' } },
    })
    const runs = Number(values.runs ?? 1)
    const load = Number(values.load ?? 0)
    if (!(Number.isInteger(runs) && runs >= 1 && Number.isInteger(load) && load >= 0)) fail()
    if (positionals.some((name) => !(name in BENCHES || name in REAL))) fail()
    return { names: positionals, runs, load, json: values.json }
  } catch {
    fail()
  }
}

const { names, runs, load, json } = readArgs()
console.log(
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}` +
    `, ${runs} run${runs === 1 ? '' : 's'}, ${load} busy loop${load === 1 ? '' : 's'}`,
)
const report = new Report(load > 0)
const loops = busyLoops(load)
let failed = 0
try {
  const realParts = names.filter((name) => name in REAL)
  for (let run = 1; run <= runs; run++)
    for (const [name, bench] of Object.entries(BENCHES)) {
      const parts = name === 'real' && !names.includes(name) ? realParts : []
      if (names.length > 0 && !names.includes(name) && parts.length === 0) continue
      console.log(`\n${[name, ...parts].join(' ')}${runs > 1 ? ` (run ${run} of ${runs})` : ''}`)
      try {
        await (parts.length > 0 ? onReal(report, parts) : bench(report))
      } catch (cause) {
        // One bench that cannot run must not cost the figures of the others.
        failed += 1
        console.error(
          `${name} could not be measured: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
        )
      }
      // After every bench: a run that is cut short keeps what it measured.
      if (json !== undefined) report.writeJson(json)
    }
} finally {
  loops.stop()
}
if (runs > 1) {
  console.log(`\nmedian of ${runs} runs${load > 0 ? `, beside ${load} busy loops` : ''}`)
  report.print()
}
const { missed } = report
console.log(
  `\n${report.figures.length} figures, ${missed.length} budgets missed${missed.length > 0 ? `: ${missed.map((f) => f.name).join('; ')}` : ''}`,
)
process.exit(failed > 0 ? 1 : 0)
