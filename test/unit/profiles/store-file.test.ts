import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import { isDamage } from '../../../src-main/sqlite/file-aside'
import { createProfileStore } from '../../../src-main/profiles/profile-store'
import { createKeptStore } from '../../../src-main/profiles/kept-store'
import { MIGRATIONS } from '../../../src-main/profiles/migrations'

const now = Date.UTC(2026, 10, 23, 15, 4, 5)
let folder: string
let path: string
let problems: unknown[]
const open = (migrations?: readonly string[]) => {
  const file = openStoreFile(path, now, (cause) => problems.push(cause), migrations)
  return { db: file.db, note: file.note, close: () => file.close() }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-store-'))
  path = join(folder, 'profile', 'highwater.db')
  problems = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keep = (value: string): void => {
  const { db, close } = open()
  createKeptStore(db).write('x', value)
  close()
}

describe('a file of ours', () => {
  it('is made with its folder, and what is kept is there at the next start', () => {
    keep('first')
    const { db, note, close } = open()
    expect([createKeptStore(db).read('x'), note, problems]).toEqual(['first', null, []])
    expect(db.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'truncate' })
    close()
  })

  it('is kept as it was when it is migrated', () => {
    keep('before')
    const next = [...MIGRATIONS, 'UPDATE kept SET value = \'"after"\', checksum = NULL']
    const { db, note, close } = open(next)
    expect([createKeptStore(db).read('x'), note]).toEqual(['after', null])
    close()
    copyFileSync(`${path}.v${MIGRATIONS.length}`, path)
    const old = open()
    expect(createKeptStore(old.db).read('x')).toBe('before')
    old.close()
  })

  it('keeps its saved clusters when they become one text each', () => {
    const old = open(MIGRATIONS.slice(0, 2))
    const insert = old.db.prepare('INSERT INTO profile VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const tls = { caFile: '/ca.pem', certFile: '', keyFile: '', serverName: 'kafka' }
    const sasl = { mechanism: 'scram-sha-512', username: 'ops' }
    insert.run('b', 1, 'b', 'prod', 0, '["b1:9092","[::1]:9092"]', JSON.stringify(tls), JSON.stringify(sasl), 500, 1000)
    insert.run('a', 2, 'a', 'dev', 1, '["h:1"]', null, null, 0, null)
    old.close()
    const { db, close } = open()
    expect(createProfileStore(db).list()).toMatchObject([
      {
        profile: {
          id: 'b',
          name: 'b',
          environment: 'prod',
          readOnly: false,
          bootstrap: ['b1:9092', '[::1]:9092'],
          tls,
          sasl,
          intervalMs: 500,
        },
        lastSeenAt: 1000,
      },
      {
        profile: {
          id: 'a',
          name: 'a',
          environment: 'dev',
          readOnly: true,
          bootstrap: ['h:1'],
          tls: null,
          sasl: null,
          intervalMs: 0,
        },
        lastSeenAt: Number.NaN,
      },
    ])
    close()
  })

  it('is not half migrated when a step fails', () => {
    keep('before')
    const { note, close } = open([
      ...MIGRATIONS,
      "UPDATE kept SET value = '\"half\"'; INSERT INTO kept (key, value) VALUES ('x', '1')",
    ])
    expect(note?.text).toBe('storage-set-aside')
    close()
    copyFileSync(note!.path, path)
    const again = open()
    expect(createKeptStore(again.db).read('x')).toBe('before')
    again.close()
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['is no database', Buffer.from('this is a letter to my aunt, not a database. '.repeat(100))],
    ['is empty text of another program', Buffer.from('{}')],
  ])('%s: set aside unchanged, and a new one is used', (_what, bytes) => {
    keep('x')
    writeFileSync(path, bytes)
    const { db, note, close } = open()
    expect(note).toEqual({ text: 'storage-set-aside', path: `${path}.unreadable-2026-11-23T15-04-05-000Z` })
    expect(readFileSync(note!.path)).toEqual(bytes)
    createKeptStore(db).write('x', 'new')
    close()
    const again = open()
    expect([createKeptStore(again.db).read('x'), again.note]).toEqual(['new', null])
    again.close()
    expect(problems).toHaveLength(1)
  })

  it('has a damaged page: found at once, set aside', () => {
    keep('y'.repeat(50_000))
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096, 8192)
    writeFileSync(path, bytes)
    const { note, close } = open()
    expect(note?.text).toBe('storage-set-aside')
    expect(readFileSync(note!.path)).toEqual(bytes)
    close()
  })

  it.each([
    [
      'a byte that is not UTF-8, at which libsql ends the process',
      "INSERT INTO kept (key, value) VALUES ('y', CAST(x'22ff22' AS TEXT))",
    ],
    ['a key that is not UTF-8', "INSERT INTO kept (key, value) VALUES (CAST(x'ff' AS TEXT), '1')"],
    ['a column less than its version says', 'ALTER TABLE cluster DROP COLUMN last_seen_at'],
    ['a table less than its version says', 'DROP TABLE cluster'],
  ])('has %s: set aside whole, and a new one begins', (_what, harm) => {
    keep('first')
    const hurt = open()
    hurt.db.exec(harm)
    hurt.close()
    const before = readFileSync(path)
    const { db, note, close } = open()
    expect(note).toMatchObject({ text: 'storage-set-aside' })
    expect(readFileSync(note!.path)).toEqual(before)
    expect([createKeptStore(db).read('x'), createProfileStore(db).list()]).toEqual([undefined, []])
    expect(problems).toHaveLength(1)
    close()
  })

  it('has no length, as a power cut leaves it: said, not taken for new', () => {
    keep('first')
    writeFileSync(path, '')
    const { note, close } = open()
    expect(note).toMatchObject({ text: 'storage-set-aside' })
    expect(readFileSync(note!.path)).toHaveLength(0)
    close()
  })

  it('never takes the name of one that was set aside before', () => {
    for (const content of ['one', 'two']) {
      keep('x')
      writeFileSync(path, content.repeat(2000))
      open().close()
    }
    const aside = readdirSync(join(folder, 'profile')).filter((name) => /unreadable-.*Z(-\d+)?$/.test(name))
    expect(aside.map((name) => readFileSync(join(folder, 'profile', name), 'utf8').slice(0, 3)).sort()).toEqual([
      'one',
      'two',
    ])
  })
})

