import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LossFinding } from '../../../src-main/contract/loss'
import { createLossBook } from '../../../src-main/history/loss-book'
import { openStoreFile, type StoreFile } from '../../../src-main/profiles/store-file'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const FINDING: LossFinding = {
  topic: 'orders',
  topicId: 'AAAAAAAAAAAAAAAAAAAABw',
  partition: 0,
  kind: 'unclean-election',
  atLeast: 500,
  atMost: Number.NaN,
  missingAsRead: 500,
  oldLeader: 1,
  newLeader: 2,
  oldEpoch: 4,
  epoch: 5,
  partsAt: 1_000,
  highWatermark: 1_500,
  seenAt: 1_700_000_000_000,
  holders: [{ broker: 1, logEndOffset: 1_500, readAt: 1_699_999_999_000 }],
}
const BY = { at: 1_700_000_060_000, by: 'ada', reason: 'orders sent again from the shop' }

let folder: string
let file: StoreFile
const openFile = (): StoreFile => openStoreFile(join(folder, 'highwater.db'), 0, () => undefined)
const book = () => createLossBook(file.db, () => file.prove())
const restart = (): void => {
  file.close()
  file = openFile()
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-loss-'))
  file = openFile()
})
afterEach(() => {
  file.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a finding', () => {
  it('is there after a restart, unknown figures as unknown ones, until it is acknowledged, and after', () => {
    book().keep(OURS, FINDING)
    restart()
    expect(book().list(OURS)).toEqual({ kept: [{ ...FINDING, id: 1, acknowledged: null }], unreadable: 0 })
    expect(book().acknowledge([1], BY)).toEqual([1])
    restart()
    expect(book().list(OURS).kept).toEqual([{ ...FINDING, id: 1, acknowledged: BY }])
  })

  it('gets better figures without becoming a second one, and keeps when it was seen and what was said of it', () => {
    book().keep(OURS, { ...FINDING, atLeast: 300 })
    book().acknowledge([1], BY)
    book().keep(OURS, { ...FINDING, seenAt: FINDING.seenAt + 5_000 })
    expect(book().list(OURS).kept).toEqual([{ ...FINDING, id: 1, acknowledged: BY }])
  })

  it.each<[string, Partial<LossFinding>]>([
    ['another partition', { partition: 1 }],
    ['another epoch', { epoch: 7 }],
    ['another topic of the same name', { topicId: 'AAAAAAAAAAAAAAAAAAAACA' }],
  ])('of %s is one of its own', (_, other) => {
    book().keep(OURS, FINDING)
    book().keep(OURS, { ...FINDING, ...other })
    expect(book().list(OURS).kept).toHaveLength(2)
  })

  it('belongs to the Kafka cluster, however it is saved; where that tells no id, to the saved one', () => {
    book().keep(OURS, FINDING)
    book().keep({ cluster: 'saved-1', clusterId: '' }, { ...FINDING, partition: 3 })
    const seen = (cluster: string, clusterId: string) =>
      book()
        .list({ cluster, clusterId })
        .kept.map(({ partition }) => partition)
    expect(seen('saved-2', 'kafka-A')).toEqual([0])
    expect(seen('saved-1', 'kafka-B')).toEqual([])
    expect(seen('saved-1', '')).toEqual([3])
    expect(seen('saved-2', '')).toEqual([])
  })

  it('is acknowledged once: the first reason stands', () => {
    book().keep(OURS, FINDING)
    book().acknowledge([1], BY)
    expect(book().acknowledge([1, 99], { ...BY, reason: 'another' })).toEqual([])
    expect(book().list(OURS).kept[0]!.acknowledged).toEqual(BY)
  })
})

describe('a row that cannot be read', () => {
  it.each([
    [
      'a figure was changed by a stray hand',
      `UPDATE loss SET finding = replace(finding, '"atLeast":500', '"atLeast":5')`,
    ],
    ['the acknowledgement was written in', `UPDATE loss SET acknowledged = '{"at":1,"by":"x","reason":"y"}'`],
    ['its body is no JSON', `UPDATE loss SET finding = '{'`],
    ['a later Highwater wrote it', 'UPDATE loss SET format = 2'],
  ])('costs itself alone, is counted and left as it is: %s', (_, harm) => {
    book().keep(OURS, FINDING)
    file.db.exec(harm)
    const before = file.db.prepare('SELECT * FROM loss').all()
    book().keep(OURS, { ...FINDING, partition: 1 })
    expect(book().acknowledge([1], BY)).toEqual([])
    const { kept, unreadable } = book().list(OURS)
    expect([kept.map(({ partition }) => partition), unreadable]).toEqual([[1], 1])
    expect(file.db.prepare('SELECT * FROM loss WHERE id = 1').all()).toEqual(before)
  })
})

it('nothing is written where the next start would not find it', () => {
  const refused = createLossBook(file.db, () => {
    throw new Error('the file was replaced')
  })
  expect(() => refused.keep(OURS, FINDING)).toThrow('replaced')
  expect(book().list(OURS).kept).toEqual([])
})
