import type { Language } from '../language'

/** What stands on screen for a value nobody knows. Never 0, never an empty cell. */
export const UNKNOWN_TEXT = '?'

const LARGE = [
  { from: 1e12, unit: 'T' },
  { from: 1e9, unit: 'G' },
  { from: 1e6, unit: 'M' },
] as const
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

const known = (value: number): boolean => Number.isFinite(value)

export interface NumberFormats {
  /** Thousands separated up to 999,999, then `1.4 M`. NaN is `?`. */
  count(value: number): string
  /** All digits, for offsets. */
  offset(value: number): string
  bytes(value: number): string
  percent(share: number): string
}

export function numberFormats(locale: Language): NumberFormats {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return {
    count(value) {
      if (!known(value)) return UNKNOWN_TEXT
      // Rounded first: 999,999.6 must not become 1,000,000.
      const large = LARGE.find((step) => Math.round(Math.abs(value)) >= step.from)
      return large === undefined ? whole.format(value) : `${one.format(value / large.from)} ${large.unit}`
    },
    offset: (value) => (known(value) ? whole.format(value) : UNKNOWN_TEXT),
    bytes(value) {
      if (!known(value)) return UNKNOWN_TEXT
      const step = Math.min(BINARY.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)))
      const scaled = value / 1024 ** step
      return `${step === 0 || scaled >= 100 ? whole.format(scaled) : one.format(scaled)} ${BINARY[step]}`
    },
    percent: (share) => (known(share) ? `${whole.format(share * 100)} %` : UNKNOWN_TEXT),
  }
}
