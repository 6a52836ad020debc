/** What becomes of a history file that is damaged, replaced, full, of another cluster or of a newer Highwater: nothing is overwritten, nothing ends the process. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StartNote } from '../../../../src-main/contract/ipc'
import { bookName } from '../../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import type { HistoryFiles, HistoryWriter } from '../../../../src-main/ports/history'
import { FakeClock } from '../../../support/fake-clock'
import { event, incident } from '../../../support/history-events'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }

let folder: string
let path: string
let clock: FakeClock
let problems: unknown[]
let notes: StartNote[]
let open: HistoryWriter[]

const start = (limitBytes?: number): HistoryFiles =>
  createHistoryFiles(folder, {
    clock,
    onProblem: (cause) => problems.push(cause),
    onNote: (note) => notes.push(note),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  })
const write = (files = start()): HistoryWriter => {
  const writer = files.write(OURS)
  if (writer === null) throw new Error('somebody else writes')
  open.push(writer)
  return writer
}
const keep = (count: number): void => {
  const writer = write()
  writer.add(
    Array.from({ length: count }, (_, n) => event({ amount: n })),
    1,
  )
  for (let n = 0; n < 3; n += 1) writer.put(incident(writer.nextIncident()))
  writer.watch({ from: 1_000, to: 2_000, end: 'closed' })
  writer.close()
}
const bySql = (...statements: readonly string[]): void => {
  const db = new Database(path)
  for (const sql of statements) db.exec(sql)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
const aside = (): string[] => readdirSync(folder).filter((name) => name.includes('.unreadable-'))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-history-'))
  path = join(folder, bookName(OURS))
  clock = new FakeClock()
  problems = []
  notes = []
  open = []
})
afterEach(() => {
  for (const writer of open) writer.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a row that cannot be read', () => {
  it.each([
    ['a figure', 'UPDATE event SET lag = 7 WHERE seq = 3'],
    ['its number', 'UPDATE event SET seq = 30 WHERE seq = 3'],
    ['a kind nobody knows', 'UPDATE event SET kind = 99 WHERE seq = 3'],
    ['text that is not UTF-8', "UPDATE event SET text = CAST(x'ff41' AS TEXT) WHERE seq = 3"],
    ['a topic without a name', 'UPDATE event SET topic = 77 WHERE seq = 3'],
  ])('costs itself and is counted: %s', (_what, sql) => {
    keep(5)
    bySql(sql)
    const page = start().read(OURS).events({}, 10)
    expect([page.rows.length, page.unreadable]).toEqual([4, 1])
    expect(write().events({}, 10)).toEqual(page)
    expect(aside()).toEqual([])
  })

  it('does not end a page that has others', () => {
    keep(50)
    bySql('UPDATE event SET lag = 7 WHERE seq > 10')
    const page = start().read(OURS).events({}, 5)
    expect(page).toMatchObject({ more: true, unreadable: 40 })
    expect(page.rows.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6])
  })

  it.each([["UPDATE name SET text = 'payments'"], ["UPDATE name SET text = CAST(x'ff' AS TEXT)"]])(
    'is one whose topic was renamed: %s',
    (sql) => {
      keep(2)
      bySql(sql)
      expect(start().read(OURS).events({}, 10)).toEqual({ rows: [], more: false, unreadable: 2 })
    },
  )

  it.each([
    ["UPDATE incident SET body = replace(body, 'orders', 'other') WHERE id = 2"],
    ["UPDATE incident SET body = CAST(x'7bff' AS TEXT) WHERE id = 2"],
    ['UPDATE incident SET format = 9 WHERE id = 2'],
  ])('is an incident that is not as it was written: %s', (sql) => {
    keep(1)
    bySql(sql)
    const reader = start().read(OURS)
    expect(reader.incidents(9)).toEqual({ rows: [incident(3), incident(1)], more: false, unreadable: 1 })
    expect(reader.incident(2)).toBeNull()
  })

  it('is a span with another time', () => {
    keep(1)
    bySql('UPDATE watched SET until = 9000')
    expect(start().read(OURS).watched(0, 1e15)).toEqual([])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['no database', () => writeFileSync(path, 'nothing of ours '.repeat(1_000))],
    ['empty', () => writeFileSync(path, '')],
    [
      'of another program',
      () => {
        rmSync(path)
        bySql('CREATE TABLE notes (text TEXT)')
      },
    ],
    ['without a table', () => bySql('DROP TABLE incident')],
    ["another cluster's", () => bySql("UPDATE file SET owner = 'kafka:kafka-B'")],
    ['gone, its log is not', () => renameSync(path, `${path}-wal`)],
  ])('is set aside and told, and a new one is begun: %s', (_what, harm) => {
    keep(5)
    harm()
    const was = existsSync(path) ? readFileSync(path) : readFileSync(`${path}-wal`)
    const writer = write()
    writer.add([event()], 0)
    writer.flush()
    expect(writer.events({}, 9).rows).toHaveLength(1)
    expect(notes).toMatchObject([{ text: 'history-set-aside' }])
    expect(readFileSync(notes[0]!.path)).toEqual(was)
    writer.close()
    expect(start().read(OURS).events({}, 9).rows).toHaveLength(1)
  })

  it('is left alone where a newer Highwater wrote it, and this run remembers in memory', () => {
    keep(5)
    bySql('PRAGMA user_version = 99')
    const was = readFileSync(path)
    const writer = write()
    writer.add([event()], 0)
    writer.flush()
    writer.put(incident(writer.nextIncident()))
    expect([writer.events({}, 9).rows.length, writer.incidents(9).rows.length]).toEqual([1, 1])
    expect(notes).toEqual([{ text: 'history-newer', path }])
    writer.close()
    expect(readFileSync(path)).toEqual(was)
    expect(start().read(OURS).events({}, 9)).toEqual({ rows: [], more: false, unreadable: 1 })
  })

  it('is left alone where it is a folder, and this run remembers in memory', () => {
    mkdirSync(path)
    const writer = write()
    writer.add([event()], 0)
    writer.flush()
    expect(writer.events({}, 9).rows).toHaveLength(1)
    expect(notes).toEqual([{ text: 'history-unwritable', path }])
  })

  it('is not needed where the folder cannot be made', () => {
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'a file in the place of the folder')
    const writer = write()
    writer.add([event()], 0)
    writer.flush()
    expect(writer.events({}, 9).rows).toHaveLength(1)
    expect(notes).toEqual([{ text: 'history-unwritable', path }])
    writer.close()
    rmSync(folder)
  })

  it('has a log of another file put aside', () => {
    keep(5)
    // The header says that the file has no log.
    const bytes = readFileSync(path)
    bytes.fill(1, 18, 20)
    writeFileSync(path, bytes)
    writeFileSync(`${path}-wal`, Buffer.alloc(9_000, 7))
    // Another process: this one has had the file open.
    const run = spawnSync(process.execPath, ['--import', 'tsx', childProgram, folder, 'read'], { encoding: 'utf8' })
    expect([run.stderr, JSON.parse(run.stdout)]).toEqual([
      '',
      { events: 5, unreadable: 0, notes: ['history-log-aside'] },
    ])
  })
})

describe('while it is written', () => {
  it.each([
    ['deleted', () => rmSync(path)],
    [
      'replaced',
      () => {
        writeFileSync(`${path}.new`, 'something else')
        renameSync(`${path}.new`, path)
      },
    ],
  ])('a file that was %s is made again, and what comes then is in it', async (what, harm) => {
    const writer = write()
    writer.add([event(), event()], 0)
    writer.watch({ from: 5_000, to: 6_000, end: 'open' })
    await clock.advance(1_000)
    harm()
    writer.add([event()], 0)
    writer.put(incident(writer.nextIncident()))
    await clock.advance(1_000)
    const reader = start().read(OURS)
    expect(reader.events({}, 9).rows.map(({ seq }) => seq)).toEqual([3])
    expect(reader.incidents(9).rows).toEqual([incident(1)])
    expect(reader.watched(0, 9_000)).toEqual([{ from: 5_000, to: 6_000, end: 'open' }])
    expect(aside().filter((name) => !/-(wal|shm)$/.test(name))).toHaveLength(what === 'replaced' ? 1 : 0)
  })

  it('a file that takes nothing for a while is told once, what it does not take is remembered and written later', async () => {
    const writer = write()
    writer.add([event()], 0)
    await clock.advance(1_000)
    // For the writer the same as a full disk.
    const full = new Database(path)
    full.exec('BEGIN IMMEDIATE')
    writer.add(
      Array.from({ length: 30 }, () => event()),
      0,
    )
    writer.put(incident(writer.nextIncident()))
    writer.watch({ from: 5_000, to: 6_000, end: 'open' })
    await clock.advance(20_000)
    expect(problems).toHaveLength(1)
    expect(writer.events({}, 100).rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, n) => 31 - n))
    expect(writer.incidents(9).rows).toEqual([incident(1)])
    expect(writer.watched(0, 9_000)).toHaveLength(1)
    expect(start().read(OURS).events({}, 100).rows).toHaveLength(1)
    full.exec('ROLLBACK')
    full.close()
    await clock.advance(20_000)
    const reader = start().read(OURS)
    expect(reader.events({}, 100).rows).toHaveLength(31)
    expect(reader.incidents(9).rows).toEqual([incident(1)])
    expect(reader.watched(0, 9_000)).toHaveLength(1)
    expect(problems).toHaveLength(1)
  })
})

const childProgram = fileURLToPath(new URL('../../../support/history-damage-child.ts', import.meta.url))

it('60 files with flipped, zeroed and cut bytes: no start ends the process, what was there is kept or served', () => {
  keep(3_000)
  const run = spawnSync(process.execPath, ['--import', 'tsx', childProgram, folder, '60'], {
    encoding: 'utf8',
    timeout: 110_000,
  })
  expect([run.signal, run.status, run.stderr]).toEqual([null, 0, ''])
  const told = JSON.parse(run.stdout) as { readonly wrong: readonly string[]; readonly played: number }
  expect(told.wrong).toEqual([])
  expect(told.played).toBe(60)
}, 120_000)

it.skipIf(process.platform === 'win32')(
  'a disk without room is told once, and what it does not take is remembered for this run',
  () => {
    // In blocks of 512 or of 1,024 bytes, depending on the shell: 2 or 4 MB.
    const run = spawnSync(
      'sh',
      ['-c', `ulimit -f 4096; exec "$0" "$@"`, process.execPath, '--import', 'tsx', childProgram, folder, 'full'],
      { encoding: 'utf8' },
    )
    expect([run.signal, run.status, run.stderr]).toEqual([null, 0, ''])
    expect(JSON.parse(run.stdout)).toEqual({
      problems: [expect.stringMatching(/^SQLITE_(FULL|IOERR)/)],
      isWhole: true,
      incidents: 1,
    })
    // It ended without closing its file, which is well.
    const { rows, unreadable } = start().read(OURS).events({}, 1_000)
    expect([rows.length, unreadable, rows[0]!.seq < 10_000]).toEqual([1_000, 0, true])
    expect(aside()).toEqual([])
  },
)

describe('its bound', () => {
  const BOUND = 8 * 1_048_576
  /** Not read: a file that is open is not to be opened past SQLite. */
  const bytes = (): number =>
    ['', '-wal'].reduce((sum, tail) => sum + (statSync(path + tail, { throwIfNoEntry: false })?.size ?? 0), 0)

  it('is kept: oldest events first, incidents last, and numbers go on', async () => {
    const writer = write(start(BOUND))
    writer.put(incident(writer.nextIncident()))
    let most = 0
    for (let round = 0; round < 25; round += 1) {
      writer.add(
        Array.from({ length: 1_000 }, (_, n) => event({ topic: `t${round}-${n % 20}`, text: 'x'.repeat(600) })),
        0,
      )
      await clock.advance(1_000)
      most = Math.max(most, bytes())
    }
    expect(most).toBeLessThan(BOUND)
    const { rows } = writer.events({}, 1)
    expect(rows[0]?.seq).toBe(25_000)
    expect(writer.events({ beforeSeq: 2 }, 1).rows).toEqual([])
    expect(writer.events({ topic: 't0-3' }, 1).rows).toEqual([])
    expect(writer.events({ topic: 't24-3' }, 1).rows).toHaveLength(1)
    expect(writer.incidents(9).rows).toEqual([incident(1)])
    writer.close()
    const db = new Database(path)
    const [names] = db.prepare('SELECT count(*) AS count FROM name').all() as { count: number }[]
    const [oldest] = db.prepare('SELECT min(seq) AS seq FROM event').all() as { seq: number }[]
    db.close()
    // Names that nothing refers to go too, some a step.
    expect(names!.count).toBeLessThan(450)
    expect(oldest!.seq).toBeGreaterThan(10_000)
    expect(problems).toEqual([])
  })

  it('makes a file smaller that was written with a larger one', async () => {
    const before = write()
    before.add(
      Array.from({ length: 15_000 }, () => event({ text: 'x'.repeat(800) })),
      0,
    )
    before.close()
    expect([problems, notes]).toEqual([[], []])
    expect(bytes()).toBeGreaterThan(BOUND)
    const writer = write(start(BOUND))
    await clock.advance(5_000)
    expect(bytes()).toBeLessThan(BOUND)
    writer.close()
    expect(start().read(OURS).events({}, 1).rows[0]?.seq).toBe(15_000)
  })
})

it.skipIf(process.platform === 'win32')('nobody but its person may read it', () => {
  keep(1)
  expect(statSync(path).mode & 0o077).toBe(0)
})
