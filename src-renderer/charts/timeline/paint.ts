/** Draws a timeline into a canvas context, in CSS pixels. */
import { niceScale } from '../nice'
import type { Token, Tokens } from '../tokens'
import { xOf } from './scale'
import type { Fill, Line, Mark, Range, Row, Stretch, Tick, TimelineView } from './view'

export const LABEL_PX = 104
const RIGHT_PX = 14
const BAND_PX = { thin: 12, full: 28 }
const AIR_PX = { thin: 5, full: 8 }
const AXIS_PX = 22
/** Shorter marks are signs. */
const SIGN_PX = 6
const LEAST_PART_PX = 1
/** On both sides of the words in a band. */
const WORDS_AIR_PX = { before: 7, after: 4 }
/** Words of a band stand clear of those of a reign that begins with it. */
const ROOM_PX = 80
const NAME_PX = 14
const HATCH_PX = 7

export interface Scene {
  readonly view: TimelineView
  readonly range: Range
  readonly ticks: readonly Tick[]
  readonly tokens: Tokens
  readonly width: number
  readonly height: number
  /** Bands are thin and there is no lag: the overview. */
  readonly thin: boolean
  readonly figure: (value: number) => string
  /** Name of the lag axis, and what stands there where nothing is kept. */
  readonly axis: string
  readonly nothing: string
  /** NaN = none. */
  readonly cursor: number
  readonly brush: Range | null
}

export const plotWidth = (width: number): number => Math.max(1, width - LABEL_PX - RIGHT_PX)

/** Height of the bands of a scene. */
export const bandsHeight = (rows: number, thin: boolean): number => {
  const kind = thin ? 'thin' : 'full'
  return rows * (BAND_PX[kind] + AIR_PX[kind])
}
export const overviewHeight = (rows: number): number => bandsHeight(rows, true) + AXIS_PX + 6

const TOKEN_OF: Readonly<Record<Fill, Token>> = {
  healthy: 'healthy',
  lagging: 'lagging',
  'under-replicated': 'under-replicated',
  'at-min-isr': 'at-min-isr',
  'under-min-isr': 'under-min-isr',
  offline: 'offline',
  maybe: 'raised',
  unknown: 'raised',
}
const SERIES: readonly Token[] = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6']

export function paint(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height, tokens, thin, view } = scene
  ctx.clearRect(0, 0, width, height)
  ctx.font = `12px ${FONT}`
  ctx.textBaseline = 'middle'
  const bottom = height - AXIS_PX
  const bands = bandsHeight(view.rows.length, thin)
  inPlot(ctx, scene, () => view.shades.forEach((shade) => shadeOf(ctx, scene, shade, bottom)))
  axis(ctx, scene, bottom)
  view.rows.forEach((row, index) => rowOf(ctx, scene, row, (bands / view.rows.length) * index))
  if (!thin) lag(ctx, scene, bands + 14, bottom)
  inPlot(ctx, scene, () => view.gaps.forEach((gap) => gapOf(ctx, scene, gap, bottom)))
  if (scene.brush !== null) brush(ctx, scene, scene.brush, bottom)
  if (!Number.isNaN(scene.cursor)) {
    ctx.fillStyle = tokens['text-2']
    ctx.fillRect(Math.round(x(scene, scene.cursor)), 0, 1, bottom)
  }
}

const FONT = 'system-ui, sans-serif'
const x = ({ range, width }: Scene, at: number): number => xOf(at, range, LABEL_PX, plotWidth(width))

function inPlot(ctx: CanvasRenderingContext2D, { width, height }: Scene, draw: () => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(LABEL_PX, 0, plotWidth(width), height)
  ctx.clip()
  draw()
  ctx.restore()
}

function shadeOf(ctx: CanvasRenderingContext2D, scene: Scene, { from, to }: Stretch, bottom: number): void {
  const left = x(scene, from)
  ctx.globalAlpha = 0.14
  ctx.fillStyle = scene.tokens['under-min-isr']
  ctx.fillRect(left, 0, Math.max(2, x(scene, to) - left), bottom)
  ctx.globalAlpha = 1
}

