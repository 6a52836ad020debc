import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalPort } from '../../../src-main/ports/journal'
import { createJournal } from '../../../src-main/history/journal'
import { ROW_COLUMNS } from '../../../src-main/history/row-checksum'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import {
  answered,
  applying,
  confirmed,
  drafted,
  newRow,
  planned,
  result,
  wholeChange,
} from '../../support/journal-rows'
import type { NewRow } from '../../support/journal-rows'

let folder: string
let path: string
let now = 0
let store: ReturnType<typeof openStoreFile>
let journal: JournalPort

const start = (): void => {
  store = openStoreFile(path, 0, (cause) => {
    throw cause
  })
  journal = createJournal(store.db, { durable: true, now: () => now++, prove: () => store.prove() })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-journal-'))
  path = join(folder, 'highwater.db')
  now = 5000
  start()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})
const append = (rows: readonly NewRow[]): void => rows.forEach((row) => journal.append(row))
const all = { cluster: '', text: '', show: 'all', before: 0, limit: 100 } as const
const listed = (filter: Partial<Parameters<JournalPort['list']>[0]> = {}): string[] =>
  journal.list({ ...all, ...filter }).entries.map((entry) => entry.change)

it('takes no line into a file that the next start would not find', () => {
  journal.append(newRow('c1', 'draft', drafted(['orders'])))
  rmSync(path)
  expect(() => journal.append(newRow('c2', 'draft', drafted(['orders'])))).toThrow(/was deleted or replaced/)
  expect(journal.rows('c2')).toEqual([])
})

