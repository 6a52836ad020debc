import { STATE_NAMES } from '@shared/states'
import type { Tokens } from '../tokens'
import type { MatrixPalette } from './paint'
import { abgr, DIM, PAINT_CODES, SILENT_CODE } from './paint'

const DIMMED = 0.24

/** `share` of one colour over another, both ABGR. */
function mixed(over: number, under: number, share: number): number {
  const part = (shift: number): number =>
    Math.round(((over >> shift) & 0xff) * share + ((under >> shift) & 0xff) * (1 - share)) << shift
  return ((0xff << 24) | part(16) | part(8) | part(0)) >>> 0
}

/** Relative luminance by WCAG 2, of an ABGR word. */
function luminance(colour: number): number {
  const part = (shift: number): number => {
    const share = ((colour >> shift) & 0xff) / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(0) + 0.7152 * part(8) + 0.0722 * part(16)
}
const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
const [DARK_INK, LIGHT_INK] = ['#10171b', '#ffffff'] as const
/** Dark or light, whichever is read better on the fill. */
const inkOn = (fill: number): string => {
  const [under, dark, light] = [fill, abgr(DARK_INK), abgr(LIGHT_INK)].map(luminance) as [number, number, number]
  return contrast(under, dark) >= contrast(under, light) ? DARK_INK : LIGHT_INK
}

/** The theme's colours for the matrix. A silent leader is hatched in the colour of offline: that is what it is for its clients. */
export function paletteOf(tokens: Tokens): MatrixPalette {
  const fill = new Uint32Array(PAINT_CODES * 2)
  const background = abgr(tokens.surface)
  STATE_NAMES.forEach((name, code) => {
    fill[code] = abgr(tokens[name])
  })
  fill[SILENT_CODE] = abgr(tokens.offline)
  for (let code = 0; code < PAINT_CODES; code++) fill[code + DIM] = mixed(fill[code]!, background, DIMMED)
  return { fill, background, outline: abgr(tokens.text), ink: Array.from(fill, inkOn) }
}