function axis(ctx: CanvasRenderingContext2D, scene: Scene, bottom: number): void {
  const { ticks, tokens } = scene
  ctx.fillStyle = tokens['line-strong']
  ctx.fillRect(LABEL_PX, bottom, plotWidth(scene.width), 1)
  let free = 0
  for (const { at, text } of ticks) {
    const place = x(scene, at)
    ctx.fillStyle = tokens['line-strong']
    ctx.fillRect(Math.round(place), bottom, 1, 4)
    const wide = ctx.measureText(text).width
    const left = Math.max(place - wide / 2, LABEL_PX)
    // At its tick, or not at all.
    if (left < free || left + wide > scene.width) continue
    ctx.fillStyle = tokens['text-3']
    ctx.fillText(text, left, bottom + 13)
    free = left + wide + 12
  }
}

function rowOf(ctx: CanvasRenderingContext2D, scene: Scene, row: Row, top: number): void {
  const { tokens, thin } = scene
  const tall = BAND_PX[thin ? 'thin' : 'full']
  ctx.fillStyle = tokens['text-2']
  const twoLines = !thin && row.sub !== ''
  ctx.fillText(clipped(ctx, row.label, LABEL_PX - 8), 0, top + (twoLines ? tall / 2 - 7 : tall / 2))
  if (twoLines) {
    ctx.fillStyle = tokens['text-3']
    ctx.fillText(clipped(ctx, row.sub, LABEL_PX - 8), 0, top + tall / 2 + 7)
  }
  inPlot(ctx, scene, () => {
    const changed: Box[] = []
    const { range } = scene
    for (const { from, to, fill, text } of row.parts) {
      if (to < range.from || from > range.until) continue
      const left = x(scene, from)
      const wide = Math.max(LEAST_PART_PX, x(scene, to) - left)
      ctx.fillStyle = tokens[TOKEN_OF[fill]]
      ctx.fillRect(left, top, wide, tall)
      if (fill === 'maybe') changed.push(inSight(scene, { left, top, wide, tall }))
      else if (!thin && hasRoom(wide) && !isCrowded(scene, row, { from, to }))
        textIn(ctx, scene, { text, left, wide, top, tall, fill })
    }
    hatch(ctx, changed, tokens.lagging)
    for (const { from, to, text } of row.reigns) {
      const left = x(scene, from)
      const wide = Math.max(LEAST_PART_PX, x(scene, to) - left)
      const bar = thin ? 3 : 5
      ctx.fillStyle = tokens.accent
      ctx.fillRect(left, top + tall - bar, wide, bar)
      ctx.fillRect(left, top, thin ? 0 : 2, tall)
      if (!thin) textIn(ctx, scene, { text, left, wide, top, tall: tall - 4, fill: 'healthy' })
    }
    signs(ctx, scene, row.marks, top + tall / 2)
  })
}

interface Box {
  readonly left: number
  readonly top: number
  readonly wide: number
  readonly tall: number
}

/** Up close a box may begin days before the plot. */
function inSight({ width }: Scene, { left, wide, ...box }: Box): Box {
  const start = Math.max(left, LABEL_PX)
  return { ...box, left: start, wide: Math.min(left + wide, width - RIGHT_PX) - start }
}

const hasRoom = (wide: number): boolean => wide > WORDS_AIR_PX.before + WORDS_AIR_PX.after

/** A reign begins where the words of the band would stand. */
const isCrowded = (scene: Scene, { reigns }: Row, { from, to }: Pick<Stretch, 'from' | 'to'>): boolean =>
  reigns.some(
    (reign) =>
      reign.from < to && x(scene, reign.from) < Math.max(x(scene, from), LABEL_PX) + ROOM_PX && reign.to > from,
  )

/** Gaps are painted over everything: words begin behind the one that they would begin in. */
const afterGaps = (scene: Scene, start: number): number =>
  scene.view.gaps.reduce(
    (place, gap) => (x(scene, gap.from) <= place && x(scene, gap.to) > place ? x(scene, gap.to) : place),
    start,
  )

function textIn(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  { text, left, wide, top, tall, fill }: Box & { readonly text: string; readonly fill: Fill },
): void {
  const { tokens, width } = scene
  if (text === '' || !hasRoom(wide)) return
  const start = afterGaps(scene, Math.max(left, LABEL_PX)) + WORDS_AIR_PX.before
  const room = Math.min(left + wide, width - RIGHT_PX) - start - WORDS_AIR_PX.after
  if (ctx.measureText(text).width > room) return
  ctx.fillStyle = fill === 'healthy' || fill === 'unknown' || fill === 'lagging' ? tokens.text : tokens.surface
  ctx.fillText(text, start, top + tall / 2)
}

