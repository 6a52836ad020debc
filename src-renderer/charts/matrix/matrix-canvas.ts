/**
 * The matrix on one canvas as large as the room it is seen in. State: layout (by size and groups), paint codes as last drawn, one ImageData.
 * A push repaints the cells whose code changed; size, theme, scroll, groups or a framed cell repaint the room.
 */
import type { Tokens } from '../tokens'
import type { MatrixCells } from './cells'
import { changedCells } from './cells'
import { cellBox } from './hit-test'
import { drawLabels, drawNumbers, hasNumbers, labelWidth } from './labels'
import type { MatrixLayout, MatrixZoom } from './layout'
import { layoutMatrix } from './layout'
import type { Surface } from './paint'
import { isWorst, paintAll, paintSome } from './paint'
import { paletteOf } from './palette'

/** Beyond this many single cells one put of the whole room is cheaper. */
const SINGLE_PUTS = 200

export interface MatrixScene {
  readonly cells: MatrixCells
  readonly read: (out: Uint8Array) => void
  readonly zoom: MatrixZoom
  /** What is written into a cell that is large enough. */
  readonly number: (cell: number) => number
  readonly tokens: Tokens
  readonly width: number
  readonly height: number
  readonly ratio: number
}

export interface MatrixCanvas {
  /** Lays out and paints everything; answers the layout. */
  setScene(scene: MatrixScene): MatrixLayout
  scrollTo(top: number): void
  /** Reads the codes again and paints what changed; answers how many cells were painted. */
  refresh(): number
}

export function createMatrixCanvas(canvas: HTMLCanvasElement): MatrixCanvas | null {
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return null
  let scene: MatrixScene | null = null
  let layout: MatrixLayout | null = null
  let image: ImageData | null = null
  let top = 0
  let codes = new Uint8Array(0)
  let fresh = new Uint8Array(0)

  const surface = (): Surface => ({
    pixels: new Uint32Array(image!.data.buffer),
    width: image!.width,
    height: image!.height,
    ratio: scene!.ratio,
    top,
  })

  function paintRoom(): void {
    if (scene === null || layout === null || image === null) return
    const palette = paletteOf(scene.tokens)
    paintAll(surface(), layout, codes, palette)
    context!.putImageData(image, 0, 0)
    context!.save()
    context!.scale(scene.ratio, scene.ratio)
    drawLabels(context!, scene.cells, layout, scene.tokens, top, scene.height)
    if (hasNumbers(layout)) drawNumbers(context!, layout, codes, scene.number, palette, top, scene.height)
    context!.restore()
  }

  function putCell(cell: number): void {
    const box = cellBox(layout!, cell)
    const { ratio } = scene!
    const size = Math.ceil(layout!.size * ratio) + 1
    context!.putImageData(image!, 0, 0, Math.floor(box.x * ratio), Math.floor((box.y - top) * ratio), size, size)
  }

  function setScene(next: MatrixScene): MatrixLayout {
    scene = next
    const width = Math.max(1, Math.round(next.width * next.ratio))
    const height = Math.max(1, Math.round(next.height * next.ratio))
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    // Its own size in CSS px: left to itself a canvas keeps its aspect ratio and pushes a scroll bar into the room.
    canvas.style.width = `${next.width}px`
    canvas.style.height = `${next.height}px`
    if (image === null || image.width !== width || image.height !== height)
      image = context!.createImageData(width, height)
    layout = layoutMatrix(next.cells, next.width, next.height, labelWidth(context!, next.cells), next.zoom)
    top = Math.min(top, Math.max(0, layout.height - next.height))
    if (codes.length !== next.cells.rows.length) {
      codes = new Uint8Array(next.cells.rows.length)
      fresh = new Uint8Array(next.cells.rows.length)
    }
    next.read(codes)
    paintRoom()
    return layout
  }

  function refresh(): number {
    if (scene === null || layout === null || image === null) return 0
    scene.read(fresh)
    const changed = changedCells(codes, fresh, SINGLE_PUTS)
    const framed = changed !== null && changed.some((cell) => isWorst(codes[cell]!) || isWorst(fresh[cell]!))
    ;[codes, fresh] = [fresh, codes]
    if (changed !== null && changed.length === 0) return 0
    // A cell that is put anew loses its number.
    if (changed === null || framed || hasNumbers(layout)) {
      paintRoom()
      return codes.length
    }
    paintSome(surface(), layout, codes, changed, paletteOf(scene.tokens))
    changed.forEach(putCell)
    return changed.length
  }

  return {
    setScene,
    refresh,
    scrollTo(next) {
      if (next === top) return
      top = next
      paintRoom()
    },
  }
}
