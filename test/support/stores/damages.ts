/** Kinds of damage to the files of a store, each made again from its seed. */
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import Database from 'libsql'
import type { Random } from '../change-random'
import { LINES } from './contents'
import type { Bases, Files } from './contents'

export type Base = 'ours' | 'killed' | 'earlier'

export interface Damage {
  readonly base: Base
  /** Before the start; the files of the base are at `path`. */
  readonly before?: (path: string, random: Random, bases: Bases) => void
  /** While it is open, before a line is offered. */
  readonly meanwhile?: (path: string, random: Random, bases: Bases) => void
  /** The next line finds no room. */
  readonly noRoom?: boolean
}

type Harm = (path: string, random: Random, bases: Bases) => void
type BytesHarm = (bytes: Buffer, random: Random) => Buffer

const PAGE = 4096

const flip: BytesHarm = (bytes, random) => {
  const harmed = Buffer.from(bytes)
  for (let n = 1 + random.below(random.chance(0.5) ? 1 : 12); n > 0; n -= 1) {
    const at = random.below(harmed.length)
    harmed[at] = harmed[at]! ^ (1 << random.below(8))
  }
  return harmed
}
/** Where a small change does most: the header and the schema. */
const flipFirstPage: BytesHarm = (bytes, random) => {
  const harmed = Buffer.from(bytes)
  flip(bytes.subarray(0, random.chance(0.4) ? 100 : PAGE), random).copy(harmed)
  return harmed
}
const cut: BytesHarm = (bytes, random) =>
  bytes.subarray(0, random.chance(0.5) ? PAGE * random.below(bytes.length / PAGE) : random.below(bytes.length))
const zeroPages: BytesHarm = (bytes, random) => {
  const harmed = Buffer.from(bytes)
  const pages = Math.ceil(harmed.length / PAGE)
  for (const page of random.some(
    Array.from({ length: pages }, (_, at) => at),
    1 + random.below(2),
  ))
    harmed.fill(0, page * PAGE, (page + 1) * PAGE)
  return harmed
}
const noise = (length: number, random: Random): Buffer => Buffer.from(Array.from({ length }, () => random.below(256)))
const scribble: BytesHarm = (bytes, random) => {
  const harmed = Buffer.from(bytes)
  noise(1 + random.below(600), random).copy(harmed, random.below(harmed.length))
  return harmed
}
/** Bytes of one place written to another one: a page that went astray. */
const misplace: BytesHarm = (bytes, random) => {
  const harmed = Buffer.from(bytes)
  const pages = Math.floor(harmed.length / PAGE)
  const from = random.below(pages)
  harmed.copy(harmed, PAGE * random.below(pages), PAGE * from, PAGE * (from + 1))
  return harmed
}

/** Of the file of this base whose name ends so. */
const bytesOf =
  (base: Base, tail: string, harm: BytesHarm): Harm =>
  (path, random, bases) =>
    writeFileSync(path + tail, harm(bases[base].get(tail)!, random))

const put = (path: string, files: Files, tails: readonly string[] = ['']): void => {
  for (const tail of tails) writeFileSync(path + tail, files.get(tail)!)
}

/** By SQL, past the triggers that keep the journal as it is, which are there again afterwards. */
function bySql(path: string, ...statements: readonly string[]): void {
  const db = new Database(path)
  const triggers = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
    readonly name: string
    readonly sql: string
  }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  for (const sql of statements) db.exec(sql)
  const tables = new Set(
    (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]).map(
      ({ name }) => name,
    ),
  )
  if (tables.has('journal')) for (const { sql } of triggers) db.exec(sql)
  db.close()
}

const sql =
  (...choices: readonly (readonly string[])[]): Harm =>
  (path, random) =>
    bySql(path, ...random.pick(choices))

/** A table of ours without what keeps wrong types out. */
const loose = (table: string, columns: string, change: string): readonly string[] => [
  `ALTER TABLE ${table} RENAME TO old_${table}`,
  `CREATE TABLE ${table} (${columns})`,
  `INSERT INTO ${table} SELECT * FROM old_${table}`,
  `DROP TABLE old_${table}`,
  change,
]
const LOOSE_KEPT = 'key TEXT PRIMARY KEY, value, checksum'
const LOOSE_CLUSTER = 'id TEXT PRIMARY KEY, position, body, last_seen_at, checksum'

const JOURNAL_CELL = [
  'at',
  'cluster_name',
  'os_user',
  'state',
  'applied',
  'topics',
  'body',
  'checksum',
  'change',
  'began',
] as const
const anyLine = (random: Random): string => `seq = ${1 + random.below(LINES)}`

