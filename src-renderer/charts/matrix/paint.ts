/**
 * Cells into a pixel buffer: plain writes into a Uint32Array cost the area of the card, however many partitions there are (a fillRect
 * per cell costs several times more at 200,000). Colours are ABGR words, as ImageData wants them on little-endian machines.
 */
import { OFFLINE, UNDER_MIN_ISR, UNKNOWN } from '@shared/states'
import { cellBox } from './hit-test'
import type { MatrixLayout } from './layout'

/** Paint code of a partition whose leader does not answer: drawn like the worst, hatched because it may still be well. */
export const SILENT_CODE = 7
export const PAINT_CODES = 8
/** Added to a code: the cell steps back behind others, and has no frame. */
export const DIM = 8

export interface MatrixPalette {
  /** By paint code, then the same ones dimmed. */
  readonly fill: Uint32Array
  readonly background: number
  readonly outline: number
  /** CSS colour of what is written on a cell, by paint code as `fill`. */
  readonly ink: readonly string[]
}

export interface Surface {
  readonly pixels: Uint32Array
  /** Device px. */
  readonly width: number
  readonly height: number
  readonly ratio: number
  /** CSS px that are scrolled off at the top. */
  readonly top: number
}

/** `#rrggbb` (or #rgb) to ABGR; anything else is opaque grey, so that a missing token is seen. */
export function abgr(colour: string): number {
  const hex = colour.trim().replace('#', '')
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex
  const value = /^[0-9a-f]{6}$/i.test(full) ? Number.parseInt(full, 16) : 0x808080
  return ((0xff << 24) | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16)) >>> 0
}

export const isWorst = (code: number): boolean => code === OFFLINE || code === UNDER_MIN_ISR || code === SILENT_CODE
const isHatched = (code: number): boolean => code % DIM === UNKNOWN || code % DIM === SILENT_CODE

function fillBox(
  surface: Surface,
  left: number,
  top: number,
  right: number,
  bottom: number,
  colour: number,
  other: number,
): void {
  const { pixels, width, height } = surface
  const x0 = Math.max(0, left)
  const x1 = Math.min(width, right)
  const stripe = Math.max(1, Math.round(surface.ratio * 1.5))
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
    const line = y * width
    if (colour === other) for (let x = x0; x < x1; x++) pixels[line + x] = colour
    else
      for (let x = x0; x < x1; x++)
        pixels[line + x] = Math.floor((x - left + y - top) / stripe) % 2 === 0 ? colour : other
  }
}

/** One cell at its place. The worst get a frame in the gap around them, or grow by a pixel where there is no gap for one. */
export function paintCell(
  surface: Surface,
  layout: MatrixLayout,
  cell: number,
  code: number,
  palette: MatrixPalette,
): void {
  const box = cellBox(layout, cell)
  const { ratio } = surface
  const left = Math.round(box.x * ratio)
  const top = Math.round((box.y - surface.top) * ratio)
  const size = Math.max(1, Math.round(layout.size * ratio))
  const fill = palette.fill[code] ?? palette.fill[UNKNOWN]!
  const other = isHatched(code) ? palette.background : fill
  if (isWorst(code)) {
    const frame = Math.max(1, Math.round(ratio))
    const edge = layout.pitch >= 6 ? palette.outline : fill
    fillBox(surface, left - frame, top - frame, left + size + frame, top + size + frame, edge, edge)
  }
  fillBox(surface, left, top, left + size, top + size, fill, other)
}

/** First and one past the last cell whose line touches the surface, per block. */
export function visibleRuns(layout: MatrixLayout, top: number, height: number): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = []
  for (let block = 0; block < layout.blockX.length; block++) {
    const first = layout.blockStart[block]!
    const end = layout.blockStart[block + 1]!
    const y = layout.blockY[block]!
    const from = Math.max(0, Math.floor((top - y) / layout.pitch))
    const to = Math.max(0, Math.ceil((top + height - y) / layout.pitch))
    const run = [Math.min(end, first + from * layout.perLine), Math.min(end, first + to * layout.perLine)] as const
    if (run[0] < run[1]) runs.push(run)
  }
  return runs
}

/** Everything visible, worst last so that a neighbour never covers them. */
export function paintAll(surface: Surface, layout: MatrixLayout, codes: Uint8Array, palette: MatrixPalette): void {
  surface.pixels.fill(palette.background)
  const worst: number[] = []
  for (const [from, to] of visibleRuns(layout, surface.top, surface.height / surface.ratio)) {
    for (let cell = from; cell < to; cell++) {
      if (isWorst(codes[cell]!)) worst.push(cell)
      else paintCell(surface, layout, cell, codes[cell]!, palette)
    }
  }
  worst.sort((a, b) => rank(codes[a]!) - rank(codes[b]!))
  for (const cell of worst) paintCell(surface, layout, cell, codes[cell]!, palette)
}

const rank = (code: number): number => (code === OFFLINE ? 9 : code)

/** Only these cells; the caller paints all instead when one of them is or was framed (`isWorst`). */
export function paintSome(
  surface: Surface,
  layout: MatrixLayout,
  codes: Uint8Array,
  cells: readonly number[],
  palette: MatrixPalette,
): void {
  for (const cell of cells) paintCell(surface, layout, cell, codes[cell]!, palette)
}
