/** Words for durations and sizes in typed inputs. Both languages are understood whatever the screen speaks: values are pasted. */
export type AmountKind = 'ms' | 'bytes'

export interface AmountStep {
  readonly factor: bigint
  readonly en: string
  readonly zh: string
  /** Lower case, besides `en` and `zh`. */
  readonly also: readonly string[]
}

/** Largest first. */
export const AMOUNT_STEPS: Readonly<Record<AmountKind, readonly AmountStep[]>> = {
  ms: [
    { factor: 86_400_000n, en: 'd', zh: '天', also: ['day', 'days', '日'] },
    { factor: 3_600_000n, en: 'h', zh: '小时', also: ['hour', 'hours', '时'] },
    { factor: 60_000n, en: 'min', zh: '分', also: ['m', 'minute', 'minutes', '分钟'] },
    { factor: 1000n, en: 's', zh: '秒', also: ['sec', 'second', 'seconds', '秒钟'] },
    { factor: 1n, en: 'ms', zh: '毫秒', also: [] },
  ],
  bytes: [
    { factor: 1n << 40n, en: 'TiB', zh: 'TiB', also: [] },
    { factor: 1n << 30n, en: 'GiB', zh: 'GiB', also: [] },
    { factor: 1n << 20n, en: 'MiB', zh: 'MiB', also: [] },
    { factor: 1n << 10n, en: 'KiB', zh: 'KiB', also: [] },
    { factor: 1n, en: 'B', zh: 'B', also: ['byte', 'bytes', '字节'] },
  ],
}

/** Understood when typed, and never written: what is shown counts in days. A year is 365 days. */
export const TYPED_STEPS: Readonly<Record<AmountKind, readonly AmountStep[]>> = {
  ms: [
    { factor: 31_536_000_000n, en: 'y', zh: '年', also: ['yr', 'yrs', 'year', 'years'] },
    { factor: 604_800_000n, en: 'w', zh: '周', also: ['wk', 'wks', 'week', 'weeks', '星期'] },
  ],
  bytes: [],
}

/** Words that mean two amounts, so the person has to say: a limit that is 7 % off is found out too late. */
export const DOUBTFUL_UNITS: Readonly<Record<AmountKind, RegExp>> = {
  /** A small m is minutes, as everywhere; a capital one is as often months, and those have 28 to 31 days. */
  ms: /^(M|mo|mon|mth|months?|个?月)$/,
  /** 1000 or 1024. */
  bytes: /^[kmgt]b?$/i,
}

export const NO_LIMIT_WORDS: readonly string[] = ['unlimited', 'no limit', 'none', '不限', '无限', '无限制']

/** Java's Long.MAX_VALUE: Kafka's own default where it means "practically never". */
export const LARGEST_LONG = 9_223_372_036_854_775_807n