/** Marks that lie on each other are one; the words of one that stands alone stand beside it. */
function signs(ctx: CanvasRenderingContext2D, scene: Scene, marks: readonly Mark[], middle: number): void {
  const { tokens, thin } = scene
  const places = marks.map((mark) => ({ mark, left: x(scene, mark.from), right: x(scene, mark.to) }))
  let drawn = Number.NEGATIVE_INFINITY
  places.forEach(({ mark, left, right }, index) => {
    ctx.fillStyle = mark.own ? tokens.accent : tokens['text-2']
    if (right - left > SIGN_PX) {
      ctx.fillStyle = mark.own ? tokens.accent : tokens.lagging
      ctx.fillRect(left, middle - 3, right - left, 6)
    } else if (right - drawn > 1) {
      sign(ctx, mark.shape, right, middle, thin ? 3 : 5)
      drawn = right
    }
    if (thin || mark.text === '') return
    const next = places[index + 1]?.left ?? Number.POSITIVE_INFINITY
    const start = right + 9
    if (start + ctx.measureText(mark.text).width > Math.min(next - 8, scene.width - RIGHT_PX)) return
    ctx.fillStyle = tokens['text-2']
    ctx.fillText(mark.text, start, middle)
  })
}

function sign(
  ctx: CanvasRenderingContext2D,
  shape: Mark['shape'],
  centre: number,
  middle: number,
  radius: number,
): void {
  ctx.beginPath()
  if (shape === 'dot') ctx.arc(centre, middle, radius * 0.7, 0, 2 * Math.PI)
  else {
    ctx.moveTo(centre, middle - radius - 1)
    ctx.lineTo(centre + radius + 1, middle)
    ctx.lineTo(centre, middle + radius + 1)
    ctx.lineTo(centre - radius - 1, middle)
    ctx.closePath()
  }
  ctx.fill()
}

/** Highest figure that is seen of all lines. */
export const highest = (lines: readonly Line[], { from, until }: Range): number =>
  lines.reduce(
    (most, { at, values, resolutionMs }) =>
      values.reduce(
        (top, value, index) => (value > top && at[index]! + resolutionMs >= from && at[index]! <= until ? value : top),
        most,
      ),
    0,
  )

function lag(ctx: CanvasRenderingContext2D, scene: Scene, top: number, bottom: number): void {
  const { view, range, tokens, width } = scene
  const tall = bottom - top - 8
  if (tall < 40) return
  ctx.fillStyle = tokens['text-2']
  ctx.fillText(clipped(ctx, scene.axis, LABEL_PX + 60), 0, top)
  if (view.lines.every(({ at }) => !at.some((time) => time >= range.from && time <= range.until))) {
    ctx.fillStyle = tokens['text-3']
    ctx.fillText(clipped(ctx, scene.nothing, plotWidth(width)), LABEL_PX, top + tall / 2)
    return
  }
  const { max, step } = niceScale(highest(view.lines, range), Math.max(2, Math.floor(tall / 60)))
  const y = (value: number): number => bottom - (value / max) * (tall - 8)
  for (let value = 0; value <= max; value += step) {
    ctx.fillStyle = tokens.line
    if (value > 0) ctx.fillRect(LABEL_PX, Math.round(y(value)), plotWidth(width), 1)
    const text = scene.figure(value)
    ctx.fillStyle = tokens['text-3']
    ctx.fillText(text, LABEL_PX - 6 - ctx.measureText(text).width, Math.min(y(value), bottom - 5))
  }
  const names: number[] = []
  inPlot(ctx, scene, () =>
    view.lines.forEach((line, index) => lineOf(ctx, scene, line, SERIES[index % SERIES.length]!, y, names)),
  )
}

/** Pieces that may be joined: no point between is missing or not known. */
export function piecesOf({ at, values, resolutionMs }: Line): readonly (readonly number[])[] {
  const pieces: number[][] = []
  let piece: number[] = []
  at.forEach((time, index) => {
    const isNext = piece.length > 0 && time - at[piece.at(-1)!]! <= resolutionMs * 1.5
    if (Number.isNaN(values[index]) || !isNext) {
      if (piece.length > 0) pieces.push(piece)
      piece = []
    }
    if (!Number.isNaN(values[index])) piece.push(index)
  })
  if (piece.length > 0) pieces.push(piece)
  return pieces
}

