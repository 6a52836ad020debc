import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStores } from '../../../src-main/compose/stores'
import type { Stores } from '../../../src-main/compose/stores'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import type { ClusterProfile } from '../../../src-main/contract/profiles'
import { drafted, newRow, wholeChange } from '../../support/journal-rows'

const PROFILE: ClusterProfile = { ...SAVED_CLUSTER.initial, id: 'a', name: 'shop', bootstrap: ['h:1'] }
const SETTINGS = { theme: 'light', language: 'en', density: 'compact' }
let folder: string
let path: string
let stores: Stores
const open = (): void => {
  stores = openStores(
    path,
    () => 1000,
    () => undefined,
  )
}
const restart = (): void => {
  stores.file.close()
  open()
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-stores-'))
  path = join(folder, 'highwater.db')
  open()
  stores.saved.save(PROFILE)
  stores.kept.write('settings', SETTINGS)
  for (const row of wholeChange('c1', ['orders'])) stores.journal.append(row)
})
afterEach(() => {
  stores.file.close()
  rmSync(folder, { recursive: true, force: true })
})

it('are there at the next start, with nothing to say', () => {
  restart()
  expect([
    stores.saved.find('a'),
    stores.kept.read('settings'),
    stores.journal.rows('c1').length,
    stores.notes,
  ]).toEqual([PROFILE, SETTINGS, 7, []])
})

it('that do not outlast the run are nothing to change a cluster by', () => {
  expect(stores.journal.durable).toBe(true)
  stores.file.close()
  writeFileSync(join(folder, 'not-a-folder'), '')
  stores = openStores(
    join(folder, 'not-a-folder', 'highwater.db'),
    () => 1000,
    () => undefined,
  )
  expect([stores.journal.durable, stores.notes.map(({ text }) => text)]).toEqual([false, ['storage-unwritable']])
})

it('with a damaged row of each say so of each, and serve the others', () => {
  stores.saved.save({ ...PROFILE, id: 'b' })
  stores.kept.write('window', { maximised: true })
  stores.file.db.exec(`
    DROP TRIGGER journal_no_update;
    UPDATE journal SET reason = 'because' WHERE seq = 3;
    UPDATE cluster SET body = replace(body, 'h:1', 'h:2') WHERE id = 'b';
    UPDATE kept SET value = '{"maximised":false}' WHERE key = 'window'`)
  restart()
  expect(stores.notes).toEqual([
    { text: 'cluster-unreadable', path: 'b' },
    { text: 'kept-unreadable', path: 'window' },
    { text: 'journal-unreadable', path: '3' },
  ])
  expect([stores.saved.find('a'), stores.saved.find('b')]).toEqual([PROFILE, null])
  expect([stores.kept.read('settings'), stores.kept.read('window')]).toEqual([SETTINGS, undefined])
  const all = { cluster: '', text: '', show: 'all', before: 0, limit: 10 } as const
  expect(stores.journal.list(all).entries.map(({ change, state }) => [change, state])).toEqual([['c1', 'unreadable']])
  expect(stores.journal.list({ ...all, show: 'applied' }).total).toBe(0)
  expect(() => stores.journal.rows('c1')).toThrow('line 3 of the journal is damaged')
})

it('do not write over what could not be read', () => {
  const damaged = '{"maximised":'
  stores.kept.write('window', { maximised: true })
  stores.file.db.exec(
    `UPDATE kept SET value = '${damaged}' WHERE key = 'window'; UPDATE cluster SET body = '{' WHERE id = 'a'`,
  )
  restart()
  stores.kept.write('window', { maximised: false })
  stores.saved.save({ ...PROFILE, name: 'anew' })
  restart()
  expect([stores.kept.read('window'), stores.saved.find('a')?.name]).toEqual([{ maximised: false }, 'anew'])
  expect(stores.file.db.prepare('SELECT value FROM kept ORDER BY rowid').all()).toContainEqual({ value: damaged })
  expect(stores.file.db.prepare("SELECT count(*) AS n FROM cluster WHERE body = '{'").get()).toMatchObject({ n: 1 })
})

it('take no more of anything once the file was replaced under them', () => {
  const other = readFileSync(path)
  rmSync(path)
  writeFileSync(path, other)
  for (const write of [
    () => stores.saved.save({ ...PROFILE, name: 'lost' }),
    () => stores.saved.seen('a', 5),
    () => stores.saved.remove('a'),
    () => stores.kept.write('settings', SETTINGS),
    () => stores.journal.append(newRow('c2', 'draft', drafted(['orders']))),
  ])
    expect(write).toThrow('was deleted or replaced while Highwater was running')
  expect(stores.saved.find('a')).toEqual(PROFILE)
})

it.each<[string, (bytes: Buffer) => void, RegExp]>([
  [
    'with text that is not UTF-8, at which libsql ends the process',
    (bytes) => void (bytes[bytes.indexOf('ticket 42')] = 0xff),
    /line 3 of the journal is damaged: it is not text/,
  ],
  ['with nothing that makes sense', (bytes) => void bytes.fill(0xff, 4096), /malformed/],
])('whose pages go bad while they are open, %s: it says so, and what was read before is there', (_what, harm, why) => {
  const bytes = readFileSync(path)
  harm(bytes)
  // As another program leaves it: SQLite forgets the pages it knew.
  bytes.writeUInt32BE(bytes.readUInt32BE(24) + 1, 24)
  writeFileSync(path, bytes)
  expect(() => stores.journal.rows('c1')).toThrow(why)
  expect([stores.saved.find('a'), stores.kept.read('settings')]).toEqual([PROFILE, SETTINGS])
})
