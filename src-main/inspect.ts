/** `npm run inspect`: the core without a window, for scripts and for on-call over SSH. */
import { writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { HELP, parseArguments, type Arguments } from './inspect/arguments'
import { nextAction, nextActionAdvertised } from './inspect/next-action'
import { profileFolder } from './inspect/profile-folder'
import type { Recording } from './inspect/record'
import { takePicture } from './inspect/take-picture'
import { toJson } from './inspect/to-json'
import { writeWhole } from './inspect/write-whole'
import { parseBootstrap } from './kafka/client/bootstrap'
import { mostTelling } from './kafka/client/bootstrap-race'
import { createClusterClient } from './kafka/client/cluster-client'
import type { ClientOptions } from './kafka/client/options'
import { readPem } from './kafka/client/read-pem'
import { PortError, type ClusterPort } from './ports/cluster-port'
import { createClock } from './ports/clock'
import type { Clock } from './ports/clock'
import { printable, printableJson } from './shared/printable'
import type { AuditRisk } from './shared/audit-rules'
import { accessOf } from './shared/shell-words'
import { problemOf } from './monitor/connection-phase'

const HEALTHY = 0
const TROUBLE = 1
/** Could not read, or not enough to tell. */
const UNREAD = 2
/** Told to keep what it sees, and it was not kept, or not all of it. */
const UNKEPT = 3
const EXIT = { healthy: HEALTHY, trouble: TROUBLE, unknown: UNREAD } as const

const write = (file: 1 | 2, text: string): boolean => writeWhole((bytes, at) => writeSync(file, bytes, at), text)
/** One line, whatever it says: names, values and complaints of strangers are shown and not obeyed. */
const line = (file: 1 | 2, text: string): boolean => write(file, `${printable(text)}\n`)
const complain = (sentence: string): void => void line(2, `inspect: ${sentence.replace(/\s*[\r\n]\s*/g, ' ')}`)

function clientOptions(wanted: Arguments): ClientOptions | string {
  const bootstrap = parseBootstrap(wanted.bootstrap)
  if (!bootstrap.ok) return `--bootstrap: ${bootstrap.error.message}`
  const ca = readPem('CA file', wanted.tls?.caFile ?? '')
  if (!ca.ok) return `--ca: ${ca.message}`
  const password = process.env['HIGHWATER_PASSWORD']
  if (wanted.sasl !== null && password === undefined)
    return '--sasl: HIGHWATER_PASSWORD is not set; put the password into that environment variable'
  return {
    bootstrap: bootstrap.value,
    tls: wanted.tls === null ? null : { ca: ca.text, cert: '', key: '', serverName: '' },
    sasl: wanted.sasl === null ? null : { ...wanted.sasl, password: password ?? '' },
    clientId: 'highwater-inspect',
  }
}

async function once(port: ClusterPort, wanted: Arguments): Promise<number> {
  const clock = createClock()
  const picture = await takePicture(port, { clock, timeoutMs: wanted.timeoutMs, minInSyncReplicas: true })
  if (![...picture.facts.values()].some((fact) => fact.answers === 'yes')) {
    const first = mostTelling([...picture.failures.values()])
    const why = first === null ? '' : `: ${first.message}; ${nextActionAdvertised(first)}`
    complain(`brokers: ${wanted.bootstrap.join(',')} answers, but none of the brokers that it names does${why}`)
    return UNREAD
  }
  const { json, verdict, unseen } = toJson(picture, clock.now())
  for (const sentence of unseen) complain(sentence)
  write(1, `${printableJson(json)}\n`)
  return EXIT[verdict]
}

/** Until Ctrl-C, until nobody reads any more, or until the login is refused; the exit code is that of the last picture. */
async function watch(port: ClusterPort, { intervalMs, record }: Arguments): Promise<number> {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  const print = (text: string): void => {
    if (!line(1, text)) end()
  }
  // The monitor is most of what there is to load, and one picture does without it.
  const { watchCluster } = await import('./inspect/watch')
  const clock = createClock()
  const recording = record === null ? null : await recordingIn(record.profile, clock)
  const verdict = await watchCluster({ port, clock, intervalMs, ended, recording, print, warn: complain })
  return recording?.isKept() === false ? UNKEPT : EXIT[verdict]
}

const ourFolder = (said: string): string =>
  profileFolder(said, { platform: process.platform, env: process.env, home: homedir() })

/** SQLite comes with it, which nobody else waits for. */
async function recordingIn(said: string, clock: Clock): Promise<Recording> {
  const { createRecording } = await import('./inspect/record')
  return createRecording({ folder: ourFolder(said), clock, warn: complain })
}

/** The cluster says who it is, so that the right history is read. */
async function bundle(port: ClusterPort, wanted: Arguments, of: NonNullable<Arguments['incident']>): Promise<number> {
  const { clusterId } = await port.open(wanted.timeoutMs)
  const { bundleIncident } = await import('./inspect/incident-bundle')
  const isWritten = await bundleIncident({
    id: of.id,
    folder: of.folder,
    profile: ourFolder(of.profile),
    clusterId: clusterId ?? '',
    access: accessOf(wanted),
    clock: createClock(),
    print: (text) => void line(1, text),
    warn: complain,
  })
  return isWritten ? HEALTHY : UNREAD
}

const AUDIT_EXIT = { clear: HEALTHY, found: TROUBLE, unknown: UNREAD } as const

/** `failOn`: the least risk that counts. */
async function audit(port: ClusterPort, wanted: Arguments, failOn: AuditRisk): Promise<number> {
  const { auditCluster } = await import('./inspect/audit')
  const access = accessOf(wanted)
  const print = (text: string): void => void line(1, text)
  return AUDIT_EXIT[await auditCluster({ port, clock: createClock(), access, failOn, print, warn: complain })]
}

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
    const { arguments: wanted } = parsed
    if (wanted.incident !== null) return await bundle(port, wanted, wanted.incident)
    if (wanted.audit !== null) return await audit(port, wanted, wanted.audit)
    return await (wanted.watch ? watch : once)(port, wanted)
  } catch (error) {
    const { step, message } = problemOf(error, 'bootstrap')
    const action = error instanceof PortError ? nextAction(error) : 'please report this'
    complain(`${step}: ${parsed.arguments.bootstrap.join(',')}: ${message}; ${action}`)
    return UNREAD
  }
}

/** Node's own exit code for what nobody caught is 1, which says "trouble" here. */
function unforeseen(error: unknown): never {
  complain(`internal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}; please report this`)
  process.exit(UNREAD)
}

process.on('uncaughtException', unforeseen)
// Sockets that are still closing must not hold up a script.
main().then((code) => process.exit(code), unforeseen)
