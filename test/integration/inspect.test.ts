import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { direct, startSandbox, until } from '../../tools/sandbox'
import type { Director, Sandbox } from '../../tools/sandbox'
import { groupTopic } from '../support/group-topic'
import { endings } from '../support/endings'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'highwater-inspect-'))
const program = join(folder, 'inspect.mjs')

interface Inspected {
  healthy: boolean
  underReplicated: number
  takenAt: number
  spreadMs: number
  brokers: { id: number; answers: boolean }[]
  partitions: {
    topic: string
    partition: number
    leader: number
    leaderEpoch: number
    state: string
    replicas: number[]
    isr: number[]
    highWatermark: number | null
    replicasDetail: { broker: number; logEndOffset: number | null; lag: number | null }[]
  }[]
}

const opened = endings()
let sandbox: Sandbox
let director: Director

beforeAll(async () => {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '-c', 'vite.inspect.config.ts', '--outDir', folder], {
    cwd: root,
  })
  sandbox = await startSandbox()
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  await groupTopic(sandbox)
})

afterAll(async () => {
  await opened.all()
  rmSync(folder, { recursive: true, force: true })
})

function inspect(...words: string[]): Promise<{ code: number | null; out: string; complaint: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...words],
      { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
      (error, out, complaint) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
        resolve({ code, out, complaint })
      },
    )
  })
}

const unread = ({ partitions }: Inspected): Inspected['partitions'] =>
  partitions.filter(
    ({ highWatermark, replicasDetail }) =>
      highWatermark === null ||
      replicasDetail.some(({ logEndOffset, lag }) => logEndOffset === null || lag === null || lag < 0),
  )

describe('inspect, one picture', () => {
  it('is one line of JSON with every partition as the brokers have it, and exits 0', async () => {
    // A follower named in Metadata says "not a replica" (6) until it has made the log of a new topic, for a second or so.
    const { code, out, complaint } = await until('every replica to have its log', 90_000, async () => {
      const answer = await inspect('--bootstrap', sandbox.cluster.bootstrap)
      if (answer.code !== 0) throw new Error(`exit ${answer.code}: ${answer.complaint}`)
      return unread(JSON.parse(answer.out) as Inspected).length === 0 ? answer : null
    })
    expect([code, complaint]).toEqual([0, ''])
    expect(out.trimEnd()).not.toContain('\n')
    const read = JSON.parse(out) as Inspected
    const view = await sandbox.admin.view()
    const key = (one: { topic: string; partition: number }): string => `${one.topic}/${one.partition}`
    const own = new Map(view.partitions.map((one) => [key(one), one]))
    expect(read.partitions.map(key).sort()).toEqual([...own.keys()].sort())
    for (const one of read.partitions) {
      const theirs = own.get(key(one))!
      expect([one.leader, one.leaderEpoch, one.replicas, [...one.isr].sort()]).toEqual([
        theirs.leader,
        theirs.leaderEpoch,
        theirs.replicas,
        [...theirs.isr].sort(),
      ])
      expect(one.state).toBe('healthy')
    }
    expect(unread(read)).toEqual([])
    expect(read).toMatchObject({ healthy: true, underReplicated: 0 })
    expect(read.brokers.map(({ id, answers }) => [id, answers])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ])
    expect(Math.abs(Date.now() - read.takenAt)).toBeLessThan(60_000)
    expect(read.spreadMs).toBeGreaterThan(0)
  })

  it('exits 1 in trouble, with null for what a frozen broker does not tell', async () => {
    await director.play('frozen-broker', 2)
    // Long enough for the two that are well, however busy the machine.
    const { code, out } = await inspect('--bootstrap', sandbox.cluster.bootstrap, '--timeout', '4000')
    const read = JSON.parse(out) as Inspected
    await director.heal()
    expect(code).toBe(1)
    expect(read.healthy).toBe(false)
    expect(read.brokers.find(({ id }) => id === 2)?.answers).toBe(false)
    for (const { replicasDetail } of read.partitions) {
      for (const { broker, logEndOffset } of replicasDetail) expect(logEndOffset === null).toBe(broker === 2)
    }
  })
})

