/** `npm run bench [-- NAME…] [--json FILE]`: measures the budgets. Ratios are taken within one run; nothing here is a test. */
import { cpus, totalmem } from 'node:os'
import { benchDecode } from './decode'
import { Report, met } from './report'

const BENCHES: Readonly<Record<string, (report: Report) => Promise<void>>> = { decode: benchDecode }

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
for (const [name, bench] of Object.entries(BENCHES)) {
  if (names.length > 0 && !names.includes(name)) continue
  console.log(`\n${name}`)
  await bench(report)
}
const missed = report.figures.filter((figure) => met(figure) === false)
console.log(`\n${report.figures.length} figures, ${missed.length} budgets missed${missed.length > 0 ? `: ${missed.map((f) => f.name).join('; ')}` : ''}`)
if (jsonFile !== undefined) report.writeJson(jsonFile)
process.exit(0)