describe('a file that is well is left where it is', () => {
  const untouched = (): string[] => readdirSync(join(folder, 'profile')).filter((name) => name.includes('unreadable'))

  it('when there is no room to keep the old one beside a migration', () => {
    keep('mine')
    mkdirSync(`${path}.v${MIGRATIONS.length}`)
    const { note, close } = open([...MIGRATIONS, 'CREATE TABLE later (x)'])
    expect([note, untouched()]).toEqual([{ text: 'storage-unwritable', path }, []])
    close()
    rmSync(`${path}.v${MIGRATIONS.length}`, { recursive: true })
    const again = open()
    expect([createKeptStore(again.db).read('x'), again.note]).toEqual(['mine', null])
    again.close()
  })
})

it.each<[string, unknown, boolean]>([
  ['held by another program', { code: 'SQLITE_BUSY' }, false],
  ['no room on the disk', { code: 'SQLITE_FULL' }, false],
  ['no room for the copy', { code: 'ENOSPC' }, false],
  ['not to be written', { code: 'SQLITE_READONLY_DIRECTORY' }, false],
  ['the disk does not answer', { code: 'SQLITE_IOERR_READ' }, false],
  ['no database', { code: 'SQLITE_NOTADB' }, true],
  ['damaged', { code: 'SQLITE_CORRUPT' }, true],
  ['a damaged page', new Error('the file is damaged: 2nd reference to page 3'), true],
  ['a migration that does not fit', { code: 'SQLITE_ERROR' }, true],
])('%s: %j is damage of the file: %s', (_what, cause, damage) => {
  expect(isDamage(cause)).toBe(damage)
})

