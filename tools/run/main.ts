import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { RELEASES, isReleaseName, releaseNames } from '../sandbox/releases'
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

const bin = (path: string): string => join(projectRoot, 'node_modules', path)

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

/**
 * What takes too long for `npm test`, on real brokers. `five`: the scenes of five brokers. `versions`: the whole path on other releases of Kafka. A number:
 * the property test of changes with so many of them; hours, so the limit per test is off, because only the number of changes says when it is done. All
 * print their figures.
 */
async function long([what = '10000', ...rest]: readonly string[]): Promise<number> {
  const releases = rest.filter(isReleaseName)
  if (!/^(five|versions|[1-9]\d*)$/.test(what) || rest.length > (what === 'versions' ? releases.length : 0))
    throw new SetupError(
      'Use: npm run test:long [-- NUMBER | five | versions [RELEASE …]], the number of changes (10000 when none is given), the scenes of five brokers, or ' +
        `the whole path on releases of Kafka (${releaseNames.join(', ')}; all of them when none is named).`,
    )
  const vitest = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
    handOver([bin('vitest/vitest.mjs'), 'run', ...args, '--disable-console-intercept'], env)
  if (what === 'versions') {
    const names = releases.length > 0 ? releases : releaseNames
    for (const version of new Set(names.flatMap((name) => RELEASES[name])))
      await step(`Kafka ${version}`, (report) => ensureKafka(version, report))
    const file = 'test/integration/kafka-versions.test.ts'
    return vitest(['--project', 'long', file], { HIGHWATER_VERSIONS: names.join() })
  }
  await findKafka()
  if (what === 'five') return vitest(['--project', 'long', 'test/integration/five-brokers.test.ts'])
  const changes = ['--project', 'integration', 'test/integration/change-property.test.ts', '--testTimeout=0']
  return vitest(changes, { HIGHWATER_CHANGES: what })
}

/** Runs a Node program in our place: same terminal, its exit code, and it ends with us. */
function handOver(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'inherit' })
    const end = (): void => {
      child.kill('SIGTERM')
    }
    process.once('exit', end)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('exit', end)
      resolve(code ?? 1)
    })
  })
}
