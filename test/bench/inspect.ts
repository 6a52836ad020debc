import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, loadConfigFromFile } from 'vite'
import { projectRoot } from '../../tools/setup/places'
import { sandboxOf } from './real-sandbox'
import { median } from './report'
import type { Report } from './report'
import { startSyntheticCluster } from './synthetic-cluster'

const ROUNDS = 5
const SYNTHETIC = { partitions: 10_000, topics: 100, replicationFactor: 3, brokers: 3, plans: true } as const

interface Run {
  readonly ms: number
  /** Processor time of the process, user and system. */
  readonly cpuMs: number
}

/** One whole process, from start to end, as a script would run it. `times` tells what a shell's children used. */
function run(script: string, args: readonly string[], partitions: number): Run {
  const from = performance.now()
  const words = ['-c', '"$@"; code=$?; times >&2; exit $code', 'bash', process.execPath]
  const { status, stdout, stderr } = spawnSync('bash', [...words, script, ...args], { maxBuffer: 2 ** 28 })
  const ms = performance.now() - from
  // inspect says "trouble" by 1: a cluster in trouble is as long to read.
  const seen = status === 0 || status === 1 ? countPartitions(stdout.toString()) : -1
  if (seen < partitions) throw new Error(`${script} ended with ${status} and ${seen} partitions: ${stderr.toString()}`)
  return { ms, cpuMs: childrenMs(stderr.toString()) }
}

const countPartitions = (line: string): number =>
  (JSON.parse(line) as { readonly partitions: readonly unknown[] }).partitions.length

/** The second line of `times`: `0m0.110s 0m0.020s`, user and system of all children. */
function childrenMs(text: string): number {
  const [user = '', system = ''] = text.trim().split('\n').at(-1)!.split(' ')
  const ms = (part: string): number => {
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(part) ?? []
    return (Number(minutes) * 60 + Number(seconds)) * 1000
  }
  return ms(user) + ms(system)
}

/** Into one file, exactly as inspect is. */
async function bundleByHand(folder: string): Promise<string> {
  const loaded = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    join(projectRoot, 'vite.inspect.config.ts'),
  )
  if (loaded === null) throw new Error('vite.inspect.config.ts cannot be read')
  const { build: how, ...rest } = loaded.config
  const source = fileURLToPath(new URL('./by-hand/kafkajs.mjs', import.meta.url))
  await build({
    ...rest,
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
    build: { ...how, outDir: folder, rolldownOptions: { ...how?.rolldownOptions, input: { kafkajs: source } } },
  })
  return join(folder, 'kafkajs.mjs')
}

function compare(report: Report, byHand: string, bootstrap: string, partitions: number): void {
  const inspect = join(projectRoot, 'out/inspect/inspect.mjs')
  const rounds: { readonly ours: Run; readonly theirs: Run }[] = []
  // The first of each finds its files in no cache.
  for (let round = -1; round < ROUNDS; round++) {
    const theirs = run(byHand, [bootstrap], partitions)
    const ours = run(inspect, ['--bootstrap', bootstrap, '--timeout', '10000'], partitions)
    if (round >= 0) rounds.push({ ours, theirs })
  }
  const middle = (read: (round: (typeof rounds)[number]) => number): number => median(rounds.map(read))
  const name = `inspect, ${partitions.toLocaleString('en')} partitions`
  const ourMs = middle(({ ours }) => ours.ms)
  const theirMs = middle(({ theirs }) => theirs.ms)
  const cpuMs = middle(({ ours }) => ours.cpuMs)
  const theirCpuMs = middle(({ theirs }) => theirs.cpuMs)
  const ratio = middle(({ ours, theirs }) => ours.ms / theirs.ms)
  report.note(`${name}: whole process`, ourMs, 'ms')
  report.note(`${name}: plain kafkajs by hand`, theirMs, 'ms')
  report.atMost(`${name}: ours / plain kafkajs by hand`, ratio, 'x', 1)
  report.note(`${name}: CPU of plain kafkajs by hand`, theirCpuMs, 'ms')
  if (partitions === 3000) report.atMost(`${name}: CPU`, cpuMs, 'ms', 300)
  else report.note(`${name}: CPU`, cpuMs, 'ms')
}

/** `inspect` as a whole process against plain kafkajs asked for the same by hand, in turn. 10,000 partitions are more than real brokers carry here. */
export async function benchInspect(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'highwater-bench-'))
  try {
    const byHand = await bundleByHand(folder)
    for (const partitions of [300, 3000]) {
      const sandbox = await sandboxOf(partitions)
      try {
        compare(report, byHand, sandbox.cluster.bootstrap, partitions)
      } finally {
        await sandbox.close()
      }
    }
    const synthetic = await startSyntheticCluster(SYNTHETIC)
    try {
      compare(report, byHand, synthetic.bootstrap, SYNTHETIC.partitions)
    } finally {
      synthetic.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
