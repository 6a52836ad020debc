import { STATE_NAMES } from '@shared/states'
import type { Tokens } from '../tokens'
import type { MatrixPalette } from './paint'
import { abgr, PAINT_CODES, SILENT_CODE } from './paint'

/** The theme's colours for the matrix. A silent leader is hatched in the colour of offline: that is what it is for its clients. */
export function paletteOf(tokens: Tokens): MatrixPalette {
  const fill = new Uint32Array(PAINT_CODES)
  STATE_NAMES.forEach((name, code) => {
    fill[code] = abgr(tokens[name])
  })
  fill[SILENT_CODE] = abgr(tokens.offline)
  return { fill, background: abgr(tokens.surface), outline: abgr(tokens.text) }
}
