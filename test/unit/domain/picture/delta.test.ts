import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyColumns } from '../../../../src-main/domain/picture/assess'
import { comparePass, pickFlags, pickRows } from '../../../../src-main/domain/picture/delta'
import { runWhole } from '../../../../src-main/domain/slices'

const START = Uint32Array.of(0, 2, 4, 6)
const FLAGS = new Uint8Array(6).fill(1)

describe('rows that changed', () => {
  it('none, though NaN is nowhere equal to itself', () => {
    const { rows, columns, replicaFlags } = runWhole(
      comparePass(emptyColumns(3), emptyColumns(3), FLAGS, FLAGS.slice(), START),
    )
    expect([[...rows], [...columns], replicaFlags]).toEqual([[], [], false])
  })

  it.each(Object.keys(emptyColumns(0)) as (keyof ReturnType<typeof emptyColumns>)[])('one whose %s differs', (name) => {
    const after = emptyColumns(3)
    after[name][1] = 7
    for (const [from, to] of [
      [emptyColumns(3), after],
      [after, emptyColumns(3)],
    ] as const) {
      const { rows, columns, replicaFlags } = runWhole(comparePass(from, to, FLAGS, FLAGS, START))
      expect([[...rows], [...columns], replicaFlags]).toEqual([[1], [name], false])
    }
  })

  it('one whose replica flags differ', () => {
    const flags = FLAGS.slice()
    flags[5] = 0
    const { rows, columns, replicaFlags } = runWhole(comparePass(emptyColumns(3), emptyColumns(3), FLAGS, flags, START))
    expect([[...rows], [...columns], replicaFlags]).toEqual([[2], [], true])
  })
})

describe('picked rows', () => {
  it('hold what the listed rows hold', () => {
    const columns = emptyColumns(3)
    columns.leader.set([4, 5, 6])
    columns.nextFrom[2] = 99.5
    const picked = pickRows(columns, Uint32Array.of(0, 2))
    expect([...picked.leader]).toEqual([4, 6])
    expect([...picked.nextFrom]).toEqual([NaN, 99.5])
    expect(picked.tolerance).toBeInstanceOf(Int8Array)
    expect([...pickFlags(Uint8Array.of(1, 2, 3, 4, 5, 6), START, Uint32Array.of(0, 2))]).toEqual([1, 2, 5, 6])
  })

  it('written over the earlier columns give the later ones', () => {
    const cells = fc.array(
      fc.tuple(
        fc.nat(19),
        fc.constantFrom<'state' | 'lagRecords' | 'leader'>('state', 'lagRecords', 'leader'),
        fc.nat(3),
      ),
    )
    const replicaStart = Uint32Array.from({ length: 21 }, (_, i) => i)
    fc.assert(
      fc.property(cells, cells, (first, second) => {
        const before = emptyColumns(20)
        for (const [row, name, value] of first) before[name][row] = value
        const after = structuredClone(before)
        for (const [row, name, value] of second) after[name][row] = value
        const { rows } = runWhole(comparePass(before, after, new Uint8Array(20), new Uint8Array(20), replicaStart))
        const picked = pickRows(after, rows)
        rows.forEach((row, i) => {
          for (const name of ['state', 'lagRecords', 'leader'] as const) before[name][row] = picked[name][i]!
        })
        expect(before).toEqual(after)
      }),
    )
  })
})