describe('inspect, bad input', () => {
  const listening: { close(): void }[] = []
  const portOf = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    listening.push(server)
    return (server.address() as AddressInfo).port
  }
  afterAll(() => {
    for (const server of listening) server.close()
  })

  const refused = async (words: string[], ...named: string[]): Promise<void> => {
    const { code, out, complaint } = await inspect(...words)
    expect([code, out]).toEqual([2, ''])
    expect(complaint.trimEnd()).not.toContain('\n')
    for (const word of named) expect(complaint).toContain(word)
  }

  it('exits 2 with one line that names the value and what to do', async () => {
    await refused([], '--bootstrap', '--help')
    await refused(['--bootstrap', 'localhost'], 'localhost', 'port')
    await refused(['--bootstrap', 'localhost:99999'], 'localhost:99999')
    await refused(['--bootstrap', 'no-such-host.invalid:9092'], 'no-such-host.invalid:9092', 'check the host name')
    await refused(['--bootstrap', '127.0.0.1:1'], '127.0.0.1:1', 'check the port, and whether the broker runs')
    await refused(['--bootstrap', sandbox.cluster.bootstrap, '--ca', '/no/such/file.pem'], '/no/such/file.pem')
  })

  it('also for a port that is silent, one that speaks HTTP, and TLS on plaintext', async () => {
    const silent = await portOf(createTcpServer(() => undefined))
    await refused(['--bootstrap', `127.0.0.1:${silent}`, '--timeout', '500'], `127.0.0.1:${silent}`)
    const web = await portOf(createServer((_, answer) => answer.end('hello')))
    await refused(['--bootstrap', `127.0.0.1:${web}`, '--timeout', '10000'], `127.0.0.1:${web}`)
    await refused(['--bootstrap', sandbox.cluster.bootstrap.split(',')[0]!, '--tls', '--timeout', '10000'], 'tls')
  })
})

describe('inspect --watch', () => {
  let watching: ChildProcess | null = null
  const lines: { at: number; text: string }[] = []

  afterAll(() => watching?.kill('SIGKILL'))

  it('prints a line at every change, ending in the number of under-replicated partitions, and ends at Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, '--bootstrap', sandbox.cluster.bootstrap, '--watch'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    watching = child
    let rest = ''
    child.stdout.on('data', (bytes: Buffer) => {
      const parts = (rest + bytes.toString()).split('\n')
      rest = parts.pop() ?? ''
      for (const text of parts) lines.push({ at: Date.now(), text })
    })
    await until('the first line', 60_000, () => (lines.length > 0 ? true : null), 20)
    expect(lines[0]!.text).toMatch(/healthy \d+; under-replicated 0$/)
    await director.play('dead-broker', 3)
    await until(
      'a broker that does not answer',
      60_000,
      () => lines.some(({ text }) => text.includes('broker 3 does not answer')) || null,
      20,
    )
    const count = (text: string): number => Number(/under-replicated (\d+)$/.exec(text)?.[1] ?? Number.NaN)
    const short = await until(
      'under-replicated partitions',
      120_000,
      () => lines.find(({ text }) => count(text) > 0) ?? null,
      20,
    )
    await until(
      'the number of the brokers',
      60_000,
      async () => {
        const theirs = (await sandbox.admin.views()).map(
          ({ partitions }) => partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
        )
        return theirs.every((one) => one > 0 && one === count(lines.at(-1)!.text)) || null
      },
      20,
    )
    expect(short.text).toContain('broker 3 is gone')
    await director.heal()
    // Leaders that go back are told with what is well meanwhile, and nothing is told after the last of them.
    const moves = String.raw`(, (\S+-\d+ leader \d+ ISR [\d+]+|ISR or leader changed on \d+ partitions))*`
    const well = new RegExp(`Z healthy \\d+${moves}; under-replicated 0$`)
    await until('healthy again', 120_000, () => well.test(lines.at(-1)!.text) || null, 50).catch((cause: unknown) => {
      throw new Error(
        `The last lines are ${lines
          .slice(-3)
          .map(({ text }) => text)
          .join(' / ')}`,
        { cause },
      )
    })
    expect(lines.filter(({ text }) => !/^\S+Z .*under-replicated (\d+|at least \d+|unknown)$/.test(text))).toEqual([])
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})
