import { describe, expect, it } from 'vitest'
import { blockOf, cellAt, cellBox, moveCell } from '../../../../src-renderer/charts/matrix/hit-test'
import type { MatrixGroups, MatrixLayout } from '../../../../src-renderer/charts/matrix/layout'
import { cellSize, layoutMatrix, MATRIX_ZOOMS, NUMBER_SIZE } from '../../../../src-renderer/charts/matrix/layout'

function groupsOf(sizes: readonly number[]): MatrixGroups {
  const start = new Uint32Array(sizes.length + 1)
  sizes.forEach((size, index) => (start[index + 1] = start[index]! + size))
  return { labels: sizes.map((_, index) => `topic-${index}`), start }
}
const many = (count: number, size: number): MatrixGroups => groupsOf(new Array<number>(count).fill(size))
const SHOP = groupsOf([60, 60, 48, 96, 400, 120, 60, 90, 24, 36, 48, 30, 50])

describe('layoutMatrix', () => {
  it('gives the shop 8 px cells with a 2 px gap and its names', () => {
    const layout = layoutMatrix(SHOP, 920, 320, 140)
    expect(layout).toMatchObject({ labelled: true, pitch: 10, size: 8 })
    expect(layout.height).toBeLessThanOrEqual(320)
  })

  it('gives a small cluster larger cells', () => {
    expect(layoutMatrix(groupsOf([6, 12, 3]), 920, 320, 140).pitch).toBe(16)
  })

  it('sets many small topics in columns before it gives up their names', () => {
    const layout = layoutMatrix(many(60, 12), 920, 320, 100)
    expect(layout.labelled).toBe(true)
    expect(new Set(layout.blockX).size).toBeGreaterThan(1)
    expect(layout.height).toBeLessThanOrEqual(320)
  })

  it('shrinks to 2 px so that 200,000 fit a large card, and scrolls a small one', () => {
    const groups = many(10_000, 20)
    expect(layoutMatrix(groups, 1700, 800, 100)).toMatchObject({ labelled: false, pitch: 2, size: 2 })
    expect(layoutMatrix(groups, 1700, 800, 100).height).toBeLessThanOrEqual(800)
    const small = layoutMatrix(groups, 900, 300, 100)
    expect(small.pitch).toBe(2)
    expect(small.height).toBeGreaterThan(300)
  })

  it('keeps the names of few groups however many cells they have', () => {
    expect(layoutMatrix(many(12, 50_000), 900, 300, 80)).toMatchObject({ labelled: true, pitch: 2 })
  })

  it('never lets two blocks overlap, at any size', () => {
    for (const [count, size, width, room] of [
      [3, 7, 500, 200],
      [40, 33, 920, 330],
      [200, 5, 1400, 300],
      [90, 90, 600, 100],
    ] as const) {
      const layout = layoutMatrix(many(count, size), width, room, 90)
      for (let block = 1; block < layout.blockX.length; block++) {
        if (layout.blockX[block] !== layout.blockX[block - 1]) continue
        const lines = Math.ceil((layout.blockStart[block]! - layout.blockStart[block - 1]!) / layout.perLine)
        expect(layout.blockY[block]!).toBeGreaterThanOrEqual(layout.blockY[block - 1]! + lines * layout.pitch)
      }
    }
  })

  it('leaves a gap wherever there is room for one', () => {
    expect([10, 8, 6, 5, 4, 3, 2].map(cellSize)).toEqual([8, 6, 5, 4, 3, 2, 2])
  })
})

