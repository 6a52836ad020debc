import { join } from 'node:path'
import { liveRuns } from '../sandbox/run-folder'
import { buildEnv, ensureBuilt } from '../setup/build'
import { hasDisplay, openDisplay } from '../setup/display'
import { ensureElectron } from '../setup/electron'
import type { ElectronRuntime } from '../setup/electron'
import { ensureKafka } from '../setup/kafka'
import type { KafkaInstall } from '../setup/kafka'
import { ensureKafkaTools } from '../setup/kafka-tools'
import { projectRoot } from '../setup/places'
import { SetupError, step } from '../setup/progress.mjs'
import { electronFlags } from '../setup/window'
import { bin, handOver } from './hand-over'
import { long } from './long'

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  build: async () => {
    await step('Build', (report) => ensureBuilt(report, true))
    return 0
  },
  dev,
  package: packageApp,
  bench,
  'test:long': long,
  inspect,
  pictures: async (args) => (await import('../pictures/main')).takePictures(args),
}

/** `npm run NAME`: makes sure of what the command needs and hands over to it. Arguments after `--` are passed on. */
export function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = commands[name]
  if (!command)
    throw new SetupError(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}, sandbox.`)
  return command(args)
}

/** Hot reload. Without a cluster of its own it shows the running sandbox, if there is one. */
async function dev(args: readonly string[]): Promise<number> {
  if (!hasDisplay())
    throw new SetupError('There is no display for a window; "npm run demo -- --screenshot FILE" needs none.')
  const electron = await findElectron()
  const bootstrap = process.env['HIGHWATER_BOOTSTRAP'] ?? liveRuns().find((run) => run.control !== null)?.bootstrap
  return handOver([bin('electron-vite/bin/electron-vite.js'), 'dev', ...args], {
    ...buildEnv,
    ELECTRON_EXEC_PATH: electron.executable,
    ...(electronFlags(electron).includes('--no-sandbox') ? { NO_SANDBOX: '1' } : {}),
    ...(bootstrap ? { HIGHWATER_BOOTSTRAP: bootstrap } : {}),
  })
}

/** An unpacked application folder in dist/, from the runtime that was found. */
async function packageApp(args: readonly string[]): Promise<number> {
  const electron = await findElectron()
  await step('Build', (report) => ensureBuilt(report))
  const config = ['--config', join(projectRoot, 'electron-builder.config.mjs'), '--publish', 'never']
  const runtime = [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`]
  return handOver([bin('electron-builder/cli.js'), '--dir', ...config, ...runtime, ...args], {})
}

async function bench(args: readonly string[]): Promise<number> {
  const electron = await findElectron()
  const kafka = await findKafka()
  await step(
    'Kafka tools',
    (report) => ensureKafkaTools(kafka, report),
    ({ version }) => version,
  )
  await step('Build', (report) => ensureBuilt(report))
  const display = await step('Display', (report) => openDisplay(report))
  const env = { ...display.env, ELECTRON_EXEC_PATH: electron.executable }
  const code = await handOver(['--expose-gc', '--import', 'tsx', join(projectRoot, 'test/bench/main.ts'), ...args], env)
  display.close()
  return code
}

/** Built once and then started without looking at sources: a script that calls it every minute must not wait for a build. */
async function inspect(args: readonly string[]): Promise<number> {
  await step('Build', (report) => ensureBuilt(report))
  return handOver([join(projectRoot, 'out/inspect/inspect.mjs'), ...args], {})
}

const findElectron = (): Promise<ElectronRuntime> =>
  step('Electron', ensureElectron, ({ version, source }) => `${version} (${source})`)

const findKafka = (): Promise<KafkaInstall> =>
  step(
    'Kafka',
    (report) => ensureKafka(undefined, report),
    ({ version }) => version,
  )