describe('a file that is not the one at its path any more', () => {
  const replace = (from: string, to: string): void => {
    copyFileSync(from, `${to}.other`)
    renameSync(`${to}.other`, to)
  }
  const another = (): Buffer => {
    const other = join(folder, 'other.db')
    const file = openStoreFile(other, now, () => undefined)
    createKeptStore(file.db).write('x', 'of another')
    file.close()
    const bytes = readFileSync(other)
    // As many transactions as ours: by its header SQLite takes it for the file it knows.
    expect(bytes.readUInt32BE(24)).toBe(readFileSync(path).readUInt32BE(24))
    return bytes
  }
  it.each<[string, (before: Buffer) => void, boolean]>([
    ['untouched', () => undefined, true],
    ['deleted', () => rmSync(path), false],
    ['replaced by a copy of itself', () => replace(path, path), false],
    ['moved away', () => renameSync(path, `${path}.moved`), false],
    ['written over by an older copy of itself', (before) => writeFileSync(path, before), false],
    ['written over by the file of another Highwater', () => writeFileSync(path, another()), false],
    ['cut in its last page', () => truncateSync(path, statSync(path).size - 100), false],
    ['emptied', () => writeFileSync(path, ''), false],
  ])('%s: what is written now is there at the next start', (_what, harm, there) => {
    const file = openStoreFile(path, now, (cause) => problems.push(cause))
    const before = readFileSync(path)
    createKeptStore(file.db).write('x', 'first')
    file.mark()
    file.prove()
    harm(before)
    if (there) expect(() => file.prove()).not.toThrow()
    else expect(() => file.prove()).toThrow(/was deleted or replaced while Highwater was running/)
    file.db.close()
  })

  it('is proven by nothing in memory', () => {
    writeFileSync(join(folder, 'profile'), 'a file where the folder should be')
    const file = openStoreFile(path, now, () => undefined)
    expect(() => file.prove()).not.toThrow()
    file.close()
  })
})

it.skipIf(process.platform === 'win32')('is for its owner alone, and so is its log', () => {
  const { db, close } = open()
  createKeptStore(db).write('x', 1)
  for (const name of [path, `${path}-journal`, `${path}.mark`])
    expect((statSync(name).mode & 0o777).toString(8)).toBe('600')
  close()
})

it('a file of a newer Highwater is left alone and nothing is saved', () => {
  open([...MIGRATIONS, 'CREATE TABLE future (x)']).close()
  const before = readFileSync(path)
  const { db, note, close } = open()
  expect(note).toEqual({ text: 'storage-newer', path })
  createKeptStore(db).write('x', 'lost')
  close()
  expect(readFileSync(path)).toEqual(before)
})

it('a folder that cannot be made costs keeping, not starting', () => {
  writeFileSync(join(folder, 'profile'), 'a file where the folder should be')
  const { db, note, close } = open()
  expect(note).toEqual({ text: 'storage-unwritable', path })
  const kept = createKeptStore(db)
  kept.write('x', 1)
  expect(kept.read('x')).toBe(1)
  close()
  expect(existsSync(path)).toBe(false)
})

describe('what is not ours is not written into', () => {
  const elsewhere = (version: number): string => {
    const other = join(folder, 'elsewhere.db')
    const file = openStoreFile(other, now, () => undefined, ['CREATE TABLE notes (text TEXT)'])
    file.db.exec(`INSERT INTO notes VALUES ('of somebody else'); PRAGMA user_version = ${version}`)
    file.close()
    return other
  }
  it.each([0, 1, 3, MIGRATIONS.length])('a database of another program that says version %i', (version) => {
    keep('mine')
    const bytes = readFileSync(elsewhere(version))
    writeFileSync(path, bytes)
    const { db, note, close } = open()
    expect(note?.text).toBe('storage-set-aside')
    expect(readFileSync(note!.path)).toEqual(bytes)
    expect(createKeptStore(db).read('x')).toBeUndefined()
    close()
  })

  it('a name in it that is not text ends nothing', () => {
    keep('mine')
    const bytes = readFileSync(path)
    // `value TEXT` in the schema of table kept, as a flipped bit leaves it.
    const at = bytes.indexOf('key TEXT PRIMARY KEY, value TEXT')
    bytes[at + 'key TEXT PRIMARY KEY, '.length] = 0xf6
    writeFileSync(path, bytes)
    const { note, close } = open()
    expect(note?.text).toBe('storage-set-aside')
    expect(readFileSync(note!.path)).toEqual(bytes)
    close()
  })
})

