/** Two processes and one history: `inspect --watch --record` beside a session of the window's own parts, on real brokers. */
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHistoryFiles } from '../../src-main/history/book/history-files'
import { createSampleStore } from '../../src-main/history/samples'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createSession } from '../../src-main/monitor/session'
import type { ClusterSession } from '../../src-main/monitor/session'
import { createClock } from '../../src-main/ports/clock'
import { direct, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { endings } from '../support/endings'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Inside the project, as the program finds libsql in its node_modules. */
mkdirSync(join(root, 'out'), { recursive: true })
const built = mkdtempSync(join(root, 'out', 'record-'))
const profile = mkdtempSync(join(tmpdir(), 'highwater-record-'))
const opened = endings()
let sandbox: Sandbox
let director: Director

beforeAll(async () => {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '-c', 'vite.inspect.config.ts', '--outDir', built], {
    cwd: root,
  })
  sandbox = await startSandbox({ label: 'record' })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
})

afterAll(async () => {
  await opened.all()
  for (const folder of [built, profile]) rmSync(folder, { recursive: true, force: true })
})

interface Recorder {
  readonly child: ChildProcess
  readonly out: () => string
  readonly told: () => string
  readonly ended: Promise<number | null>
}

function record(folder: string, bootstrap: string): Recorder {
  const words = ['--bootstrap', bootstrap, '--watch', '--record', '--interval', '500', '--profile', folder]
  const child = spawn(process.execPath, [join(built, 'inspect.mjs'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let told = ''
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  opened.add(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, out: () => out, told: () => told, ended }
}

function openWindow(bootstrap: string): ClusterSession {
  const clock = createClock()
  const [host = '', port = ''] = bootstrap.split(',')[0]!.split(':')
  const session = createSession({
    cluster: 'saved',
    port: createClusterClient({ bootstrap: [{ host, port: Number(port) }], tls: null, sasl: null }),
    clock,
    busyMs: () => 0,
    intervalMs: 500,
    samples: createSampleStore(),
    history: createHistoryFiles(join(profile, 'history'), { clock, onProblem: (cause) => console.error(cause) }),
    onError: (cause) => console.error(cause),
  })
  opened.add(() => session.close())
  return session
}

const says = (recorder: Recorder, text: string): Promise<true> =>
  until(`the recorder to say "${text}"`, 30_000, () => Promise.resolve(recorder.told().includes(text) || null))
const open = (session: ClusterSession): number => session.frame()?.summary.incident?.id ?? 0

it('records, is read meanwhile, and whoever is left takes the place of whoever ends', async () => {
  const { bootstrap } = sandbox.cluster
  const first = record(profile, bootstrap)
  await says(first, 'keeping the history in')

  const session = openWindow(bootstrap)
  await until('the window to follow', 30_000, () => Promise.resolve(session.history?.reader ?? null))
  expect(session.history?.writes).toBe(false)

  await director.play('dead-broker', 2)
  const id = await until('the incident that the recorder opened, in the window', 30_000, () =>
    Promise.resolve(open(session) || null),
  ).catch((cause: unknown) => {
    const kept = JSON.stringify(session.history?.reader?.incidents(3))
    throw new Error(`${kept}; ${session.status.phase}; the recorder said: ${first.told()} ${first.out()}`, { cause })
  })
  const reader = session.history!.reader!
  await until('its events', 15_000, () =>
    Promise.resolve(reader.events({ incident: id, kinds: ['left-isr'] }, 5).rows.length > 0 || null),
  )

  // Killed without a word: the system gives its place back, and the window goes on with the same incident.
  const killedAt = Date.now()
  first.child.kill('SIGKILL')
  await first.ended
  await until('the window to take its place', 15_000, () => Promise.resolve(session.history?.writes || null))
  console.info(`place taken ${Date.now() - killedAt} ms after kill -9`)
  await until('the same incident', 10_000, () => Promise.resolve(open(session) === id || null))
  const spans = session.history!.reader!.watched(0, Number.MAX_SAFE_INTEGER)
  const recorded = spans.find(({ to }) => to <= killedAt)
  console.info(`last written ${killedAt - (recorded?.to ?? Number.NaN)} ms before kill -9`)

  const to = mkdtempSync(join(tmpdir(), 'highwater-record-'))
  const words = ['--bootstrap', bootstrap, '--incident', String(id), '--bundle', to, '--profile', profile]
  const { stdout } = await promisify(execFile)(process.execPath, [join(built, 'inspect.mjs'), ...words])
  const bundle = JSON.parse(readFileSync(join(stdout.trimEnd(), 'incident.json'), 'utf8')) as {
    format: number
    incident: { id: number }
    events: { kind: string }[]
  }
  expect(bundle).toMatchObject({ format: 1, incident: { id } })
  expect(bundle.events.some(({ kind }) => kind === 'left-isr')).toBe(true)
  rmSync(to, { recursive: true, force: true })

  // The other way round: one that comes second waits, and goes on when the window is closed.
  const second = record(profile, bootstrap)
  await says(second, 'another process keeps the history')
  await session.close()
  await says(second, 'keeping the history in')
  second.child.kill('SIGTERM')
  expect([0, 1]).toContain(await second.ended)
  const after = createHistoryFiles(join(profile, 'history'), { clock: createClock(), onProblem: () => undefined })
  const clusterId = session.inside.clusterId() ?? ''
  const ended = after.read({ cluster: 'any', clusterId }).watched(0, Number.MAX_SAFE_INTEGER)
  expect(ended.at(-1)?.end).toBe('closed')
  const again = after.write({ cluster: 'any', clusterId })
  expect(again).not.toBeNull()
  again?.close()
})

it('a folder that may not be written is said at once, with a code of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-record-'))
  // The one who runs the tests may write wherever they like, but there is no folder in a file.
  writeFileSync(join(folder, 'history'), '')
  const recorder = record(folder, sandbox.cluster.bootstrap)
  expect(await recorder.ended).toBe(3)
  expect(recorder.told()).toContain('it cannot be written')
  expect(recorder.told()).not.toContain('keeping the history')
  rmSync(folder, { recursive: true, force: true })
})