function otherDatabase(path: string, random: Random): void {
  rmSync(path)
  const db = new Database(path)
  db.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO notes (text) VALUES ('mine'), ('too')")
  db.exec(`PRAGMA user_version = ${random.pick([0, 1, 3, 6, 7, 400])}`)
  if (random.chance(0.3)) db.pragma('journal_mode = WAL')
  db.close()
}

function newerFormat(path: string, random: Random, bases: Bases): void {
  const bytes = Buffer.from(bases.ours.get('')!)
  bytes.writeInt32BE(random.pick([8, 9, 1_000, 0x7fff_ffff]), 60)
  writeFileSync(path, bytes)
}
function olderFormat(path: string, random: Random, bases: Bases): void {
  const bytes = Buffer.from(bases.ours.get('')!)
  bytes.writeInt32BE(random.pick([-1, 0, 1, 2, 3, 4, 5, 6]), 60)
  writeFileSync(path, bytes)
}

const instead =
  (make: Harm): Harm =>
  (path, random, bases) => {
    rmSync(path)
    make(path, random, bases)
  }
const replaced =
  (files: (bases: Bases) => Files): Harm =>
  (path, _random, bases) => {
    put(`${path}.coming`, files(bases))
    renameSync(`${path}.coming`, path)
  }
const writtenOver =
  (bytes: (bases: Bases, random: Random) => Buffer): Harm =>
  (path, random, bases) =>
    writeFileSync(path, bytes(bases, random))

const before = (base: Base, harm: Harm): Damage => ({ base, before: harm })
const meanwhile = (harm: Harm): Damage => ({ base: 'ours', meanwhile: harm })