describe('a row of the journal', () => {
  it('is answered with its place and time, and read back as it was after a restart', () => {
    const rows = wholeChange('a', ['orders', 'refunds'])
    const written = rows.map((row) => journal.append(row))
    expect(written.map(({ seq, at }) => [seq, at])).toEqual(rows.map((_, at) => [at + 1, 5000 + at]))
    append([newRow('b', 'draft', drafted(['other']))])
    store.close()
    start()
    expect(journal.rows('a')).toEqual(written)
    expect(journal.rows('a').map(({ event }) => event)).toEqual(rows.map(({ event }) => event))
    expect(journal.rows('nobody')).toEqual([])
  })

  it('is never changed, taken away or written over', () => {
    append(wholeChange('a', ['orders']))
    const before = journal.rows('a')
    for (const sql of [
      "UPDATE journal SET state = 'undone'",
      'DELETE FROM journal WHERE seq = 1',
      'INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1',
      'REPLACE INTO journal SELECT * FROM journal WHERE seq = 7',
    ]) {
      expect(() => store.db.exec(sql), sql).toThrow('only ever added to')
    }
    expect(journal.rows('a')).toEqual(before)
  })

  it('is there when the program is killed right after append has returned', async () => {
    const program = fileURLToPath(new URL('../../support/journal-child.ts', import.meta.url))
    const own = join(folder, 'killed', 'highwater.db')
    const child = spawn(process.execPath, ['--import', 'tsx', program, own], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
    const after = openStoreFile(own, 0, (cause) => {
      throw cause
    })
    const left = createJournal(after.db, { durable: true, now: () => 0, prove: () => after.prove() })
    expect(left.open().map(({ change, startedAt }) => [change, startedAt])).toEqual([
      ['c3', 77],
      ['c2', 77],
      ['c1', 77],
    ])
    after.close()
  }, 30_000)

  it('that finds no room is not there at all, and the next one is written when there is room', () => {
    append([newRow('a', 'draft', drafted(['orders']))])
    const { page_count: pages } = store.db.prepare('PRAGMA page_count').get() as { page_count: number }
    store.db.pragma(`max_page_count = ${pages}`)
    const large = planned({ commands: ['x'.repeat(200_000)] })
    expect(() => journal.append(newRow('a', 'planned', large))).toThrow(/full/)
    expect(journal.rows('a')).toHaveLength(1)
    store.db.pragma('max_page_count = 1000000')
    expect(journal.append(newRow('a', 'planned', large)).seq).toBe(2)
    expect(journal.rows('a').map(({ state }) => state)).toEqual(['draft', 'planned'])
  })

  it('that cannot be read closes its own change only, and stays', () => {
    append([...wholeChange('a', ['orders']), ...wholeChange('b', ['refunds'])])
    store.db.exec('DROP TRIGGER journal_no_update')
    store.db.exec("UPDATE journal SET body = '{', checksum = NULL WHERE seq = 2")
    store.db.exec("UPDATE journal SET topics = '{' WHERE seq = 1")
    store.db.exec('UPDATE journal SET format = 9 WHERE seq = 14')
    expect(() => journal.rows('a')).toThrow('line 1 of the journal is damaged: its checksum does not match')
    store.db.exec('UPDATE journal SET checksum = NULL WHERE seq = 1')
    expect(() => journal.rows('a')).toThrow('line 2 of the journal is damaged')
    expect(() => journal.rows('b')).toThrow('line 14 of the journal was written by a later Highwater')
    append(wholeChange('c', ['payments']))
    expect(journal.rows('c')).toHaveLength(7)
    expect(journal.list(all).entries.map(({ change, topicCount, topics }) => [change, topicCount, topics])).toEqual([
      ['c', 1, ['payments']],
      ['b', 1, ['refunds']],
      ['a', 1, []],
    ])
  })
})

describe('the checksum of a row', () => {
  const spoil = (sql: string): void => {
    store.db.exec('DROP TRIGGER journal_no_update')
    store.db.exec(sql)
  }

  it('tells of every column when it is not what was written', () => {
    // By its number and its change a row is found; a later format is another matter.
    const columns = ROW_COLUMNS.filter((column) => !['seq', 'change', 'format'].includes(column))
    for (const column of columns) append(wholeChange(column, ['orders']))
    store.db.exec('DROP TRIGGER journal_no_update')
    columns.forEach((column, at) => {
      const seq = 7 * at + 4
      store.db.exec(
        `UPDATE journal SET ${column} = replace(coalesce(${column}, ''), '1', '') || '7' WHERE seq = ${seq}`,
      )
      expect(() => journal.rows(column), column).toThrow(`line ${seq} of the journal is damaged: its checksum`)
    })
    append(wholeChange('b', ['refunds']))
    expect(journal.rows('b')).toHaveLength(7)
    expect(listed()).toHaveLength(columns.length + 1)
  })

  it('tells of a body that still reads well', () => {
    append(wholeChange('a', ['orders']))
    spoil(`UPDATE journal SET body = replace(body, '"applied"', '"refused"') WHERE seq = 6`)
    expect(() => journal.rows('a')).toThrow('line 6 of the journal is damaged: its checksum does not match')
  })

  it('is not asked of rows that were written before there were any', () => {
    append(wholeChange('a', ['orders']))
    const before = journal.rows('a')
    spoil('UPDATE journal SET checksum = NULL')
    expect(journal.rows('a')).toEqual(before)
  })

  it('is not held against columns that are added later', () => {
    append(wholeChange('a', ['orders']))
    store.db.exec("ALTER TABLE journal ADD COLUMN later TEXT NOT NULL DEFAULT 'x'")
    expect(journal.rows('a')).toHaveLength(7)
  })
})

describe('the list of changes', () => {
  it('says of a change whose newest row has a state, kind or risk nobody knows that it is unreadable', () => {
    append([...wholeChange('a', ['t1']), ...wholeChange('b', ['t2']), ...wholeChange('c', ['t3'])])
    append(wholeChange('d', ['t4']))
    store.db.exec('DROP TRIGGER journal_no_update')
    store.db.exec("UPDATE journal SET state = 'later' WHERE seq = 7")
    store.db.exec("UPDATE journal SET kind = 'reassignment' WHERE seq = 14")
    store.db.exec("UPDATE journal SET level = 'odd' WHERE seq = 21")
    expect(journal.list(all).entries.map(({ change, state, kind, level }) => [change, state, kind, level])).toEqual([
      ['d', 'applied', 'config', 'warn'],
      ['c', 'unreadable', 'config', ''],
      ['b', 'unreadable', 'config', 'warn'],
      ['a', 'unreadable', 'config', 'warn'],
    ])
    expect(journal.open().map(({ change }) => change)).toEqual(['d', 'c', 'b'])
  })

  it('tells of each what it is, by whom, why, and how far it got', () => {
    append(wholeChange('a', ['t1', 't2', 't3', 't4', 't5', 't6', 't1']))
    append([newRow('a', 'undone', { type: 'undone', by: 'z' })])
    expect(journal.list(all).entries).toEqual([
      {
        change: 'a',
        cluster: 'p1',
        clusterName: 'orders-eu',
        clusterId: 'kafka-1',
        osUser: 'mira',
        principal: 'User:ops',
        kind: 'config',
        startedAt: 5000,
        lastAt: 5007,
        state: 'undone',
        topicCount: 6,
        topics: ['t1', 't2', 't3', 't4', 't5'],
        keys: ['min.insync.replicas'],
        level: 'warn',
        reason: 'ticket 42 for a',
        undoOf: '',
        undoneBy: 'z',
        applied: 7,
        items: 7,
      },
    ])
  })

  it('counts what was applied, without what was not needed, and as a settling found it', () => {
    append([
      newRow('e', 'draft', {
        type: 'drafted',
        draft: { kind: 'election', partitions: [{ topic: 'orders', partitions: [0, 1, 2, 3] }] },
        undoOf: 'd',
      }),
      newRow('e', 'applying', applying(1, 4)),
      newRow(
        'e',
        'applying',
        answered(
          0,
          [0, 1].map((partition) => result('orders', 'applied', { partition })),
        ),
      ),
      newRow(
        'e',
        'unknown',
        answered(1, [result('orders', 'unknown', { partition: 2 }), result('orders', 'not-needed', { partition: 3 })]),
      ),
    ])
    const figures = (): unknown =>
      journal.list(all).entries.map(({ kind, applied, items, undoOf }) => [kind, applied, items, undoOf])
    expect(figures()).toEqual([['election', 2, 3, 'd']])
    append([
      newRow('e', 'unknown', {
        type: 'settled',
        at: 1,
        results: [result('orders', 'applied', { partition: 2 })],
        brokers: [1, 2],
      }),
    ])
    expect(figures()).toEqual([['election', 3, 3, 'd']])
  })

  it('counts anew when a change is planned and applied again', () => {
    append([
      newRow('a', 'draft', drafted(['orders', 'refunds'])),
      newRow('a', 'applying', applying(2)),
      newRow('a', 'applying', answered(0, [result('orders', 'refused'), result('refunds', 'not-needed')])),
      newRow('a', 'planned', planned()),
      newRow('a', 'applying', applying(3)),
      newRow('a', 'applying', answered(0, [result('orders', 'applied'), result('payments', 'unknown')])),
      newRow('a', 'unknown', { type: 'settled', at: 1, results: [result('payments', 'applied')], brokers: [1] }),
    ])
    expect(journal.list(all).entries).toMatchObject([{ applied: 2, items: 3 }])
  })

  it('goes by the newest draft: level and reason of an earlier one are gone', () => {
    append([
      newRow('a', 'draft', drafted(['first'])),
      newRow('a', 'planned', planned({ level: 'block' })),
      newRow('a', 'confirmed', confirmed('because')),
      newRow('a', 'draft', drafted(['second'], 'retention.ms')),
    ])
    expect(journal.list(all).entries).toMatchObject([
      { topics: ['second'], keys: ['retention.ms'], level: '', reason: '' },
    ])
    expect([listed({ text: 'first' }), listed({ text: 'because' }), listed({ text: 'SECOND' })]).toEqual([
      [],
      [],
      ['a'],
    ])
  })

  it('finds text in topics, keys, reason, user and cluster, as it is written', () => {
    append(wholeChange('a', ['orders', ...Array.from({ length: 40 }, (_, at) => `topic-${at}`)]))
    append(wholeChange('b', ['refunds'], { osUser: 'Ana', clusterName: 'payments', cluster: 'p2' }))
    for (const [text, found] of [
      ['topic-39', ['a']],
      ['  MIN.insync ', ['b', 'a']],
      ['ticket 42 for b', ['b']],
      ['ana', ['b']],
      ['Payments', ['b']],
      ['100%_', []],
    ] as const) {
      expect(listed({ text }), text).toEqual(found)
    }
    expect([listed({ cluster: 'p2' }), listed({ cluster: 'p1', text: 'ticket' }), listed({ cluster: 'p3' })]).toEqual([
      ['b'],
      ['a'],
      [],
    ])
  })

  it('knows what is left to be done, and what was applied', () => {
    const states = [
      'draft',
      'planned',
      'validated',
      'confirmed',
      'applying',
      'applied',
      'failed',
      'unknown',
      'verified',
      'watched',
      'undone',
      'conflict',
      'discarded',
    ] as const
    append(states.map((state) => newRow(state, state, drafted(['orders']))))
    const open = [
      'conflict',
      'verified',
      'unknown',
      'applied',
      'applying',
      'confirmed',
      'validated',
      'planned',
      'draft',
    ]
    expect(listed({ show: 'open' })).toEqual(open)
    expect(journal.open().map(({ change }) => change)).toEqual(open)
    expect(listed({ show: 'applied' })).toEqual(['undone', 'watched', 'verified', 'applied'])
    expect(listed()).toEqual([...states].reverse())
  })

  it('comes in pages that neither repeat nor leave out, also when a change is added in between', () => {
    for (let n = 0; n < 25; n += 1) append(wholeChange(`c${n}`, ['orders']))
    const seen: string[] = []
    let before = 0
    do {
      const page = journal.list({ ...all, before, limit: 10 })
      expect(page.total).toBe(25 + (before === 0 ? 0 : 1))
      seen.push(...page.entries.map(({ change }) => change))
      if (before === 0) append([newRow('late', 'draft', drafted(['orders']))])
      before = page.next
    } while (before !== 0)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `c${24 - n}`))
  })

  it('is right over 100,000 rows', () => {
    append(wholeChange('x', ['orders']))
    // Copies in SQL: what is looked at here is reading; a commit per row would take minutes.
    store.db.exec(`
      WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 14300)
      INSERT INTO journal
      SELECT 7 * n.n + seq, at, change || n.n, cluster, cluster_name, cluster_id, os_user, principal, state, 7 * n.n + 1, 7 * n.n + 1,
        CASE WHEN confirmed = 0 THEN 0 ELSE 7 * n.n + 3 END, kind, level, undo_of, undone_by, applied, items, type, format, topic_count, topics,
        keys, reason, CASE WHEN seq = 1 THEN words || ' nr' || n.n || 'x' ELSE words END, body, NULL
      FROM n JOIN journal ON journal.seq <= 7 ORDER BY n.n, seq`)
    append([newRow('newest', 'planned', planned()), newRow('newest', 'discarded', { type: 'discarded' })])
    const page = journal.list({ ...all, limit: 200 })
    expect([page.total, page.entries.length, page.entries[0]!.change, page.entries[1]!.change]).toEqual([
      14_302,
      200,
      'newest',
      'x14300',
    ])
    expect(
      journal.list({ ...all, show: 'applied', before: page.next, limit: 1 }).entries.map(({ change }) => change),
    ).toEqual(['x14101'])
    expect(listed({ text: 'nr7123x' })).toEqual(['x7123'])
    expect(journal.rows('x14300')).toHaveLength(7)
  })
})
