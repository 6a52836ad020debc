import { ensureKafka } from '../setup/kafka'
import { SetupError, say, step } from '../setup/progress.mjs'
import { giveOrder } from './control'
import { operateSandbox } from './operate'
import { liveRuns } from './run-folder'
import { scenes } from './scenes'
import { LOGINS, OUTSIDE, fiveShape, plainShape } from './shape'

const orders = ['heal', 'stop', 'status']

/** `npm run sandbox` starts and stays; with a scene, heal, stop or status it acts on the one that runs. */
export async function main(args: readonly string[]): Promise<number> {
  const words = args.filter((arg) => !arg.startsWith('--'))
  const flags = args.filter((arg) => arg.startsWith('--'))
  const unknown = flags.find((flag) => !['--five', '--combined', '--no-traffic', '--help'].includes(flag))
  if (unknown) throw new SetupError(`There is no option ${unknown}. ${usage()}`)
  if (flags.includes('--help')) {
    process.stdout.write(`${usage()}\n${sceneList()}\n`)
    return 0
  }
  const [name, broker] = words
  if (name !== undefined) return order(name, broker)
  await stay(flags)
  return 0
}

export const usage = (): string =>
  'Use: npm run sandbox [-- --five | --combined] to start, npm run sandbox -- SCENE [BROKER] | heal | status | stop to act on it.'

export function sceneList(): string {
  const width = Math.max(...scenes.map(({ name }) => name.length))
  return scenes
    .map(({ name, summary, needs }) => {
      const where = needs === 'any' ? '' : ' (--five)'
      return `  npm run sandbox -- ${name.padEnd(width)}  ${summary}${where}`
    })
    .join('\n')
}

async function order(name: string, broker: string | undefined): Promise<number> {
  const known = [...orders, ...scenes.map((scene) => scene.name)]
  if (!known.includes(name)) throw new SetupError(`There is no scene "${name}". There are: ${known.join(', ')}.`)
  if (broker !== undefined && !/^\d+$/.test(broker)) throw new SetupError(`"${broker}" is not a broker's number.`)
  const control = liveRuns().find((run) => run.control !== null)?.control
  if (!control)
    throw new SetupError(
      'No sandbox is running: start one with "npm run sandbox" or "npm run demo" in another terminal.',
    )
  const number = broker === undefined ? null : Number(broker)
  const done = await giveOrder(control, { name, broker: number }, (text) => process.stdout.write(`${text}\n`))
  return done ? 0 : 1
}

async function stay(flags: readonly string[]): Promise<void> {
  const [five, combined] = [flags.includes('--five'), flags.includes('--combined')]
  if (five && combined) throw new SetupError('Five brokers have separate controllers: leave --combined or --five out.')
  const install = await step(
    'Kafka',
    (report) => ensureKafka(undefined, report),
    (found) => found.version,
  )
  const running = await step('Sandbox', (report) =>
    operateSandbox({
      install,
      label: 'sandbox',
      shape: five ? fiveShape : plainShape(),
      combined,
      steadyTraffic: !flags.includes('--no-traffic'),
      onProgress: report,
    }),
  )
  const { cluster } = running.sandbox
  const others = [OUTSIDE, LOGINS].map((listener) => ({ ...listener, at: cluster.bootstrapOf(listener) }))
  const lines = others.flatMap(({ name, protocol, at }) => (at === '' ? [] : [`${name} (${protocol}): ${at}\n`]))
  process.stdout.write(`\nBootstrap: ${cluster.bootstrap}\n${lines.join('')}\nFrom another terminal:\n${sceneList()}\n`)
  process.stdout.write('  npm run sandbox -- heal | status | stop\n\nCtrl-C ends it.\n')
  // Ctrl-C ends the process through its exit handlers, which end every node.
  process.once('exit', () => say('Sandbox: ended'))
  await running.stopped
  await running.close()
}
