import type { NumberFormats } from '@shared/words/format/numbers'
import type { Language } from '@shared/words/language'
import type { DurationFormats } from '@shared/words/format/durations'
import type { AmountKind, AmountStep } from './amount-units'
import { AMOUNT_STEPS } from './amount-units'

const WRITTEN = /^(?:0|[1-9]\d*)$/
/** More parts than this is harder to read than the number itself. */
const MOST_PARTS = 3

/** The number and its words, largest first: 90,000 ms is `1 min`, `30 s`. Null where words do not help or the text is no plain number. */
function partsOf(
  kind: AmountKind,
  raw: string,
  most: number,
): { readonly count: bigint; readonly step: AmountStep }[] | null {
  if (!WRITTEN.test(raw)) return null
  const value = BigInt(raw)
  const steps = AMOUNT_STEPS[kind]
  if (value === 0n) return [{ count: 0n, step: steps.at(-1)! }]
  // A size of two units ("1 MiB 12 B") is nobody's way of saying it: one unit, or the number.
  if (kind === 'bytes') {
    const step = steps.find(({ factor }) => value % factor === 0n)!
    return step.factor === 1n && value >= 1024n ? null : [{ count: value / step.factor, step }]
  }
  const parts: { count: bigint; step: AmountStep }[] = []
  let left = value
  for (const step of steps) {
    if (left >= step.factor) parts.push({ count: left / step.factor, step })
    left %= step.factor
  }
  return parts.length > most ? null : parts
}

const written = (parts: readonly { readonly count: bigint; readonly step: AmountStep }[], locale: Language): string =>
  parts.map(({ count, step }) => `${count} ${locale === 'zh-CN' ? step.zh : step.en}`).join(' ')

/** What stands in the input: words that `parseAmount` reads back to exactly `raw`, or `raw` itself. */
export function editableAmount(kind: AmountKind, raw: string, locale: Language): string {
  const parts = partsOf(kind, raw, MOST_PARTS)
  return parts === null ? raw : written(parts, locale)
}

/** For reading: `7 d`, `1 GiB`; `exact` false where it is rounded. The text as it is where it is no plain number. */
export function readableAmount(
  kind: AmountKind,
  raw: string,
  format: NumberFormats & DurationFormats & { readonly locale: Language },
): { readonly text: string; readonly exact: boolean } {
  const parts = partsOf(kind, raw, 2)
  if (parts !== null) return { text: written(parts, format.locale), exact: true }
  if (!WRITTEN.test(raw)) return { text: raw, exact: true }
  return { text: kind === 'ms' ? format.seconds(Number(raw)) : format.bytes(Number(raw)), exact: false }
}
