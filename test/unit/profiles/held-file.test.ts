/** A file that is held for a moment costs the write that met it and no other: libsql leaves a statement that met a lock in the middle (src-main/sqlite/in-transaction.ts). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStores, type Stores } from '../../../src-main/compose/stores'
import { SAVED_CLUSTER } from '../../../src-main/contract/profiles'
import { rowsOf, whileHeld } from '../../support/stores/held-file'

let folder: string
let stores: Stores
const open = (): Stores => openStores(join(folder, 'highwater.db'), Date.now, () => undefined)
const inFile = (sql: string): unknown => rowsOf(join(folder, 'highwater.db'), sql)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-held-'))
  stores = open()
  stores.file.db.pragma('busy_timeout = 10')
})
afterEach(() => {
  stores.file.close()
  rmSync(folder, { recursive: true, force: true })
})

const profile = (id: string) => ({ ...SAVED_CLUSTER.initial, id, name: id, bootstrap: ['127.0.0.1:1'] })
const loss = {
  topic: 't',
  topicId: '',
  partition: 0,
  kind: 'unclean-election',
  atLeast: 1,
  atMost: 1,
  missingAsRead: 1,
  oldLeader: 1,
  newLeader: 2,
  oldEpoch: 1,
  epoch: 2,
  partsAt: 1,
  highWatermark: 1,
  seenAt: 1,
  holders: [],
} as const
const OWNER = { cluster: 'c', clusterId: 'k' }

const WRITES: Readonly<Record<string, () => void>> = {
  'a setting': () => stores.kept.write('settings', { theme: 'dark' }),
  'a saved cluster': () => stores.saved.save(profile('one')),
  'a finding of lost records': () => stores.losses.keep(OWNER, loss),
}

it.each(Object.keys(WRITES))('%s that met a lock is refused, and what comes after it is in the file', (name) => {
  whileHeld(join(folder, 'highwater.db'), () => expect(WRITES[name]).toThrow(/busy|locked/i))
  stores.kept.write('window', { width: 1100 })
  stores.saved.save(profile('two'))
  expect(inFile("SELECT count(*) AS n FROM kept WHERE key = 'window'")).toEqual([{ n: 1 }])
  expect(inFile("SELECT count(*) AS n FROM cluster WHERE id = 'two'")).toEqual([{ n: 1 }])
  WRITES[name]!()
  stores.file.close()
  stores = open()
  expect(stores.saved.find('two')).not.toBeNull()
  expect(stores.kept.read('window')).toEqual({ width: 1100 })
  expect(stores.losses.list(OWNER).kept).toHaveLength(name === 'a finding of lost records' ? 1 : 0)
})
