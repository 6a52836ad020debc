/**
 * Whether `text` is what the `length` bytes from `at` on say. ASCII only, which is all that topic names may hold;
 * anything else is never the same, so that it is decoded properly.
 */
export function sameText(text: string, view: DataView, at: number, length: number): boolean {
  if (text.length !== length) return false
  // From the end: names share prefixes far more often than endings.
  for (let i = length - 1; i >= 0; i--) {
    const byte = view.getUint8(at + i)
    if (byte !== text.charCodeAt(i) || byte >= 0x80) return false
  }
  return true
}
