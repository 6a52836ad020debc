import { describe, expect, it } from 'vitest'
import { createKeptStore } from '../../../src-main/profiles/kept-store'
import { openStoreFile } from '../../../src-main/profiles/store-file'

const db = () => openStoreFile(':memory:', 0, () => undefined).db

describe('what is kept by name', () => {
  it('is read back, replaced, and there when it is opened anew', () => {
    const file = db()
    const store = createKeptStore(file)
    store.write('window', { x: 1 })
    store.write('window', { x: 2 })
    expect([store.read('window'), store.read('nothing')]).toEqual([{ x: 2 }, undefined])
    expect(createKeptStore(file).read('window')).toEqual({ x: 2 })
  })

  it('is believed without a checksum, as it was written before there were any', () => {
    const file = db()
    file.exec(`INSERT INTO kept (key, value) VALUES ('window', '{"x":3}')`)
    const store = createKeptStore(file)
    expect([store.read('window'), store.unreadable]).toEqual([{ x: 3 }, []])
  })

  it.each([
    ['no JSON', `UPDATE kept SET value = '{', checksum = NULL`],
    ['another value', `UPDATE kept SET value = '{"x":2}'`],
    ['another checksum', `UPDATE kept SET checksum = 'x'`],
    ['not text', `UPDATE kept SET value = CAST(x'22ff22' AS TEXT), checksum = NULL`],
  ])('is not used where it is %s, and is said until something new is kept in its place', (_what, harm) => {
    const file = db()
    createKeptStore(file).write('window', { x: 1 })
    file.exec(harm)
    const store = createKeptStore(file)
    expect([store.read('window'), store.unreadable]).toEqual([undefined, ['window']])
    store.write('window', { x: 4 })
    const next = createKeptStore(file)
    expect([next.read('window'), next.unreadable]).toEqual([{ x: 4 }, []])
    expect(file.prepare('SELECT hex(key) AS name FROM kept ORDER BY rowid').all()).toHaveLength(2)
  })
})
