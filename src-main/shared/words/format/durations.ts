import type { Language } from '../language'
import { UNKNOWN_TEXT } from './numbers'

const WORDS = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  'zh-CN': { ms: '毫秒', s: '秒', min: '分', h: '小时', d: '天' },
} as const

export interface DurationFormats {
  /** `0.3 s`, `22 s`, `2 min 4 s`, `3 h 10 min`, `2 d 4 h`. NaN is `?`; below zero counts as zero. */
  duration(ms: number): string
  /** Whole seconds at the low end, for counters that tick. */
  seconds(ms: number): string
  /** `8–23 s`; both ends in the larger end's unit where that is seconds. */
  durationRange(fromMs: number, toMs: number): string
  /** Round trips: `4 ms`, `1.2 s`. */
  latency(ms: number): string
}

export function durationFormats(locale: Language): DurationFormats {
  const words = WORDS[locale]
  const pair = (large: number, largeWord: string, small: number, smallWord: string): string =>
    small === 0 ? `${large} ${largeWord}` : `${large} ${largeWord} ${small} ${smallWord}`

  const seconds = (ms: number): string => {
    if (!Number.isFinite(ms)) return UNKNOWN_TEXT
    const total = Math.round(Math.max(0, ms) / 1000)
    if (total < 60) return `${total} ${words.s}`
    if (total < 3600) return pair(Math.floor(total / 60), words.min, total % 60, words.s)
    const minutes = Math.floor(total / 60)
    if (minutes < 1440) return pair(Math.floor(minutes / 60), words.h, minutes % 60, words.min)
    const hours = Math.floor(minutes / 60)
    return pair(Math.floor(hours / 24), words.d, hours % 24, words.h)
  }
  const duration = (ms: number): string =>
    Number.isFinite(ms) && ms < 9950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} ${words.s}` : seconds(ms)

  return {
    seconds,
    duration,
    durationRange(fromMs, toMs) {
      if (!Number.isFinite(fromMs) && !Number.isFinite(toMs)) return UNKNOWN_TEXT
      const from = Math.round(Math.max(0, fromMs) / 1000)
      const to = Math.round(Math.max(0, toMs) / 1000)
      if (from === to || !Number.isFinite(from) || !Number.isFinite(to))
        return seconds(Number.isFinite(toMs) ? toMs : fromMs)
      return to < 60 ? `${from}–${to} ${words.s}` : `${seconds(fromMs)} – ${seconds(toMs)}`
    },
    latency: (ms) => (Number.isFinite(ms) && ms < 1000 ? `${Math.round(ms)} ${words.ms}` : duration(ms)),
  }
}
