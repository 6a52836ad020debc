import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StartNote } from '../../../../src-main/contract/ipc'
import type { HistoryFiles, HistoryWriter } from '../../../../src-main/ports/history'
import { createHistoryFiles } from '../../../../src-main/history/book/history-files'
import { FakeClock } from '../../../support/fake-clock'
import { event, incident } from '../../../support/history-events'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }

let folder: string
let clock: FakeClock
let problems: unknown[]
let notes: StartNote[]
let files: HistoryFiles
let open: HistoryWriter[]

const start = (): HistoryFiles =>
  createHistoryFiles(join(folder, 'history'), {
    clock,
    onProblem: (cause) => problems.push(cause),
    onNote: (note) => notes.push(note),
  })
const write = (owner = OURS): HistoryWriter => {
  const writer = files.write(owner)
  if (writer === null) throw new Error('somebody else writes')
  open.push(writer)
  return writer
}
const seqs = (reader: Pick<HistoryWriter, 'events'>, filter: Parameters<HistoryWriter['events']>[0], limit = 100) =>
  reader.events(filter, limit).rows.map(({ seq }) => seq)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-history-'))
  clock = new FakeClock()
  problems = []
  notes = []
  open = []
  files = start()
})
afterEach(() => {
  for (const writer of open) writer.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('events', () => {
  it('read the same while they wait, in the file and after a restart; what is not known stays so', async () => {
    const writer = write()
    const unknown = event({
      from: Number.NaN,
      lagRecords: Number.NaN,
      lateMs: Number.NaN,
      broker: -1,
      topic: '',
      partition: -1,
    })
    const words = event({
      kind: 'setting',
      topic: 'zahlung-ü-支付',
      text: 'retention.ms',
      before: '1',
      after: '2',
      amount: 0,
      total: 3,
    })
    writer.add([event(), unknown, words], 4)
    const expected = [words, unknown, event()].map((each, at) => ({ ...each, seq: 3 - at, incident: 4 }))
    expect(writer.events({}, 10)).toEqual({ rows: expected, more: false, unreadable: 0 })
    await clock.advance(1_000)
    expect(writer.events({}, 10)).toEqual({ rows: expected, more: false, unreadable: 0 })
    writer.close()
    files = start()
    expect(files.read(OURS).events({}, 10)).toEqual({ rows: expected, more: false, unreadable: 0 })
    const again = write()
    again.add([event()], 0)
    expect(seqs(again, {})).toEqual([4, 3, 2, 1])
    expect([problems, notes]).toEqual([[], []])
  })

  it('are in the file within a second, where another reader finds them', async () => {
    write().add([event()], 0)
    const other = start().read(OURS)
    expect(seqs(other, {})).toEqual([])
    await clock.advance(1_000)
    expect(seqs(other, {})).toEqual([1])
  })

  it('have the time in whole milliseconds, rounded outwards', () => {
    const writer = write()
    writer.add([event({ from: 1_000.7, to: 2_000.2 })], 0)
    expect(writer.events({}, 1).rows[0]).toMatchObject({ from: 1_000, to: 2_001 })
    writer.flush()
    expect(writer.events({}, 1).rows[0]).toMatchObject({ from: 1_000, to: 2_001 })
  })

  it.each(['waiting', 'written', 'some of each'])('are found by each filter and by all together (%s)', (where) => {
    const writer = write()
    writer.add([event(), event({ partition: 4 }), event({ topic: 'other', broker: 1, other: 3 })], 1)
    if (where === 'some of each') writer.flush()
    writer.add([event({ kind: 'leader', cause: 'failover', broker: 3, to: 1_700_000_009_000 })], 2)
    writer.add([event({ kind: 'gone', topic: '', partition: -1, broker: 2, other: -1 })], 0)
    if (where === 'written') writer.flush()
    expect(seqs(writer, { incident: 1 })).toEqual([3, 2, 1])
    expect(seqs(writer, { incident: 0 })).toEqual([5])
    expect(seqs(writer, { topic: 'orders' })).toEqual([4, 2, 1])
    expect(seqs(writer, { topic: 'orders', partition: 3 })).toEqual([4, 1])
    expect(seqs(writer, { topic: '' })).toEqual([5])
    expect(seqs(writer, { topic: 'never-seen' })).toEqual([])
    expect(seqs(writer, { broker: 3 })).toEqual([4, 3])
    expect(seqs(writer, { broker: 2, kinds: ['gone'] })).toEqual([5])
    expect(seqs(writer, { kinds: ['leader', 'gone'] })).toEqual([5, 4])
    expect(seqs(writer, { kinds: [] })).toEqual([])
    expect(seqs(writer, { from: 1_700_000_009_000 })).toEqual([4])
    expect(seqs(writer, { until: 1_700_000_009_000 })).toEqual([5, 3, 2, 1])
    expect(seqs(writer, { from: 1_800_000_000_000 })).toEqual([])
    expect(
      seqs(writer, {
        topic: 'orders',
        broker: 2,
        until: 1_700_000_009_000,
        beforeSeq: 2,
        kinds: ['left-isr'],
        incident: 1,
      }),
    ).toEqual([1])
  })

  it.each([{}, { topic: 'orders' }, { broker: 1 }, { incident: 7 }, { kinds: ['left-isr', 'leader'] as const }])(
    'come in pages that leave none out and show none twice (%o)',
    (filter) => {
      const writer = write()
      writer.add(
        Array.from({ length: 1_234 }, (_, n) => event(n % 3 === 0 ? { kind: 'leader', broker: 1, other: 2 } : {})),
        7,
      )
      writer.flush()
      writer.add(
        Array.from({ length: 66 }, () => event()),
        7,
      )
      const found: number[] = []
      for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
        const page = writer.events({ ...filter, beforeSeq }, 100)
        expect(page.rows.length).toBe(100)
        found.push(...page.rows.map(({ seq }) => seq))
        beforeSeq = found.at(-1)!
        more = page.more
      }
      expect(found).toEqual(Array.from({ length: 1_300 }, (_, n) => 1_300 - n))
    },
  )

  it('are found by time after the clock was set back', () => {
    const writer = write()
    const hour = 3_600_000
    const at = (to: number) => event({ from: to - 1, to })
    // More than one row of `event_time` each.
    writer.add(
      Array.from({ length: 3_000 }, (_, n) => at(10 * hour + n)),
      0,
    )
    writer.add(
      Array.from({ length: 3_000 }, (_, n) => at(2 * hour + n)),
      0,
    )
    writer.flush()
    expect(seqs(writer, { from: 10 * hour, until: 10 * hour + 2 })).toEqual([2, 1])
    expect(seqs(writer, { from: 2 * hour + 2_998, until: 9 * hour })).toEqual([6_000, 5_999])
    expect(seqs(writer, { until: 2 * hour + 1 })).toEqual([3_001])
  })

  it('are written in short turns, none of them lost, while others come', async () => {
    const writer = write()
    for (let second = 0; second < 10; second += 1) {
      writer.add(
        Array.from({ length: 1_000 }, (_, n) => event({ amount: second * 1_000 + n })),
        0,
      )
      await clock.advance(1_000)
    }
    writer.close()
    const reader = start().read(OURS)
    const found: number[] = []
    for (let beforeSeq = Number.MAX_SAFE_INTEGER, more = true; more;) {
      const page = reader.events({ beforeSeq }, 1_000)
      found.push(...page.rows.map(({ amount }) => amount))
      beforeSeq = page.rows.at(-1)!.seq
      more = page.more
    }
    expect(found).toEqual(Array.from({ length: 10_000 }, (_, n) => 9_999 - n))
    expect(problems).toEqual([])
  })

  it('cost themselves alone where the file does not take one as it is', async () => {
    const writer = write()
    writer.add([event(), event({ partition: Number.NaN }), event({ partition: 9 })], 0)
    await clock.advance(1_000)
    expect(writer.events({}, 10).rows.map(({ partition }) => partition)).toEqual([9, 3])
    expect(problems).toHaveLength(1)
  })
})

describe('incidents', () => {
  it('are in the file when put returns, are replaced by their id, and come newest first in pages', () => {
    const writer = write()
    const reader = start().read(OURS)
    for (let n = 1; n <= 5; n += 1) {
      const id = writer.nextIncident()
      expect(id).toBe(n)
      writer.put(incident(id))
    }
    const over = incident(3, {
      ended: { from: 1, to: 2 },
      planned: { by: 'ada', broker: 2, until: 9 },
    })
    writer.put(over)
    expect(reader.incident(3)).toEqual(over)
    expect(reader.incident(9)).toBeNull()
    expect(reader.incidents(2)).toEqual({ rows: [incident(5), incident(4)], more: true, unreadable: 0 })
    expect(reader.incidents(3, 4)).toEqual({ rows: [over, incident(2), incident(1)], more: false, unreadable: 0 })
    writer.close()
    files = start()
    expect(write().nextIncident()).toBe(6)
  })
})

describe('spans that were watched', () => {
  it('reach at most five seconds less far in the file than they do, and end at once', () => {
    const writer = write()
    const reader = start().read(OURS)
    const began = clock.now()
    const inFile = () => reader.watched(0, Number.MAX_SAFE_INTEGER)
    for (let tick = 0; tick < 20; tick += 1) {
      writer.watch({ from: began, to: clock.now(), end: 'open' })
      expect(clock.now() - inFile()[0]!.to).toBeLessThan(5_000)
      expect(writer.watched(0, Number.MAX_SAFE_INTEGER)).toEqual([{ from: began, to: clock.now(), end: 'open' }])
      clock.jump(900)
    }
    writer.watch({ from: began, to: clock.now(), end: 'asleep' })
    expect(inFile()).toEqual([{ from: began, to: clock.now(), end: 'asleep' }])
  })

  it('begin anew with another beginning; those that reach into the time asked for come oldest first', () => {
    const writer = write()
    const spans = [
      { from: 1_000, to: 2_000, end: 'paused' },
      { from: 3_000, to: 4_000, end: 'unreachable' },
      // Begun and never ended.
      { from: 5_000.25, to: 6_000.75, end: 'open' },
      { from: 7_000, to: 8_000, end: 'closed' },
    ] as const
    for (const span of spans) writer.watch(span)
    writer.close()
    const reader = start().read(OURS)
    expect(reader.watched(0, 9_000)).toEqual(spans)
    expect(reader.watched(2_000, 5_000)).toEqual(spans.slice(0, 2))
    expect(reader.watched(5_500, 5_501)).toEqual(spans.slice(2, 3))
    expect(reader.watched(8_001, 9_000)).toEqual([])
  })
})

describe('files', () => {
  it('are one for each cluster, whatever its id, and the same one at the next start', () => {
    const ids = [
      '',
      '.',
      '..',
      '../../etc/passwd',
      'a/b',
      'A/B',
      'nul',
      'x'.repeat(400),
      'ключ',
      '\u0000',
      'a b',
      'AB',
      'ab',
    ]
    const owners = [
      ...ids.map((clusterId) => ({ cluster: 'saved-1', clusterId })),
      { cluster: 'saved-2', clusterId: '' },
      { cluster: 'saved-1', clusterId: 'saved-1' },
    ]
    for (const [n, owner] of owners.entries()) {
      const writer = write(owner)
      writer.add([event({ amount: n })], 0)
      writer.close()
    }
    const reader = start()
    expect(
      owners.map((owner) =>
        reader
          .read(owner)
          .events({}, 9)
          .rows.map(({ amount }) => amount),
      ),
    ).toEqual(owners.map((_, n) => [n]))
    expect([problems, notes]).toEqual([[], []])
  })

  it('go by the Kafka id of a cluster, under whichever name it is saved', () => {
    const writer = write()
    writer.add([event()], 0)
    expect(seqs(files.read({ cluster: 'saved-9', clusterId: 'kafka-A' }), {})).toEqual([1])
  })

  it('have one writer; a second one is let in when the first has closed', () => {
    const first = write()
    expect([files.write(OURS), start().write(OURS)]).toEqual([null, null])
    first.close()
    expect(write()).not.toBeNull()
  })

  it('are read while there is none', () => {
    const reader = files.read(OURS)
    expect([reader.events({}, 5), reader.incidents(5), reader.incident(1), reader.watched(0, 9)]).toEqual([
      { rows: [], more: false, unreadable: 0 },
      { rows: [], more: false, unreadable: 0 },
      null,
      [],
    ])
    write().add([event()], 0)
    expect(seqs(reader, {})).toEqual([1])
  })
})
