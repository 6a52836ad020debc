import { spawnSync } from 'node:child_process'
import { launch } from '../e2e/launch'
import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { ensureKafka } from '../../tools/setup/kafka'
import { ensureKafkaTools } from '../../tools/setup/kafka-tools'
import { watchPictures } from './in-page'
import { pssMiB } from './process-tree'
import { median } from './report'
import type { Report } from './report'

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
  const lines = stdout.toString().split('\n').filter((line) => line.includes('Leader:')).length
  if (status !== 0 || lines < 3000) throw new Error(`kafka-topics.sh --describe ended with ${status} and ${lines} partitions`)
  return tookMs
}

async function toLiveBoard(bootstrap: string): Promise<{ readonly tookMs: number; readonly pssMiB: number }> {
  const from = Date.now()
  const window = await launch({ env: { BOOTSTRAP: bootstrap, CLUSTER_NAME: 'bench', ENV: 'dev' } })
  try {
    const live = await until('a live board', 60_000, () =>
      window.page.evaluate(() => {
        const mark = performance.getEntriesByName('highwater:picture').at(-1)
        return mark === undefined ? null : performance.timeOrigin + mark.startTime
      }), 20)
    // The first picture's own time is gone when a later one has replaced its mark; what is left is then an upper bound.
    const { seen } = await watchPictures(window.page)
    await until('twenty pictures', 60_000, async () => ((await seen()).length >= 20 ? true : null))
    return { tookMs: live - from, pssMiB: pssMiB(window.app.process().pid ?? -1) }
  } finally {
    await window.close()
  }
}

export async function benchLaunch(report: Report, sandbox: Sandbox): Promise<void> {
  const { bootstrap } = sandbox.cluster
  const ours: number[] = []
  const theirs: number[] = []
  let memory = Number.NaN
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await kafkaTopics(bootstrap))
    const { tookMs, pssMiB: used } = await toLiveBoard(bootstrap)
    ours.push(tookMs)
    memory = used
  }
  report.note('launch to live board, 3,000 partitions', median(ours), 'ms')
  report.note('kafka-topics.sh --describe', median(theirs), 'ms')
  report.atMost('launch to live board / kafka-topics.sh --describe', median(ours) / median(theirs), 'x', 1.15)
  report.atMost('3,000 partitions: memory of the process tree (PSS)', memory, 'MiB', 300)
}
