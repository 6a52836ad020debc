import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Moment } from '../../../../src-main/domain/past/moment'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import type { HistoryFiles, HistoryWriter } from '../../../../src-main/ports/history'
import { FakeClock } from '../../../support/fake-clock'
import { event } from '../../../support/history-events'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const AT = 1_700_000_000_000

let folder: string
let clock: FakeClock
let problems: unknown[]
let files: HistoryFiles
let open: HistoryWriter[]

const write = (): HistoryWriter => {
  const writer = files.write(OURS)
  if (writer === null) throw new Error('somebody else writes')
  open.push(writer)
  return writer
}
const bytes = (length: number, seed: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * seed) % 251)
const moment = (kind: Moment['kind'], at: number, parts = 1): Moment => ({
  kind,
  from: kind === 'whole' ? Number.NaN : at - 500,
  at,
  parts: Array.from({ length: parts }, (_, part) => bytes(400 + part, at % 97)),
})
const path = (): string =>
  join(
    folder,
    'history',
    readdirSync(join(folder, 'history')).find((name) => name.endsWith('.db'))!,
  )

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-moments-'))
  clock = new FakeClock()
  problems = []
  open = []
  files = createHistoryFiles(join(folder, 'history'), { clock, onProblem: (cause) => problems.push(cause) })
})
afterEach(() => {
  for (const writer of open) writer.close()
  rmSync(folder, { recursive: true, force: true })
  expect(problems).toEqual([])
})

describe('moments', () => {
  it('are read the same while they wait, in the file, and after a restart', async () => {
    const writer = write()
    writer.keep([moment('whole', AT, 3), moment('brokers', AT + 50)])
    writer.add([event(), event()], 0)
    writer.keep([moment('part', AT + 5_000, 2)])
    const seen = (reader: Pick<HistoryWriter, 'moments' | 'momentPart'>, at: number): unknown =>
      reader
        .moments(at)
        .map(({ id, kind, at: when, event: last, parts }) => [
          kind,
          when - AT,
          last,
          Array.from({ length: parts }, (_, part) => reader.momentPart(id, part)?.length),
        ])
    const all = [
      ['whole', 0, 0, [400, 401, 402]],
      ['brokers', 50, 0, [400]],
      ['part', 5_000, 2, [400, 401]],
    ]
    expect(seen(writer, AT + 9_000)).toEqual(all)
    // What the next look found is of this moment too, perhaps; what came after it is not.
    expect(seen(writer, AT + 4_600)).toEqual(all)
    expect(seen(writer, AT + 4_000)).toEqual(all.slice(0, 2))
    expect(seen(writer, AT - 1)).toEqual([])
    await clock.advance(2_000)
    expect(seen(files.read(OURS), AT + 9_000)).toEqual(all)
    writer.close()
    expect(seen(files.read(OURS), AT + 9_000)).toEqual(all)
    expect(files.read(OURS).firstMoment()).toBe(AT)
    const again = write()
    again.keep([moment('whole', AT + 20_000)])
    expect(seen(again, AT + 30_000)).toEqual([['whole', 20_000, 2, [400]]])
  })

  it('a whole one that was cut short by a kill is passed over, and one that is damaged cannot be read', () => {
    const writer = write()
    writer.keep([moment('whole', AT)])
    writer.flush()
    writer.keep([moment('whole', AT + 10_000, 2)])
    writer.flush()
    writer.close()
    const db = new Database(path())
    db.exec('DELETE FROM moment WHERE id = 2 AND part = 1')
    expect(
      files
        .read(OURS)
        .moments(AT + 20_000)
        .map(({ id }) => id),
    ).toEqual([1])
    db.exec("UPDATE moment SET body = x'00ff' WHERE id = 1")
    db.close()
    expect(files.read(OURS).momentPart(1, 0)).toBeNull()
    expect(files.read(OURS).momentPart(7, 0)).toBeNull()
  })

  it('events after a number come oldest first, with those that wait, and one that cannot be read leaves a gap', async () => {
    const writer = write()
    writer.add([event(), event(), event()], 0)
    await clock.advance(2_000)
    writer.add([event(), event()], 0)
    const seqs = (after: number, limit: number): unknown => {
      const { rows, more } = writer.eventsAfter(after, limit)
      return [rows.map(({ seq }) => seq), more]
    }
    expect(seqs(0, 10)).toEqual([[1, 2, 3, 4, 5], false])
    expect(seqs(1, 2)).toEqual([[2, 3], true])
    expect(seqs(3, 1)).toEqual([[4], true])
    expect(seqs(5, 10)).toEqual([[], false])
    writer.close()
    const db = new Database(path())
    db.exec('UPDATE event SET epoch = 99 WHERE seq = 2')
    db.close()
    const { rows, unreadable } = files.read(OURS).eventsAfter(0, 10)
    expect([rows.map(({ seq }) => seq), unreadable]).toEqual([[1, 3, 4, 5], 1])
  })
})