describe('zoom', () => {
  const sizes = [many(3, 8), SHOP, many(400, 3), many(10_000, 20), groupsOf([1, 0, 90, 2])]
  it.each(sizes)('has larger cells each time, names from the second on and numbers at the last', (groups) => {
    for (const [width, room] of [
      [420, 200],
      [1700, 800],
    ] as const) {
      const [fit, names, numbers] = MATRIX_ZOOMS.map((zoom) => layoutMatrix(groups, width, room, 120, zoom))
      expect(names!.pitch).toBeGreaterThan(fit!.pitch)
      expect(numbers!.pitch).toBeGreaterThan(names!.pitch)
      expect([names!.labelled, numbers!.labelled]).toEqual([true, true])
      expect(names!.size).toBeLessThan(NUMBER_SIZE)
      expect(numbers!.size).toBeGreaterThanOrEqual(NUMBER_SIZE)
    }
  })

  it('reads line by line, so that the worst stand at the top however many there are', () => {
    const layout = layoutMatrix(many(2000, 6), 1200, 400, 120, 'names')
    const columns = new Set(layout.blockX).size
    expect(columns).toBeGreaterThan(1)
    expect([...layout.blockY.slice(0, columns)].every((y) => y === layout.blockY[0])).toBe(true)
    expect(layout.blockY[columns]!).toBeGreaterThan(layout.blockY[0]!)
    expect([...layout.blockY].every((y, block) => block === 0 || y >= layout.blockY[block - 1]!)).toBe(true)
  })

  it('keeps cells inside the width and out of the next column', () => {
    for (const width of [300, 420, 900, 1700])
      for (const zoom of ['names', 'numbers'] as const) {
        const layout = layoutMatrix(SHOP, width, 300, 120, zoom)
        const columns = [...new Set(layout.blockX)].sort((a, b) => a - b)
        columns.forEach((x, nth) => {
          const end = x + layout.perLine * layout.pitch
          expect(end).toBeLessThanOrEqual(nth + 1 < columns.length ? columns[nth + 1]! - layout.labelWidth : width)
        })
      }
  })
})

describe('hit test', () => {
  const layouts: readonly (readonly [string, MatrixLayout])[] = [
    ['labelled', layoutMatrix(SHOP, 920, 320, 140)],
    ['in columns', layoutMatrix(many(60, 12), 920, 320, 100)],
    ['dense', layoutMatrix(many(2000, 20), 900, 300, 100)],
    ['with names', layoutMatrix(many(2000, 20), 900, 300, 100, 'names')],
    ['with numbers', layoutMatrix(SHOP, 920, 320, 140, 'numbers')],
  ]
  it.each(layouts)('finds every cell again at its own place: %s', (_, layout) => {
    const cells = layout.blockStart.at(-1)!
    for (let cell = 0; cell < cells; cell += Math.max(1, Math.floor(cells / 997))) {
      const box = cellBox(layout, cell)
      expect(cellAt(layout, box.x + layout.size / 2, box.y + layout.size / 2)).toBe(cell)
    }
  })

  it('answers none beside, above and below the cells', () => {
    const layout = layoutMatrix(groupsOf([5, 5]), 400, 200, 80)
    expect(cellAt(layout, 10, layout.blockY[0]! + 2)).toBe(-1)
    expect(cellAt(layout, layout.blockX[0]! + 6 * layout.pitch, layout.blockY[0]! + 2)).toBe(-1)
    expect(cellAt(layout, layout.blockX[0]! + 2, 190)).toBe(-1)
  })

  it('passes over empty groups when it looks for the block of a cell', () => {
    const layout = layoutMatrix(groupsOf([3, 0, 0, 4]), 400, 200, 80)
    expect(blockOf(layout, 2)).toBe(0)
    expect(blockOf(layout, 3)).toBe(3)
  })
})

describe('arrow keys', () => {
  const layout = layoutMatrix(groupsOf([25, 0, 3, 25]), 80 + 20 * 16 + 4, 400, 80)
  const per = layout.perLine
  it('walks in lines and over blocks, and stops at the ends', () => {
    expect(moveCell(layout, -1, 'ArrowDown')).toBe(0)
    expect(moveCell(layout, 0, 'ArrowLeft')).toBe(0)
    expect(moveCell(layout, 0, 'ArrowRight')).toBe(1)
    expect(moveCell(layout, 0, 'ArrowDown')).toBe(per)
    expect(moveCell(layout, 24, 'ArrowDown')).toBe(27)
    expect(moveCell(layout, 25, 'ArrowDown')).toBe(28)
    expect(moveCell(layout, 25, 'ArrowUp')).toBe(per)
    expect(moveCell(layout, 52, 'ArrowRight')).toBe(52)
    expect(moveCell(layout, 5, 'End')).toBe(52)
    expect(moveCell(layout, 5, 'Home')).toBe(0)
  })

  it('leaves other keys and an empty matrix alone', () => {
    expect(moveCell(layout, 0, 'Tab')).toBeNull()
    expect(moveCell(layoutMatrix(groupsOf([]), 300, 300, 80), -1, 'ArrowDown')).toBeNull()
  })
})
