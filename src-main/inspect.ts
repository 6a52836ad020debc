/** `npm run inspect`: the core without a window, for scripts and for on-call over SSH. */
import { readFileSync, writeSync } from 'node:fs'
import { HELP, parseArguments, type Arguments } from './inspect/arguments'
import { takePicture } from './inspect/take-picture'
import { toJson } from './inspect/to-json'
import { watchCluster } from './inspect/watch'
import { parseBootstrap } from './kafka/client/bootstrap'
import { createClusterClient } from './kafka/client/cluster-client'
import type { ClientOptions } from './kafka/client/options'
import { PortError, type ClusterPort } from './kafka/cluster-port'
import { createClock } from './monitor/clock'
import { problemOf } from './monitor/problems'

const HEALTHY = 0
const TROUBLE = 1
const UNREAD = 2

/** Written whole: a pipe takes 64 KB at a time, and process.exit does not wait for a stream. */
function write(file: 1 | 2, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      // Whoever read us has gone (`| head`): nothing more to say.
      if (code === 'EPIPE') process.exit(HEALTHY)
      if (code !== 'EAGAIN') throw error
    }
  }
}

const complain = (sentence: string): void => write(2, `inspect: ${sentence}\n`)

function clientOptions(wanted: Arguments): ClientOptions | string {
  const bootstrap = parseBootstrap(wanted.bootstrap)
  if (!bootstrap.ok) return `--bootstrap: ${bootstrap.error.message}`
  let ca = ''
  if (wanted.tls !== null && wanted.tls.caFile !== '') {
    try {
      ca = readFileSync(wanted.tls.caFile, 'utf8')
    } catch (error) {
      return `--ca ${wanted.tls.caFile}: ${error instanceof Error ? error.message : String(error)}; give the path of a PEM file that can be read`
    }
  }
  const password = process.env['HIGHWATER_PASSWORD']
  if (wanted.sasl !== null && password === undefined) return '--sasl: HIGHWATER_PASSWORD is not set; put the password into that environment variable'
  return {
    bootstrap: bootstrap.value,
    tls: wanted.tls === null ? null : { ca, cert: '', key: '', serverName: '' },
    sasl: wanted.sasl === null ? null : { ...wanted.sasl, password: password ?? '' },
    clientId: 'highwater-inspect',
  }
}

const NEXT_ACTION: Readonly<Record<string, string>> = {
  dns: 'check the host name',
  tcp: 'check that a broker listens there and that nothing on the way blocks it',
  tls: 'check --tls and --ca against what the listener offers',
  sasl: 'check --sasl, --username and HIGHWATER_PASSWORD',
  'api-versions': 'check that this is the client port of a broker, not that of a controller or of another program',
}

async function once(port: ClusterPort, wanted: Arguments): Promise<number> {
  const clock = createClock()
  const picture = await takePicture(port, { clock, timeoutMs: wanted.timeoutMs, minInSyncReplicas: true })
  if (![...picture.facts.values()].some((fact) => fact.answers === 'yes')) {
    const named = picture.reading.brokers.map((broker) => `${broker.host}:${broker.port}`).join(', ')
    complain(`brokers: ${wanted.bootstrap.join(',')} answers, but none of the addresses it advertises does (${named}); check advertised.listeners`)
    return UNREAD
  }
  const { json, healthy } = toJson(picture, clock.now())
  write(1, `${json}\n`)
  return healthy ? HEALTHY : TROUBLE
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

async function main(): Promise<number> {
  const parsed = parseArguments(process.argv.slice(2))
  if (parsed.kind === 'help') {
    write(1, HELP)
    return HEALTHY
  }
  if (parsed.kind === 'bad') {
    complain(`${parsed.why}; --help shows how`)
    return UNREAD
  }
  const options = clientOptions(parsed.arguments)
  if (typeof options === 'string') {
    complain(options)
    return UNREAD
  }
  try {
    const port = createClusterClient(options)
    if (!parsed.arguments.watch) return await once(port, parsed.arguments)
    const { intervalMs } = parsed.arguments
    await watchCluster({ port, clock: createClock(), intervalMs, ended: interrupted(), print: (line) => write(1, `${line}\n`), warn: complain })
    return HEALTHY
  } catch (error) {
    const { step, message } = problemOf(error, 'bootstrap')
    const action = error instanceof PortError ? (NEXT_ACTION[step] ?? 'try again, or open the cluster in the window to have each step checked') : 'please report this'
    complain(`${step}: ${parsed.arguments.bootstrap.join(',')}: ${message}; ${action}`)
    return UNREAD
  }
}

// Sockets that are still closing must not hold up a script.
void main().then((code) => process.exit(code))
