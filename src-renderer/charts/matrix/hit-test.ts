/** From px to cells and back; all pure, in the layout's own px (scroll position already added). */
import type { MatrixLayout } from './layout'

const cellsOf = (layout: MatrixLayout): number => layout.blockStart[layout.blockX.length] ?? 0

/** Block that holds a cell: the last one that starts at or before it and is not empty. */
export function blockOf(layout: MatrixLayout, cell: number): number {
  let low = 0
  let high = layout.blockX.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (layout.blockStart[middle]! <= cell) low = middle
    else high = middle - 1
  }
  return low
}

export function cellBox(layout: MatrixLayout, cell: number): { x: number; y: number } {
  const block = blockOf(layout, cell)
  const within = cell - layout.blockStart[block]!
  return {
    x: layout.blockX[block]! + (within % layout.perLine) * layout.pitch,
    y: layout.blockY[block]! + Math.floor(within / layout.perLine) * layout.pitch,
  }
}

/** Cell under a point, the gap to its right and below included; -1 = none. */
export function cellAt(layout: MatrixLayout, x: number, y: number): number {
  for (let block = 0; block < layout.blockX.length; block++) {
    const column = Math.floor((x - layout.blockX[block]!) / layout.pitch)
    if (column < 0 || column >= layout.perLine) continue
    const line = Math.floor((y - layout.blockY[block]!) / layout.pitch)
    if (line < 0) continue
    const cell = layout.blockStart[block]! + line * layout.perLine + column
    if (cell < layout.blockStart[block + 1]!) return cell
  }
  return -1
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** First and last cell of the first line (dy > 0) or last line (dy < 0) of the nearest block in that direction that has cells. */
function nextBlock(layout: MatrixLayout, from: number, dy: number): number {
  let block = from + dy
  while (block >= 0 && block < layout.blockX.length && layout.blockStart[block] === layout.blockStart[block + 1])
    block += dy
  return block >= 0 && block < layout.blockX.length ? block : -1
}

function vertical(layout: MatrixLayout, cell: number, dy: number): number {
  const block = blockOf(layout, cell)
  const first = layout.blockStart[block]!
  const last = layout.blockStart[block + 1]! - 1
  const column = (cell - first) % layout.perLine
  const line = Math.floor((cell - first) / layout.perLine) + dy
  const lines = Math.ceil((last - first + 1) / layout.perLine)
  if (line >= 0 && line < lines) return Math.min(last, first + line * layout.perLine + column)
  const other = nextBlock(layout, block, dy)
  if (other < 0) return cell
  const start = layout.blockStart[other]!
  const size = layout.blockStart[other + 1]! - start
  const wanted = dy > 0 ? 0 : Math.ceil(size / layout.perLine) - 1
  return start + Math.min(size - 1, wanted * layout.perLine + column)
}

/** Where a key moves the focus ring; null = not a key of the matrix. */
export function moveCell(layout: MatrixLayout, cell: number, key: string): number | null {
  const count = cellsOf(layout)
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  if (step === undefined) return null
  if (cell < 0) return 0
  if (step[1] !== 0) return vertical(layout, cell, step[1])
  return Math.min(count - 1, Math.max(0, cell + step[0]))
}