function lineOf(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  line: Line,
  colour: Token,
  y: (value: number) => number,
  names: number[],
): void {
  const { tokens } = scene
  ctx.strokeStyle = tokens[colour]
  ctx.lineWidth = 1.5
  let end: readonly [number, number] | null = null
  for (const piece of piecesOf(line)) {
    ctx.beginPath()
    for (const index of piece) {
      const height = y(line.values[index]!)
      const left = x(scene, line.at[index]!)
      // A point is of a span: it is drawn as long as that, and not into what is to come.
      ctx.lineTo(left, height)
      ctx.lineTo(
        x(scene, Math.min(line.at[index]! + line.resolutionMs, Math.max(line.at[index]!, scene.view.until))),
        height,
      )
      if (line.at[index]! <= scene.range.until) end = [left, height]
    }
    ctx.stroke()
  }
  if (end === null) return
  ctx.fillStyle = tokens[colour]
  const wide = ctx.measureText(line.label).width
  // Above the line; where another name stands there, above that one.
  let place = end[1] - 9
  while (names.some((other) => Math.abs(other - place) < NAME_PX)) place -= NAME_PX
  names.push(place)
  ctx.fillText(line.label, Math.min(end[0] + 6, scene.width - RIGHT_PX - wide - 2), place)
}

function gapOf(ctx: CanvasRenderingContext2D, scene: Scene, { from, to, text }: Stretch, bottom: number): void {
  const left = Math.max(x(scene, from), LABEL_PX)
  const right = Math.min(x(scene, to), scene.width - RIGHT_PX)
  if (right <= left) return
  const { tokens } = scene
  const wide = Math.max(1, right - left)
  ctx.fillStyle = tokens.surface
  ctx.fillRect(left, 0, wide, bottom)
  hatch(ctx, [{ left, top: 0, wide, tall: bottom }], tokens.unknown)
  const size = ctx.measureText(text).width
  if (size + 16 > wide) return
  ctx.fillStyle = tokens.surface
  ctx.fillRect(left + wide / 2 - size / 2 - 5, bottom / 2 - 9, size + 10, 18)
  ctx.fillStyle = tokens['text-2']
  ctx.fillText(text, left + wide / 2 - size / 2, bottom / 2)
}

/** Boxes of one height, in the order in which they stand. */
function hatch(ctx: CanvasRenderingContext2D, boxes: readonly Box[], colour: string): void {
  if (boxes.length === 0) return
  ctx.save()
  ctx.beginPath()
  for (const { left, top, wide, tall } of boxes) ctx.rect(left, top, wide, tall)
  ctx.clip()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.55
  ctx.lineWidth = 1.5
  ctx.beginPath()
  let drawn = Number.NEGATIVE_INFINITY
  for (const { left, top, wide, tall } of boxes)
    // From a fixed origin, so that it stands still while the range moves in; what two boxes share is drawn once.
    for (
      let at = Math.max(Math.floor((left - tall) / HATCH_PX) * HATCH_PX, drawn + HATCH_PX);
      at < left + wide;
      at += HATCH_PX
    ) {
      ctx.moveTo(at, top + tall)
      ctx.lineTo(at + tall, top)
      drawn = at
    }
  ctx.stroke()
  ctx.restore()
}

function brush(ctx: CanvasRenderingContext2D, scene: Scene, range: Range, bottom: number): void {
  const { tokens } = scene
  const left = x(scene, range.from)
  const right = Math.max(left + 2, x(scene, range.until))
  ctx.globalAlpha = 0.18
  ctx.fillStyle = tokens.accent
  ctx.fillRect(left, 0, right - left, bottom)
  ctx.globalAlpha = 1
  ctx.strokeStyle = tokens.accent
  ctx.lineWidth = 1.5
  ctx.strokeRect(left, 0.75, right - left, bottom - 1.5)
  ctx.fillStyle = tokens.accent
  for (const edge of [left, right]) ctx.fillRect(edge - 3, bottom / 2 - 9, 6, 18)
}

function clipped(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text
  let short = text
  while (short.length > 1 && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1)
  return `${short}…`
}
