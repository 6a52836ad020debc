import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { operateSandbox } from '../sandbox/operate'
import type { OperatedSandbox } from '../sandbox/operate'
import { sceneList } from '../sandbox/cli'
import { ensureBuilt } from '../setup/build'
import { hasDisplay, openDisplay } from '../setup/display'
import { ensureElectron } from '../setup/electron'
import { ensureKafka } from '../setup/kafka'
import { SetupError, say, step } from '../setup/progress.mjs'
import { openWindow } from '../setup/window'
import type { AppWindow } from '../setup/window'

/** How long the window may take to write its picture before we stop waiting for it. */
const pictureLimitMs = 300_000

interface Options {
  readonly screenshot: string | null
  readonly combined: boolean
}

/** `npm run demo [-- --screenshot FILE] [--combined]`: a real cluster and the window on it, from nothing. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readArguments(args)
  if (!options.screenshot && !hasDisplay()) {
    throw new SetupError(
      'There is no display for a window. Use: npm run demo -- --screenshot board.png, which needs none.',
    )
  }
  // Electron's set-up needs one core and the network, Kafka's the other; both are needed before anything is seen.
  const [electron, display, , sandbox] = await Promise.all([
    step('Electron', ensureElectron, ({ version, source }) => `${version} (${source})`),
    step(
      'Display',
      (report) => openDisplay(report, options.screenshot !== null),
      ({ virtual }) => (virtual ? 'virtual' : 'yours'),
    ),
    step(
      'App',
      (report) => ensureBuilt(report),
      (built) => (built ? 'built' : 'up to date'),
    ),
    startBrokers(options),
  ])
  const { cluster } = sandbox.sandbox
  const window = openWindow(electron, {
    ...display.env,
    HIGHWATER_BOOTSTRAP: cluster.bootstrap,
    HIGHWATER_CLUSTER_NAME: 'sandbox',
    HIGHWATER_ENV: 'dev',
    HIGHWATER_PROFILE: join(cluster.folder.path, 'profile'),
    ...(options.screenshot ? { HIGHWATER_SCREENSHOT: options.screenshot } : {}),
  })
  // The guardian ends the window too when we are killed.
  if (window.child.pid !== undefined) cluster.folder.record(window.child.pid, 'window')
  const code = options.screenshot ? await takePicture(window, options.screenshot) : await stayOpen(window, sandbox)
  await sandbox.close()
  display.close()
  say('Demo: everything it started has ended')
  return code
}

function readArguments(args: readonly string[]): Options {
  const at = args.indexOf('--screenshot')
  const file = at >= 0 ? args[at + 1] : undefined
  if (at >= 0 && (!file || file.startsWith('--')))
    throw new SetupError('--screenshot needs a file name: npm run demo -- --screenshot board.png')
  const rest = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1))
  const unknown = rest.find((arg) => arg !== '--combined')
  if (unknown) throw new SetupError(`The demo has no option ${unknown}; it has --screenshot FILE and --combined.`)
  // npm runs scripts in the project's folder; INIT_CWD is where the person was.
  const screenshot = file ? resolve(process.env['INIT_CWD'] ?? process.cwd(), file) : null
  return { screenshot, combined: rest.includes('--combined') }
}

async function startBrokers({ combined }: Options): Promise<OperatedSandbox> {
  const install = await step(
    'Kafka',
    (report) => ensureKafka(undefined, report),
    ({ version }) => version,
  )
  return step('Brokers', (report) => operateSandbox({ install, label: 'demo', combined, onProgress: report }))
}

async function takePicture(window: AppWindow, file: string): Promise<number> {
  rmSync(file, { force: true })
  const late = setTimeout(() => window.close(), pictureLimitMs)
  const code = await step('Picture', () => window.ended)
  clearTimeout(late)
  if (code === 0 && existsSync(file)) {
    say(`Picture: ${file}`)
    return 0
  }
  process.stderr.write(`${window.output()}\n`)
  throw new SetupError(`The window ended (code ${code ?? 'none'}) without writing ${file}; what it said is above.`)
}

async function stayOpen(window: AppWindow, { stopped }: OperatedSandbox): Promise<number> {
  say('Window: open')
  process.stdout.write(
    `\nFrom another terminal, hurt the cluster and watch:\n${sceneList()}\n  npm run sandbox -- heal\n\n`,
  )
  process.stdout.write('Close the window or press Ctrl-C to end everything.\n')
  void stopped.then(() => window.close())
  const code = await window.ended
  if (code === 0 || code === null) return 0
  process.stderr.write(`${window.output()}\n`)
  throw new SetupError(`The window ended with code ${code}; what it said is above.`)
}
