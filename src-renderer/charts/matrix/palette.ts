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

/** The theme's colours for the matrix. A silent leader is hatched in the colour of offline: that is what it is for its clients. */
export function paletteOf(tokens: Tokens): MatrixPalette {
  const fill = new Uint32Array(PAINT_CODES * 2)
  const background = abgr(tokens.surface)
  STATE_NAMES.forEach((name, code) => {
    fill[code] = abgr(tokens[name])
  })
  fill[SILENT_CODE] = abgr(tokens.offline)
  for (let code = 0; code < PAINT_CODES; code++) fill[code + DIM] = mixed(fill[code]!, background, DIMMED)
  return { fill, background, outline: abgr(tokens.text) }
}
