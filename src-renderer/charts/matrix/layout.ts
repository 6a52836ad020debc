import { SETTINGS } from '@contract/ipc'
import type { Settings } from '@contract/ipc'

/**
 * Where each cell of the partition matrix lies: pure geometry in CSS px. Cells are numbered through all groups; a block is a run of
 * cells laid out in lines of `perLine`. Labelled layouts have one block per group, dense ones a single block without labels.
 */
export interface MatrixGroups {
  readonly labels: readonly string[]
  /** G+1 entries: cells of group g are start[g] … start[g+1]-1. */
  readonly start: Uint32Array
}

export interface MatrixLayout {
  readonly labelled: boolean
  readonly pitch: number
  readonly size: number
  readonly perLine: number
  readonly labelWidth: number
  /** B+1 entries. */
  readonly blockStart: Uint32Array
  readonly blockX: Float64Array
  readonly blockY: Float64Array
  readonly width: number
  readonly height: number
}

/** 8 px cells with a 2 px gap are the rule; a small cluster gets larger ones, in one column. */
const LARGE_PITCHES = [16, 13]
const LABELLED_PITCHES = [10, 9, 8, 7, 6, 5, 4]
const FEW_PITCHES = [...LABELLED_PITCHES, 3, 2]
const DENSE_PITCHES = [16, 13, 10, 9, 8, 7, 6, 5, 4, 3, 2]
const MAX_COLUMNS = 8
const MIN_PER_LINE = 12
/** Few groups (brokers) keep their labels however small the cells. */
const ALWAYS_LABELLED = 40
const LABEL_LINE = 16
const COLUMN_GAP = 20
const EDGE = 2

export const cellSize = (pitch: number): number => (pitch >= 8 ? pitch - 2 : pitch >= 3 ? pitch - 1 : pitch)

const blockHeight = (cells: number, perLine: number, pitch: number): number =>
  Math.max(LABEL_LINE, Math.ceil(cells / perLine) * pitch + 6)

function labelled(
  groups: MatrixGroups,
  width: number,
  room: number,
  pitch: number,
  columns: number,
  labelWidth: number,
): MatrixLayout | null {
  const columnWidth = (width - COLUMN_GAP * (columns - 1)) / columns
  const perLine = Math.floor((columnWidth - labelWidth) / pitch)
  if (perLine < MIN_PER_LINE) return null
  const count = groups.labels.length
  const blockX = new Float64Array(count)
  const blockY = new Float64Array(count)
  let column = 0
  let y = EDGE
  let height = 0
  for (let group = 0; group < count; group++) {
    const tall = blockHeight(groups.start[group + 1]! - groups.start[group]!, perLine, pitch)
    if (y > EDGE && y + tall > room && column < columns - 1) {
      column++
      y = EDGE
    }
    blockX[group] = column * (columnWidth + COLUMN_GAP) + labelWidth
    blockY[group] = y
    y += tall
    height = Math.max(height, y)
  }
  return {
    labelled: true,
    pitch,
    size: cellSize(pitch),
    perLine,
    labelWidth,
    blockStart: groups.start,
    blockX,
    blockY,
    width,
    height,
  }
}

function dense(cells: number, width: number, pitch: number): MatrixLayout {
  const perLine = Math.max(1, Math.floor((width - EDGE * 2) / pitch))
  return {
    labelled: false,
    pitch,
    size: cellSize(pitch),
    perLine,
    labelWidth: 0,
    blockStart: Uint32Array.of(0, cells),
    blockX: Float64Array.of(EDGE),
    blockY: Float64Array.of(EDGE),
    width,
    height: Math.ceil(cells / perLine) * pitch + EDGE * 2,
  }
}

/**
 * `fit`: the largest cells with which all is seen at once. `names`: every group has its name beside it. `numbers`: and each cell is large
 * enough for the number of its partition. The latter two scroll where there are many.
 */
export const MATRIX_ZOOMS = SETTINGS.boardZoom
export type MatrixZoom = Settings['boardZoom']
const [NAMES_PITCH, LARGE_NAMES_PITCH, NUMBERS_PITCH] = [12, 20, 30] as const
/** From this size on a cell has room for a number. */
export const NUMBER_SIZE = 22
/** Room in px for a line of cells from which on another column of names is worth more. */
const [LEAST_LINE, LONG_LINE] = [100, 180]

/** Groups in columns of one width, read line by line: what comes first stands at the top however long the whole is. */
function shelves(groups: MatrixGroups, width: number, pitch: number, labelWidth: number): MatrixLayout {
  const count = groups.labels.length
  const sizes = Array.from({ length: count }, (_, group) => groups.start[group + 1]! - groups.start[group]!)
  const middle = [...sizes].sort((a, b) => a - b)[count >> 1] ?? 1
  const line = Math.min(LONG_LINE, Math.max(LEAST_LINE, middle * pitch))
  const most = Math.floor((width + COLUMN_GAP) / (labelWidth + line + COLUMN_GAP))
  const columns = Math.max(1, Math.min(MAX_COLUMNS, most, count))
  const columnWidth = (width - COLUMN_GAP * (columns - 1)) / columns
  const perLine = Math.max(1, Math.floor((columnWidth - labelWidth) / pitch))
  const blockX = new Float64Array(count)
  const blockY = new Float64Array(count)
  let y = EDGE
  for (let first = 0; first < count; first += columns) {
    const shelf = sizes.slice(first, first + columns)
    shelf.forEach((_, nth) => {
      blockX[first + nth] = nth * (columnWidth + COLUMN_GAP) + labelWidth
      blockY[first + nth] = y
    })
    y += Math.max(...shelf.map((size) => blockHeight(size, perLine, pitch)))
  }
  const size = cellSize(pitch)
  return {
    labelled: true,
    pitch,
    size,
    perLine,
    labelWidth,
    blockStart: groups.start,
    blockX,
    blockY,
    width,
    height: y,
  }
}

/** Each zoom has larger cells than the one before it. */
export function layoutMatrix(
  groups: MatrixGroups,
  width: number,
  room: number,
  labelWidth: number,
  zoom: MatrixZoom = 'fit',
): MatrixLayout {
  const fit = fitted(groups, width, room, labelWidth)
  if (zoom === 'fit') return fit
  if (zoom === 'numbers') return shelves(groups, width, NUMBERS_PITCH, labelWidth)
  const pitch = fit.pitch < NAMES_PITCH ? NAMES_PITCH : LARGE_NAMES_PITCH
  return shelves(groups, width, pitch, labelWidth)
}

/** The largest cells that fit `room`; names beside the groups where they fit too. Smallest cells and a scroll bar as the last resort. */
function fitted(groups: MatrixGroups, width: number, room: number, labelWidth: number): MatrixLayout {
  const cells = groups.start[groups.labels.length] ?? 0
  const few = groups.labels.length <= ALWAYS_LABELLED
  for (const pitch of LARGE_PITCHES) {
    const found = labelled(groups, width, room, pitch, 1, labelWidth)
    if (found !== null && found.height <= room) return found
  }
  for (const pitch of few ? FEW_PITCHES : LABELLED_PITCHES) {
    for (let columns = 1; columns <= MAX_COLUMNS; columns++) {
      const found = labelled(groups, width, room, pitch, columns, labelWidth)
      if (found === null) break
      if (found.height <= room) return found
    }
  }
  if (few) return labelled(groups, width, room, 2, 1, labelWidth) ?? dense(cells, width, 2)
  const fitting = DENSE_PITCHES.find((pitch) => dense(cells, width, pitch).height <= room)
  return dense(cells, width, fitting ?? 2)
}
