import { configKey } from './config-keys'

/** No record, and no machine, is as old as a century; no disk holds an exbibyte of one partition. */
const CENTURY_MS = 100 * 365.25 * 86_400_000
const EXBIBYTE = 2 ** 60
/** Kafka's own default where it means "never": Long.MAX_VALUE (LogConfig.java). Doubles of that size are a thousand apart. */
const LARGEST = 2 ** 63 - 1024

const LEAST = { ms: CENTURY_MS, bytes: EXBIBYTE, count: LARGEST } as const

/**
 * Whether a value of a topic setting is no limit: -1 where that means so (retention of any kind), and a value so large that it never acts. The
 * one definition for rules, search and words, so that a first cut from Long.MAX is a cut from unlimited. A key the catalogue does not know is none.
 */
export function isUnlimited(name: string, text: string): boolean {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return false
  const key = configKey(name)
  const value = Number(text)
  if (value === -1) return key?.unlimited === true
  const unit = key?.unit
  return (unit === 'ms' || unit === 'bytes' || unit === 'count') && value >= LEAST[unit]
}
