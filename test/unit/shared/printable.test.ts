import { describe, expect, it } from 'vitest'
import { printable, printableJson } from '../../../src-main/shared/printable'

describe('printable', () => {
  it.each<[string, string, string]>([
    ['a colour of a terminal', 'a\u001b[31mred', 'a⟨U+001B⟩[31mred'],
    ['a title set by a terminal', '\u001b]0;gotcha\u0007', '⟨U+001B⟩]0;gotcha⟨U+0007⟩'],
    ['the same by a C1 control', '\u009b2J', '⟨U+009B⟩2J'],
    ['lines', 'a\r\nb\tc', 'a⟨U+000D⟩⟨U+000A⟩b⟨U+0009⟩c'],
    ['lines of Unicode', 'a\u2028b\u2029c\u0085', 'a⟨U+2028⟩b⟨U+2029⟩c⟨U+0085⟩'],
    ['DEL and NUL', '\u007f\u0000', '⟨U+007F⟩⟨U+0000⟩'],
    ['an override of the direction', 'orders-\u202egpj.exe', 'orders-⟨U+202E⟩gpj.exe'],
    ['marks', '\u200e\u200f\u061c', '⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩'],
    ['isolates', '\u2066\u2067\u2068\u2069', '⟨U+2066⟩⟨U+2067⟩⟨U+2068⟩⟨U+2069⟩'],
    ['no width at all', 'or\u200bders\ufeff\u2060\u00ad', 'or⟨U+200B⟩ders⟨U+FEFF⟩⟨U+2060⟩⟨U+00AD⟩'],
    ['tags', 'a\u{e0041}', 'a⟨U+E0041⟩'],
    ['halves of pairs', '\ud83d-\ude00', '⟨U+D83D⟩-⟨U+DE00⟩'],
  ])('names %s instead of obeying it', (_, text, shown) => {
    expect(printable(text)).toBe(shown)
    expect(printable(printable(text))).toBe(shown)
  })

  it.each(['orders.v1_a-b', '订单', 'طلبات', 'é ü', '😀', '👨\u200d👩\u200d👧', 'می\u200cخواهم', 'C:\\u0041', ''])(
    'leaves %s as it is',
    (text) => {
      expect(printable(text)).toBe(text)
      expect(printableJson(JSON.stringify(text))).toBe(JSON.stringify(text))
    },
  )

  it('keeps the meaning of JSON, and nothing in it acts', () => {
    const said = { topic: 'a\u202eb', rack: '\u009b', broker: 'x\u{e0041}\ud800', path: 'C:\\u0041' }
    const line = printableJson(JSON.stringify(said))
    expect(line).toMatch(/^[ -~]+$/)
    expect(JSON.parse(line)).toEqual(said)
  })
})
