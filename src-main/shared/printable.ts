/**
 * Characters that do something to the place where they are shown instead of being seen there: C0 and C1 controls with DEL (a terminal obeys them), line and
 * paragraph separators, marks that turn the direction of what follows (UAX #9), marks without width, tags, and halves of surrogate pairs. Joiners (U+200C, U+200D)
 * are left: Persian, Hindi and many an emoji are written with them.
 */
const UNSEEN =
  /[\p{Cc}\p{Bidi_Control}\u00ad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0')

/**
 * Text of strangers (names, hosts, racks, what a broker complains of) fit for a terminal, a screen and a report: whatever is not seen is named, `⟨U+202E⟩`.
 * The same text where there is nothing to name.
 */
export const printable = (text: string): string =>
  text.search(UNSEEN) < 0 ? text : text.replace(UNSEEN, (mark) => `⟨U+${hex(mark.codePointAt(0)!)}⟩`)

/** JSON text of the same meaning, in which such characters stand as JSON escapes. */
export const printableJson = (json: string): string =>
  json.replace(UNSEEN, (mark) =>
    Array.from({ length: mark.length }, (_, at) => `\\u${hex(mark.charCodeAt(at)).toLowerCase()}`).join(''),
  )
