import { spawnSync } from 'node:child_process'
import type { Sandbox } from '../../tools/sandbox'
import { ensureKafka } from '../../tools/setup/kafka'
import { ensureKafkaTools } from '../../tools/setup/kafka-tools'
import { kindsOf } from './process-tree'
import { median } from './report'
import type { Report } from './report'
import { startUndriven } from './undriven'
import type { UndrivenStart } from './undriven'

const ROUNDS = 5

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

/** Ours, Kafka's own tool and an empty window of the same Electron, in turn: what is compared was measured in the same round. */
export async function benchLaunch(report: Report, sandbox: Sandbox): Promise<void> {
  const { bootstrap } = sandbox.cluster
  const rounds: { readonly ours: UndrivenStart; readonly bare: UndrivenStart; readonly theirsMs: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const theirsMs = await kafkaTopics(bootstrap)
    const bare = await startUndriven('bare')
    rounds.push({ theirsMs, bare, ours: await startUndriven({ bootstrap }) })
  }
  const middle = (read: (round: (typeof rounds)[number]) => number): number => median(rounds.map(read))
  report.note(
    'launch to live board, 3,000 partitions',
    middle(({ ours }) => ours.paintedMs),
    'ms',
  )
  report.note(
    'launch of an empty window',
    middle(({ bare }) => bare.paintedMs),
    'ms',
  )
  report.note(
    'kafka-topics.sh --describe',
    middle(({ theirsMs }) => theirsMs),
    'ms',
  )
  const beyondMs = middle(({ ours, bare }) => ours.paintedMs - bare.paintedMs)
  report.atMost('launch to live board - empty window', beyondMs, 'ms', 400)
  const ratio = middle(({ ours, theirsMs }) => ours.paintedMs / theirsMs)
  report.atMost('launch to live board / kafka-topics.sh --describe', ratio, 'x', 1.2)
  const last = rounds.at(-1)!
  console.log(`  empty: ${kindsOf(last.bare.pss)}\n  ours:  ${kindsOf(last.ours.pss)}`)
  report.note(
    'memory of an empty window (PSS)',
    middle(({ bare }) => bare.pss.totalMiB),
    'MiB',
  )
  report.note(
    '3,000 partitions: memory of the process tree (PSS)',
    middle(({ ours }) => ours.pss.totalMiB),
    'MiB',
  )
  const more = middle(({ ours, bare }) => ours.pss.totalMiB - bare.pss.totalMiB)
  report.atMost('3,000 partitions: memory (PSS) - empty window', more, 'MiB', 60)
}
