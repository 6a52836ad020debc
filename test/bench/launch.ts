import { spawnSync } from 'node:child_process'
import type { Sandbox } from '../../tools/sandbox'
import { ensureKafka } from '../../tools/setup/kafka'
import { ensureKafkaTools } from '../../tools/setup/kafka-tools'
import { kindsOf } from './process-tree'
import { median } from './report'
import type { Report } from './report'
import { startUndriven } from './undriven'
import type { UndrivenStart } from './undriven'

const ROUNDS = 3

/** What an operator would type instead; the whole process, as a shell would start it. */
async function kafkaTopics(bootstrap: string): Promise<number> {
  const install = await ensureKafka()
  if (install.runtime.kind !== 'java') return Number.NaN
  const [program, ...flags] = (await ensureKafkaTools(install)).command('kafka-topics.sh')
  // A download's script gives its JVM this heap and no hint to start quickly.
  const jvm = ['-Xmx256m', ...flags.filter((flag) => !flag.startsWith('-X'))]
  const from = performance.now()
  const args = [...jvm, '--bootstrap-server', bootstrap, '--describe']
  const { status, stdout } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 })
  const tookMs = performance.now() - from
  const lines = stdout
    .toString()
    .split('\n')
    .filter((line) => line.includes('Leader:')).length
  if (status !== 0 || lines < 3000)
    throw new Error(`kafka-topics.sh --describe ended with ${status} and ${lines} partitions`)
  return tookMs
}

/** Ours, Kafka's own tool and an empty window of the same Electron, in turn. */
export async function benchLaunch(report: Report, sandbox: Sandbox): Promise<void> {
  const { bootstrap } = sandbox.cluster
  const ours: UndrivenStart[] = []
  const bare: UndrivenStart[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await kafkaTopics(bootstrap))
    bare.push(await startUndriven('bare'))
    ours.push(await startUndriven({ bootstrap }))
  }
  const paintedMs = (starts: readonly UndrivenStart[]): number => median(starts.map((start) => start.paintedMs))
  const pssMiB = (starts: readonly UndrivenStart[]): number => median(starts.map(({ pss }) => pss.totalMiB))
  report.note('launch to live board, 3,000 partitions', paintedMs(ours), 'ms')
  report.note('launch of an empty window', paintedMs(bare), 'ms')
  report.note('kafka-topics.sh --describe', median(theirs), 'ms')
  report.atMost('launch to live board / kafka-topics.sh --describe', paintedMs(ours) / median(theirs), 'x', 1.15)
  report.note('memory of an empty window (PSS)', pssMiB(bare), 'MiB')
  console.log(`  empty: ${kindsOf(bare.at(-1)!.pss)}\n  ours:  ${kindsOf(ours.at(-1)!.pss)}`)
  report.atMost('3,000 partitions: memory of the process tree (PSS)', pssMiB(ours), 'MiB', 300)
}
