import type { Tokens } from '../tokens'
import { cellBox } from './hit-test'
import type { MatrixGroups, MatrixLayout } from './layout'
import { NUMBER_SIZE } from './layout'
import type { MatrixPalette } from './paint'
import { visibleRuns } from './paint'

const GAP = 10
const MAX_LABEL = 180
const FONT = '12px system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif'

/** Room for the longest label and the gap behind it, within bounds. Of many only some are measured, with the one of most letters among them. */
export function labelWidth(context: CanvasRenderingContext2D, groups: MatrixGroups): number {
  context.font = FONT
  let widest = 0
  const { labels } = groups
  const most = labels.reduce((longest, label) => (label.length > longest.length ? label : longest), '')
  for (const label of [most, ...labels.slice(0, 400)]) widest = Math.max(widest, context.measureText(label).width)
  return Math.min(MAX_LABEL, Math.ceil(widest) + 2) + GAP
}

function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let keep = Math.max(1, Math.floor((text.length * room) / context.measureText(text).width) - 1)
  while (keep > 1 && context.measureText(`${text.slice(0, keep)}…`).width > room) keep--
  return `${text.slice(0, keep)}…`
}

/** Names right-aligned beside their first line of cells; `context` is scaled to CSS px. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  groups: MatrixGroups,
  layout: MatrixLayout,
  tokens: Tokens,
  top: number,
  height: number,
): void {
  if (!layout.labelled) return
  context.font = FONT
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.fillStyle = tokens['text-2']
  groups.labels.forEach((label, group) => {
    const y = layout.blockY[group]! - top + Math.max(layout.size, 8) / 2
    if (y < -16 || y > height + 16) return
    context.fillText(shortened(context, label, layout.labelWidth - GAP), layout.blockX[group]! - GAP, y + 0.5)
  })
}

export const hasNumbers = (layout: MatrixLayout): boolean => layout.size >= NUMBER_SIZE
const NUMBER_FONT = FONT.replace('12px', '10px')

/** The number of each visible cell in it; one that is wider than its cell is left out rather than cut. */
export function drawNumbers(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  codes: Uint8Array,
  number: (cell: number) => number,
  palette: MatrixPalette,
  top: number,
  height: number,
): void {
  context.font = NUMBER_FONT
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const [from, to] of visibleRuns(layout, top, height)) {
    for (let cell = from; cell < to; cell++) {
      const text = String(number(cell))
      if (context.measureText(text).width > layout.size) continue
      const box = cellBox(layout, cell)
      context.fillStyle = palette.ink[codes[cell]!]!
      context.fillText(text, box.x + layout.size / 2, box.y - top + layout.size / 2 + 0.5)
    }
  }
}
