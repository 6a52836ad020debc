/** The writer of a history is a process that may be killed at any moment, and another process may write or read. */
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KeptEvent } from '../../../../src-main/contract/history'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import { createClock } from '../../../../src-main/ports/clock'
import type { HistoryReader } from '../../../../src-main/ports/history'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const program = fileURLToPath(new URL('../../../support/history-child.ts', import.meta.url))

let folder: string
let children: ChildProcessByStdio<null, Readable, null>[]
beforeEach(() => {
  folder = mkdtempSync(join(ROOM, 'highwater-history-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Writer {
  /** The next line that begins so. */
  says(begin: string): Promise<string>
  kill(): Promise<void>
}

function startWriter(first: number): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async says(begin) {
      for (;;) {
        const next = (await lines.next()) as IteratorResult<string, undefined>
        if (next.done === true) throw new Error(`it ended before it said ${begin}`)
        if (next.value.startsWith(begin)) return next.value
      }
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const problems: unknown[] = []
const files = () =>
  createHistoryFiles(folder, {
    clock: createClock(),
    onProblem: (cause) => problems.push(cause),
    onNote: (note) => problems.push(note),
  })

function everyEvent(reader: HistoryReader): KeptEvent[] {
  const events: KeptEvent[] = []
  for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
    const page = reader.events({ beforeSeq }, 1_000)
    expect(page.unreadable).toBe(0)
    events.push(...page.rows)
    beforeSeq = page.rows.at(-1)?.seq ?? 0
    ;({ more } = page)
  }
  return events.reverse()
}

it('killed twenty times in the middle of writing: what it said is kept is there, in order, and the next one is let in', async () => {
  let first = 1
  for (let round = 0; round < 20; round += 1) {
    const child = startWriter(first)
    await child.says('writing')
    // Read beside it, from this process.
    if (round === 0) {
      await child.says('kept')
      expect(everyEvent(files().read(OURS)).length).toBeGreaterThan(0)
      expect(files().write(OURS)).toBeNull()
    }
    let kept = 0
    for (let lines = 0; lines <= round % 5; lines += 1) kept = Number((await child.says('kept')).split(' ')[1])
    await child.kill()
    const events = everyEvent(files().read(OURS))
    const numbers = events.map(({ amount }) => amount)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => n + 1))
    expect(events.map(({ seq }) => seq)).toEqual(numbers)
    expect(numbers.length).toBeGreaterThanOrEqual(kept)
    first = numbers.length + 1
    expect(files().read(OURS).incidents(1).rows).toHaveLength(1)
    expect(files().read(OURS).watched(0, 1e15)).toHaveLength(round + 1)
  }
  const writer = files().write(OURS)
  expect(writer).not.toBeNull()
  expect(writer?.watched(0, 1e15).every(({ end }) => end === 'open')).toBe(true)
  writer?.close()
  expect(problems).toEqual([])
}, 240_000)

it('a second process is refused while the first one lives', async () => {
  const first = startWriter(1)
  await first.says('writing')
  await startWriter(1).says('refused')
  await first.kill()
  await startWriter(1).says('writing')
}, 60_000)