/** By what is told of it in the tally. Those of files as bytes come up more often. */
export const DAMAGES: readonly (readonly [kind: string, share: number, damage: Damage])[] = [
  ['nothing', 1, { base: 'ours' }],
  ['bits flipped', 8, before('ours', bytesOf('ours', '', flip))],
  ['bits flipped in the first page', 5, before('ours', bytesOf('ours', '', flipFirstPage))],
  ['cut', 4, before('ours', bytesOf('ours', '', cut))],
  ['pages zeroed', 4, before('ours', bytesOf('ours', '', zeroPages))],
  ['a run of random bytes', 5, before('ours', bytesOf('ours', '', scribble))],
  ['a page in another place', 3, before('ours', bytesOf('ours', '', misplace))],
  ['empty', 1, before('ours', (path) => writeFileSync(path, ''))],
  ['no database', 1, before('ours', (path, random) => writeFileSync(path, noise(1 + random.below(20_000), random)))],
  ['a database of another program', 3, before('ours', otherDatabase)],
  ['newer format', 1, before('ours', newerFormat)],
  ['version set back', 2, before('ours', olderFormat)],
  [
    'a table or column missing',
    3,
    before(
      'ours',
      sql(
        ['DROP TABLE kept'],
        ['DROP TABLE cluster'],
        ['DROP TABLE loss'],
        ['DROP TABLE audit'],
        ['ALTER TABLE audit DROP COLUMN checksum'],
        ['DROP TABLE file'],
        ['DROP TABLE journal'],
        ['ALTER TABLE cluster DROP COLUMN last_seen_at'],
        ['ALTER TABLE kept DROP COLUMN checksum'],
        ['ALTER TABLE journal DROP COLUMN reason'],
        ['ALTER TABLE loss DROP COLUMN acknowledged'],
      ),
    ),
  ],
  [
    'a cell of the journal',
    6,
    before('ours', (path, random) => {
      const column = random.pick(JOURNAL_CELL)
      const isNumber = column === 'at' || column === 'applied' || column === 'began'
      const value = isNumber
        ? `${column} + 1`
        : random.pick([`'{'`, `''`, `${column} || char(0)`, `CAST(x'ff41' AS TEXT)`, `substr(${column}, 2)`, `'x'`])
      bySql(path, `UPDATE journal SET ${column} = ${value} WHERE ${anyLine(random)}`)
    }),
  ],
  [
    'a line of the journal gone',
    3,
    before('ours', (path, random) =>
      bySql(path, `DELETE FROM journal WHERE ${random.pick([anyLine(random), 'seq IN (3, 4)', 'seq = 1'])}`),
    ),
  ],
  [
    'a cell of a saved cluster',
    3,
    before(
      'ours',
      sql(
        [`UPDATE cluster SET body = '{' WHERE id = 'c2'`],
        [`UPDATE cluster SET body = replace(body, 'prod', 'dev')`],
        [`UPDATE cluster SET body = replace(body, 'b2.', 'b9.')`],
        [`UPDATE cluster SET body = body || char(0) WHERE id = 'c1'`],
        [`UPDATE cluster SET body = CAST(x'7bff' AS TEXT) WHERE id = 'c3'`],
        [`UPDATE cluster SET checksum = 'x' WHERE id = 'c1'`],
        [`UPDATE cluster SET id = 'c9' WHERE id = 'c1'`],
        loose('cluster', LOOSE_CLUSTER, `UPDATE cluster SET body = 7, position = 'x' WHERE id = 'c2'`),
        loose('cluster', LOOSE_CLUSTER, `UPDATE cluster SET body = x'00ff' WHERE id = 'c2'`),
      ),
    ),
  ],
  [
    'a cell of what is kept',
    3,
    before(
      'ours',
      sql(
        [`UPDATE kept SET value = '{' WHERE key = 'window'`],
        [`UPDATE kept SET value = replace(value, 'light', 'dark')`],
        [`UPDATE kept SET value = value || char(0) WHERE key = 'settings'`],
        [`UPDATE kept SET value = CAST(x'22ff22' AS TEXT) WHERE key = 'settings'`],
        [`UPDATE kept SET checksum = 'x'`],
        loose('kept', LOOSE_KEPT, `UPDATE kept SET value = 7 WHERE key = 'window'`),
        loose('kept', LOOSE_KEPT, `UPDATE kept SET value = NULL WHERE key = 'settings'`),
      ),
    ),
  ],
  [
    'a cell of a finding',
    3,
    before(
      'ours',
      sql(
        [`UPDATE loss SET finding = '{' WHERE id = 1`],
        [`UPDATE loss SET finding = replace(finding, '501', '1') WHERE id = 2`],
        [`UPDATE loss SET acknowledged = NULL WHERE id = 1`],
        [`UPDATE loss SET cluster_id = 'kafka-Z' WHERE id = 3`],
        [`UPDATE loss SET format = 2 WHERE id = 3`],
        [`UPDATE loss SET finding = CAST(x'7bff' AS TEXT) WHERE id = 2`],
        [`UPDATE loss SET checksum = 'x'`],
      ),
    ),
  ],
  [
    'a cell of an audit',
    3,
    before(
      'ours',
      sql(
        [`UPDATE audit SET body = '{' WHERE id = 1`],
        [`UPDATE audit SET body = replace(body, '98', '100') WHERE kind = 'run'`],
        [`UPDATE audit SET body = replace(body, 'weak', 'untidy') WHERE kind = 'last'`],
        [`UPDATE audit SET body = replace(body, 'endless', 'another') WHERE kind = 'rows'`],
        [`UPDATE audit SET body = '{' WHERE kind = 'since'`],
        [`DELETE FROM audit WHERE kind = 'rows'`],
        [`UPDATE audit SET body = replace(body, 'ada', 'eve') WHERE kind = 'acceptance'`],
        [`UPDATE audit SET kind = 'run' WHERE kind = 'acceptance'`],
        [`UPDATE audit SET cluster_id = 'kafka-B' WHERE kind = 'acceptance'`],
        [`UPDATE audit SET format = 9 WHERE kind = 'last'`],
        [`UPDATE audit SET body = CAST(x'7bff' AS TEXT) WHERE kind = 'last'`],
        [`UPDATE audit SET body = body || char(0)`],
        [`UPDATE audit SET checksum = 'x'`],
      ),
    ),
  ],
  ['gone', 1, before('ours', (path) => rmSync(path))],
  [
    'an older copy',
    2,
    before(
      'ours',
      replaced(({ older }) => older),
    ),
  ],
  [
    'the file of another Highwater',
    2,
    before(
      'ours',
      replaced(({ another }) => another),
    ),
  ],
  [
    'a folder in its place',
    1,
    before(
      'ours',
      instead((path) => mkdirSync(path)),
    ),
  ],
  ['a folder in the place of its journal', 1, before('ours', (path) => mkdirSync(`${path}-journal`))],
  ['a folder in the place of its log', 1, before('ours', (path) => mkdirSync(`${path}-wal`))],
  [
    'a link to nothing',
    1,
    before(
      'ours',
      instead((path) => symlinkSync(`${path}.nowhere`, path)),
    ),
  ],
  [
    'a link to itself',
    1,
    before(
      'ours',
      instead((path) => symlinkSync(path, path)),
    ),
  ],
  ['its mark damaged', 2, before('ours', bytesOf('ours', '.mark', flip))],
  [
    'its mark cut',
    1,
    before(
      'ours',
      bytesOf('ours', '.mark', (bytes, random) => bytes.subarray(0, random.below(bytes.length))),
    ),
  ],
  ['its mark gone', 1, before('ours', (path) => rmSync(`${path}.mark`))],
  [
    'a log of another beside it',
    2,
    before('ours', (path, random, { earlier, earlierLogs }) =>
      writeFileSync(`${path}-wal`, random.chance(0.5) ? earlierLogs.another : earlier.get('-wal')!),
    ),
  ],
  [
    'a log of random bytes beside it',
    1,
    before('ours', (path, random) => writeFileSync(`${path}-wal`, noise(1 + random.below(9_000), random))),
  ],
  [
    'a log and no file',
    1,
    before('ours', (path, random, { earlier }) => {
      if (random.chance(0.5)) rmSync(path)
      else writeFileSync(path, '')
      writeFileSync(`${path}-wal`, earlier.get('-wal')!)
    }),
  ],
  ['killed in a commit', 2, { base: 'killed' }],
  ['killed in a commit, its journal damaged', 3, before('killed', bytesOf('killed', '-journal', flip))],
  ['killed in a commit, its journal cut', 2, before('killed', bytesOf('killed', '-journal', cut))],
  ['killed in a commit, its journal gone', 2, before('killed', (path) => rmSync(`${path}-journal`))],
  ['killed in a commit, the file damaged', 2, before('killed', bytesOf('killed', '', flip))],
  [
    'a rollback journal of another time',
    2,
    before('ours', (path, random, { killed }) => {
      const journal = killed.get('-journal')!
      writeFileSync(`${path}-journal`, random.chance(0.5) ? journal : flip(journal, random))
    }),
  ],
  ['left by an earlier release', 1, { base: 'earlier' }],
  ['left by an earlier release, its log gone', 1, before('earlier', (path) => rmSync(`${path}-wal`))],
  ['left by an earlier release, its log cut', 2, before('earlier', bytesOf('earlier', '-wal', cut))],
  ['left by an earlier release, its log damaged', 2, before('earlier', bytesOf('earlier', '-wal', flip))],
  [
    'left by an earlier release, its log of before',
    1,
    before('earlier', (path, _random, { earlierLogs }) => writeFileSync(`${path}-wal`, earlierLogs.before)),
  ],
  [
    'left by an earlier release, the log of another',
    1,
    before('earlier', (path, _random, { earlierLogs }) => writeFileSync(`${path}-wal`, earlierLogs.another)),
  ],
  ['left by an earlier release, damaged', 3, before('earlier', bytesOf('earlier', '', flip))],
  ['while open: deleted', 1, meanwhile((path) => rmSync(path))],
  ['while open: moved away', 1, meanwhile((path) => renameSync(path, `${path}.moved`))],
  [
    'while open: replaced',
    3,
    meanwhile((path, random, bases) => {
      const files = random.pick([bases.ours, bases.older, bases.another])
      replaced(() => files)(path, random, bases)
    }),
  ],
  [
    'while open: written over',
    4,
    meanwhile((path, random, bases) => {
      const bytes = random.pick([
        ({ older }: Bases) => older.get('')!,
        ({ another }: Bases) => another.get('')!,
        ({ earlier }: Bases) => earlier.get('')!,
        () => noise(1 + random.below(60_000), random),
        () => Buffer.alloc(0),
      ])
      writtenOver(bytes)(path, random, bases)
    }),
  ],
  ['while open: cut', 2, meanwhile((path, random, { ours }) => truncateSync(path, random.below(ours.get('')!.length)))],
  ['while open: a folder in its place', 1, meanwhile(instead((path) => mkdirSync(path)))],
  [
    'while open: a folder in the place of its journal',
    1,
    meanwhile((path) => {
      rmSync(`${path}-journal`, { force: true })
      mkdirSync(`${path}-journal`)
    }),
  ],
  [
    'while open: a log of another beside it',
    1,
    meanwhile((path, _random, { earlierLogs }) => writeFileSync(`${path}-wal`, earlierLogs.another)),
  ],
  ['while open: its mark gone', 1, meanwhile((path) => rmSync(`${path}.mark`))],
  ['no room', 2, { base: 'ours', noRoom: true }],
]
