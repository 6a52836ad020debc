import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDisplay } from '../setup/display'
import type { Display } from '../setup/display'
import { ensureElectron } from '../setup/electron'
import { ensureKafka, olderKafkaVersion } from '../setup/kafka'
import { ensureKafkaTools } from '../setup/kafka-tools'
import { SetupError, explain, say, step } from '../setup/progress.mjs'
import { suites } from './list'
import { add, closingLine, inGroups, inLanes, oneFailed } from './suite'
import type { Counts, Suite, SuiteContext } from './suite'

const noDisplay: Display = { env: {}, virtual: false, close: () => {} }

/** `npm test`: sets up what is missing, runs every suite and ends with one plain line. `--quick` is `npm run check`. */
export async function main(args: readonly string[]): Promise<number> {
  const { quick, shard, only } = readArguments(args)
  const chosen = suites.filter((suite) => (only.length > 0 ? only.includes(suite.name) : suite.quick || !quick))
  const real = chosen.some((suite) => !suite.quick)
  const { env, display } = real ? await setUp() : { env: {}, display: noDisplay }
  const folder = mkdtempSync(join(tmpdir(), 'highwater-test-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  // Colours would end up in reports and logs; the marker tells tests that they run under this command.
  const context: SuiteContext = {
    folder,
    env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: '0' },
    failed: [],
    shard,
    show: (line) => void process.stdout.write(`${line}\n`),
    quick,
    yields: false,
    aloneFile: '',
  }
  const cores = availableParallelism()
  const lanes = inLanes(chosen, cores)
  const ran = await Promise.all(
    lanes.map((lane) => runLane(inGroups(lane, cores), chosen.length > 1, { ...context, yields: lane !== lanes[0] })),
  )
  const rows = ran.flat()
  display.close()
  const total = rows.reduce((sum, { counts }) => add(sum, counts), { passed: 0, failed: 0, skipped: 0 })
  process.stdout.write('\n')
  for (const name of context.failed) process.stdout.write(`✗ ${name}\n`)
  for (const { name, counts, seconds } of rows) {
    process.stdout.write(
      `${counts.failed > 0 ? '✗' : '✓'} ${name.padEnd(12)} ${closingLine(counts)} in ${seconds.toFixed(0)} s\n`,
    )
  }
  process.stdout.write(`${closingLine(total)}\n`)
  return total.failed > 0 ? 1 : 0
}

interface Row {
  readonly name: string
  readonly counts: Counts
  readonly seconds: number
}

/** One group after the other, the suites of a group at the same time. */
async function runLane(
  groups: readonly (readonly Suite[])[],
  isOneOfSeveral: boolean,
  context: SuiteContext,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const group of groups) {
    const aloneFile = group.length > 1 ? join(context.folder, `alone-${group[0]?.name ?? ''}`) : ''
    let left = group.length
    const runOne = async (suite: Suite): Promise<Row> => {
      const begin = Date.now()
      // Of several that print at once each line says whose it is.
      const show = (line: string): void => context.show(`${suite.name.padEnd(12)}| ${line}`)
      const counts = await runSuite(suite, { ...context, show: isOneOfSeveral ? show : context.show, aloneFile })
      left -= 1
      if (left === 1) writeFileSync(aloneFile, '')
      return { name: suite.name, counts, seconds: (Date.now() - begin) / 1000 }
    }
    rows.push(...(await Promise.all(group.map(runOne))))
  }
  return rows
}

interface Arguments {
  readonly quick: boolean
  readonly shard: string
  /** Names of suites; none = all that fit. */
  readonly only: readonly string[]
}

function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args)
  const only = positionals
  const unknown = only.find((name) => !suites.some((suite) => suite.name === name))
  if (unknown !== undefined) throw usage(`There is no suite "${unknown}".`)
  const shard = values.shard ?? ''
  if (shard !== '' && !/^[1-9]\d*\/[1-9]\d*$/.test(shard))
    throw usage(`--shard wants a part such as 1/2, not "${shard}".`)
  return { quick: values.quick === true, shard, only }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean' }, shard: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

const usage = (problem: string): SetupError =>
  new SetupError(
    `${problem} Suites: ${suites.map(({ name }) => name).join(', ')}; options: --quick, --shard N/M (of integration).`,
  )

async function setUp(): Promise<{ env: Record<string, string>; display: Display }> {
  const [electron, , display] = await Promise.all([
    step('Electron', ensureElectron, ({ version, source }) => `${version} (${source})`),
    kafkaAndItsTools(),
    // Always a screen of its own: windows that pop up under somebody's hands lose their focus, and tests with it.
    step(
      'Display',
      (report) => openDisplay(report, true),
      ({ virtual }) => (virtual ? 'virtual' : 'yours'),
    ),
  ])
  return { env: { ...display.env, ELECTRON_EXEC_PATH: electron.executable }, display }
}

async function kafkaAndItsTools(): Promise<void> {
  const kafka = await step(
    'Kafka',
    (report) => ensureKafka(undefined, report),
    ({ version }) => version,
  )
  await step(
    'Kafka tools',
    (report) => ensureKafkaTools(kafka, report),
    ({ version }) => version,
  )
  if (kafka.runtime.kind === 'java') await olderKafka()
  else say(`Kafka ${olderKafkaVersion}: tests on it need Java on this machine and are skipped`)
}

/** Where it cannot be had its tests are skipped: those on the newest one tell most of what there is to tell. */
async function olderKafka(): Promise<void> {
  try {
    await step(`Kafka ${olderKafkaVersion}`, (report) => ensureKafka(olderKafkaVersion, report))
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`Kafka ${olderKafkaVersion} is not to be had, so the tests on it are skipped: ${error.message}`)
  }
}

/** A suite that throws counts as failed, with its words; the others still run. */
async function runSuite(suite: Suite, context: SuiteContext): Promise<Counts> {
  say(`${suite.name}: running`)
  try {
    return await suite.run(context)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    return oneFailed
  }
}
