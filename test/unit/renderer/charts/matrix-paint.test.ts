import { describe, expect, it } from 'vitest'
import { HEALTHY, LAGGING, MARK_LEADER_SILENT, OFFLINE, UNDER_REPLICATED, UNKNOWN } from '@shared/states'
import { cellsByBroker, cellsByTopic, changedCells, paintCodes } from '../../../../src-renderer/charts/matrix/cells'
import { cellBox } from '../../../../src-renderer/charts/matrix/hit-test'
import type { MatrixLayout } from '../../../../src-renderer/charts/matrix/layout'
import { layoutMatrix } from '../../../../src-renderer/charts/matrix/layout'
import type { MatrixPalette, Surface } from '../../../../src-renderer/charts/matrix/paint'
import { abgr, paintAll, paintSome, SILENT_CODE, visibleRuns } from '../../../../src-renderer/charts/matrix/paint'
import { buildFrame } from '../../../support/frames'

const palette: MatrixPalette = {
  fill: Uint32Array.of(10, 11, 12, 13, 14, 15, 16, 17),
  background: 1,
  outline: 2,
  ink: [],
}
const surfaceOf = (width: number, height: number, ratio = 1, top = 0): Surface => ({
  pixels: new Uint32Array(width * ratio * height * ratio),
  width: width * ratio,
  height: height * ratio,
  ratio,
  top,
})

function pixel(surface: Surface, layout: MatrixLayout, cell: number, dx = 1, dy = 1): number {
  const box = cellBox(layout, cell)
  return surface.pixels[
    Math.round((box.y - surface.top) * surface.ratio + dy) * surface.width + Math.round(box.x * surface.ratio + dx)
  ]!
}

describe('paint', () => {
  const groups = { labels: ['a'], start: Uint32Array.of(0, 60) }
  const layout = layoutMatrix(groups, 80 + 300, 60, 80)
  const codes = new Uint8Array(60).fill(HEALTHY)
  codes[3] = OFFLINE
  codes[4] = LAGGING
  codes[20] = UNKNOWN
  codes[22] = SILENT_CODE

  it.each([1, 2])('puts every cell in its colour at its place, at pixel ratio %d', (ratio) => {
    const surface = surfaceOf(380, 60, ratio)
    paintAll(surface, layout, codes, palette)
    expect(pixel(surface, layout, 0)).toBe(11)
    expect(pixel(surface, layout, 3)).toBe(16)
    expect(pixel(surface, layout, 4)).toBe(12)
    expect(surface.pixels[0]).toBe(1)
  })

  it('frames the worst and hatches what is not known', () => {
    const surface = surfaceOf(380, 60)
    paintAll(surface, layout, codes, palette)
    expect(pixel(surface, layout, 3, -1, 3)).toBe(2)
    expect(pixel(surface, layout, 0, -1, 3)).toBe(1)
    const inCell = (cell: number): Set<number> =>
      new Set([0, 1, 2, 3, 4, 5].flatMap((dy) => [0, 1, 2, 3, 4, 5].map((dx) => pixel(surface, layout, cell, dx, dy))))
    expect(inCell(20)).toEqual(new Set([10, 1]))
    expect(inCell(22)).toEqual(new Set([17, 1]))
    expect(inCell(4)).toEqual(new Set([12]))
  })

  it('lets the worst show where cells have no gap', () => {
    const dense = layoutMatrix(
      {
        labels: new Array<string>(100).fill('x'),
        start: Uint32Array.from({ length: 101 }, (_, index) => index * 1000),
      },
      300,
      100,
      80,
    )
    const many = new Uint8Array(100_000).fill(HEALTHY)
    many[151] = OFFLINE
    const surface = surfaceOf(300, 100)
    paintAll(surface, dense, many, palette)
    expect(pixel(surface, dense, 151, -1, 0)).toBe(16)
  })

  it('repaints single cells to what painting all gives', () => {
    const all = surfaceOf(380, 60)
    const next = codes.slice()
    next[10] = UNDER_REPLICATED
    paintAll(all, layout, next, palette)
    const some = surfaceOf(380, 60)
    paintAll(some, layout, codes, palette)
    paintSome(some, layout, next, changedCells(codes, next, 10)!, palette)
    expect(some.pixels).toEqual(all.pixels)
  })

  it('paints only the lines in sight', () => {
    const tall = layoutMatrix(
      { labels: new Array<string>(60).fill('x'), start: Uint32Array.from({ length: 61 }, (_, index) => index * 5000) },
      300,
      50,
      80,
    )
    const runs = visibleRuns(tall, 100, 50)
    expect(runs).toHaveLength(1)
    expect(runs[0]![1] - runs[0]![0]).toBeLessThanOrEqual(Math.ceil(50 / tall.pitch + 2) * tall.perLine)
  })

  it('reads #rrggbb, and shows grey for a token that is missing', () => {
    expect(abgr('#58bccd')).toBe(0xffcdbc58)
    expect(abgr(' #fff ')).toBe(0xffffffff)
    expect(abgr('')).toBe(0xff808080)
  })
})

describe('cells', () => {
  const frame = buildFrame({
    topics: [
      ['a', 3],
      ['b', 2],
    ],
    brokers: 3,
    change: (row) =>
      [
        null,
        { state: UNDER_REPLICATED, out: [2] },
        { state: LAGGING, worstBroker: 1 },
        { marks: MARK_LEADER_SILENT },
        { state: OFFLINE, leader: -1, out: [1, 2, 3] },
      ][row]!,
  })
  const codesOf = (cells: ReturnType<typeof cellsByTopic>): number[] => {
    const out = new Uint8Array(cells.rows.length)
    paintCodes(frame, cells, out)
    return [...out]
  }

  it('has one cell a partition by topic, a silent leader in its own code', () => {
    expect(codesOf(cellsByTopic(frame))).toEqual([HEALTHY, UNDER_REPLICATED, LAGGING, SILENT_CODE, OFFLINE])
  })

  it('shows a partition on each of its brokers, in trouble only where it is', () => {
    const cells = cellsByBroker(frame, (id) => `b${id}`)
    expect(cells.labels).toEqual(['b1', 'b2', 'b3'])
    expect([...cells.rows]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
    const codes = codesOf(cells)
    expect(codes.slice(0, 5)).toEqual([HEALTHY, HEALTHY, LAGGING, SILENT_CODE, OFFLINE])
    expect(codes.slice(5, 10)).toEqual([HEALTHY, UNDER_REPLICATED, HEALTHY, HEALTHY, OFFLINE])
    expect(codes.slice(10)).toEqual([HEALTHY, HEALTHY, HEALTHY, HEALTHY, OFFLINE])
  })

  it('gives up listing changes where painting all is cheaper', () => {
    expect(changedCells(Uint8Array.of(1, 1, 1), Uint8Array.of(2, 1, 2), 2)).toEqual([0, 2])
    expect(changedCells(Uint8Array.of(1, 1, 1), Uint8Array.of(2, 2, 2), 2)).toBeNull()
  })
})
