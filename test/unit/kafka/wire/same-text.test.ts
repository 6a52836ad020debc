import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameText } from '../../../../src-main/kafka/wire/same-text'

const same = (text: string, bytes: Uint8Array): boolean =>
  sameText(text, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length)
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

describe('sameText', () => {
  it('is equality for ASCII', () => {
    const name = fc.stringMatching(/^[a-c._-]{0,9}$/)
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(same(a, utf8(a))).toBe(true)
        expect(same(a, utf8(b))).toBe(a === b)
      }),
    )
  })

  it('is false for anything else, above all for letters whose low bits look like the bytes', () => {
    for (const [text, bytes] of [
      ['é', utf8('é')],
      ['\u00c3\u00a9', utf8('é')],
      ['\u0161bcd', utf8('abcd')],
      ['abc\u0164', utf8('abcd')],
      ['ab\u0100d', utf8('ab\u0000d')],
      ['\u0161', utf8('a')],
    ] as const)
      expect(same(text, bytes)).toBe(false)
  })
})
