import { describe, expect, it } from 'vitest'
import { describeRow, movedRows } from '../../../src-main/inspect/moved'
import { buildFrame } from '../../support/frames'
import { REPLICA_IN_SYNC } from '../../../src-main/domain/topology/columns'

interface Row {
  readonly number: number
  readonly leader: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

/** A picture of these topics, sorted by name as pictures are. */
function picture(topics: Readonly<Record<string, readonly Row[]>>): Parameters<typeof movedRows>[0] {
  const names = Object.keys(topics).sort()
  const rows = names.flatMap((name) => topics[name]!)
  const starts = (lengths: readonly number[]): Uint32Array =>
    Uint32Array.from(lengths.reduce((sums, length) => [...sums, sums.at(-1)! + length], [0]))
  const { columns, topics: more } = buildFrame({ topics: [] })
  return {
    topics: { ...more, names, start: starts(names.map((name) => topics[name]!.length)) },
    partition: Int32Array.from(rows, ({ number }) => number),
    columns: { ...columns, leader: Int32Array.from(rows, ({ leader }) => leader) },
    replicaStart: starts(rows.map(({ replicas }) => replicas.length)),
    replicaBroker: Int32Array.from(rows.flatMap(({ replicas }) => replicas)),
    replicaFlags: Uint8Array.from(
      rows.flatMap(({ replicas, isr }) => replicas.map((id) => (isr.includes(id) ? REPLICA_IN_SYNC : 0))),
    ),
  }
}

const row = (number: number, change: Partial<Row> = {}): Row => ({
  number,
  leader: 1,
  replicas: [1, 2, 3],
  isr: [1, 2, 3],
  ...change,
})
const told = (before: Parameters<typeof picture>[0], after: Parameters<typeof picture>[0]): string[] => {
  const now = picture(after)
  return movedRows(picture(before), now)
    .map((one) => describeRow(now, one))
    .map(({ topic, partition, leader, isr }) => `${topic}-${partition} ${leader} ${isr.join('+')}`)
}

describe('what moved between two pictures', () => {
  const before = { b: [row(0), row(1)], d: [row(0), row(5), row(9)] }
  it.each<[string, Parameters<typeof picture>[0], string[]]>([
    ['nothing', before, []],
    ['a leader', { ...before, d: [row(0), row(5, { leader: 2 }), row(9)] }, ['d-5 2 1+2+3']],
    ['an ISR', { ...before, b: [row(0), row(1, { isr: [1, 3] })] }, ['b-1 1 1+3']],
    [
      'both, while topics come before, between and after',
      {
        a: [row(0)],
        b: [row(0, { isr: [1] }), row(1)],
        c: [row(0)],
        d: [row(0), row(5), row(9, { leader: 3 })],
        e: [],
      },
      ['b-0 1 1', 'd-9 3 1+2+3'],
    ],
    ['one, while its neighbour goes', { d: [row(0), row(9, { isr: [1, 2] })] }, ['d-9 1 1+2']],
    [
      'one, while partitions are added below and above',
      { ...before, d: [row(0), row(3), row(5), row(7), row(9, { leader: 2 }), row(11)] },
      ['d-9 2 1+2+3'],
    ],
    [
      'nothing where only the order of the replicas changed',
      { ...before, b: [row(0, { replicas: [3, 1, 2] }), row(1)] },
      [],
    ],
    [
      'the ISR, where a move ended',
      { ...before, b: [row(0, { replicas: [1, 2, 4], isr: [1, 2, 4] }), row(1)] },
      ['b-0 1 1+2+4'],
    ],
    ['nothing where a copy is being added', { ...before, b: [row(0, { replicas: [1, 2, 3, 4] }), row(1)] }, []],
  ])('%s', (_, after, moved) => {
    expect(told(before, after)).toEqual(moved)
  })
})