describe('a log beside the file', () => {
  /** The log of another Highwater that was killed: all that it kept is in it. */
  const strayLog = (): Buffer => {
    const other = join(folder, 'other.db')
    const file = openStoreFile(other, now, () => undefined)
    file.db.pragma('journal_mode = WAL')
    createKeptStore(file.db).write('x', 'of another')
    const log = readFileSync(`${other}-wal`)
    file.db.close()
    return log
  }

  it('of another file is not worked in, kept, and said', () => {
    keep('mine')
    const log = strayLog()
    writeFileSync(`${path}-wal`, log)
    const { db, note, close } = open()
    expect([createKeptStore(db).read('x'), note?.text]).toEqual(['mine', 'storage-log-aside'])
    expect(readFileSync(note!.path)).toEqual(log)
    close()
    expect(open().note).toBeNull()
  })

  it.each<[string, () => void]>([
    ['gone', () => rmSync(path)],
    ['empty', () => writeFileSync(path, '')],
  ])('is kept where the file itself is %s, which SQLite would take for new', (_what, harm) => {
    keep('mine')
    harm()
    const log = strayLog()
    writeFileSync(`${path}-wal`, log)
    const { note, close } = open()
    expect(note?.text).toBe('storage-set-aside')
    close()
    const names = readdirSync(join(folder, 'profile')).filter((name) => name.endsWith('-wal'))
    expect(names.map((name) => readFileSync(join(folder, 'profile', name)))).toEqual([log])
  })

  it('of our own, as an earlier Highwater left it, is worked in, and both are kept as they were', () => {
    const file = openStoreFile(path, now, () => undefined, MIGRATIONS.slice(0, 5))
    file.db.pragma('journal_mode = WAL')
    file.db.exec(`INSERT INTO kept (key, value) VALUES ('x', '"in the log"')`)
    const left = new Map(['', '-wal'].map((tail) => [tail, readFileSync(path + tail)]))
    file.db.close()
    for (const tail of ['-shm', '-wal', '']) rmSync(path + tail, { force: true })
    for (const [tail, bytes] of left) writeFileSync(path + tail, bytes)
    const { db, note, close } = open()
    expect([createKeptStore(db).read('x'), note]).toEqual(['in the log', null])
    expect(db.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'truncate' })
    close()
    const kept = readdirSync(join(folder, 'profile')).filter((name) => name.includes('.before-'))
    expect(kept.map((name) => readFileSync(join(folder, 'profile', name))).sort((a, b) => a.compare(b))).toEqual(
      [...left.values()].sort((a, b) => a.compare(b)),
    )
  })
})

describe('a file that is well and not the one that was left', () => {
  const anOlderCopy = (): void => {
    const older = readFileSync(path)
    keep('second')
    writeFileSync(path, older)
  }
  const ofAnother = (): void => {
    const other = join(folder, 'other.db')
    openStoreFile(other, now, () => undefined).close()
    copyFileSync(other, path)
  }
  it.each<[string, () => void, string | null]>([
    ['as it was left', () => undefined, null],
    ['gone', () => rmSync(path), 'storage-gone'],
    ['an older copy', anOlderCopy, 'storage-older'],
    ['of another Highwater', ofAnother, 'storage-older'],
  ])('%s: said once', (_what, harm, said) => {
    keep('first')
    harm()
    const { note, close } = open()
    expect(note?.text ?? null).toBe(said)
    close()
    expect(open().note).toBeNull()
  })

  it.each(['', '{', '{"file":"x","transactions":9999,"checksum":"0"}'])(
    'is not said by a mark that is not whole: %j',
    (text) => {
      keep('first')
      writeFileSync(`${path}.mark`, text)
      expect(open().note).toBeNull()
    },
  )
})

it('a link that leads to nothing is left as it is', () => {
  mkdirSync(join(folder, 'profile'))
  symlinkSync(join(folder, 'nowhere', 'highwater.db'), path)
  const { note, close } = open()
  expect(note).toEqual({ text: 'storage-unwritable', path })
  close()
  expect(readlinkSync(path)).toBe(join(folder, 'nowhere', 'highwater.db'))
})

it('a file that was kept at a migration is not written over by the next one', () => {
  keep('second')
  writeFileSync(`${path}.v${MIGRATIONS.length}`, 'first')
  open([...MIGRATIONS, 'CREATE TABLE later (x)']).close()
  expect(readFileSync(`${path}.v${MIGRATIONS.length}`, 'utf8')).toBe('first')
  expect(existsSync(`${path}.v${MIGRATIONS.length}-1`)).toBe(true)
})
