import type { Language } from '../language'
import { UNKNOWN_TEXT } from './numbers'

export interface TimeFormats {
  /** Clock time with seconds; with the date when it is not the day of `now`. */
  time(at: number, now: number): string
  /** As `time`, rounded to a tenth of a second: `03:12:41.2`. */
  tenths(at: number, now: number): string
  /** Where there is little room: the clock time on the day of `now`, else the date alone. */
  when(at: number, now: number): string
  /** Marks of an axis: `03:12`, and `Nov 23` where a step is a day. */
  minute(at: number): string
  date(at: number): string
  /** The same moment in UTC, for the hover. */
  utc(at: number): string
  /** The zone that the others are in at that moment: `UTC`, `UTC+02:00`. */
  zone(at: number): string
}

/** `timeZone` left out is the machine's own. */
export function timeFormats(locale: Language, timeZone?: string): TimeFormats {
  const zone = timeZone === undefined ? {} : { timeZone }
  const toSeconds = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', ...zone } as const
  const clock = new Intl.DateTimeFormat(locale, toSeconds)
  const finer = new Intl.DateTimeFormat(locale, { ...toSeconds, fractionalSecondDigits: 1 })
  const coarser = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone })
  const short = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...zone })
  const day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', ...zone })
  const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset', ...zone })
  const dated = (at: number, now: number, shown: string): string => {
    const date = day.format(at)
    return date === day.format(now) ? shown : `${date} ${shown}`
  }

  return {
    time: (at, now) => (Number.isFinite(at) ? dated(at, now, clock.format(at)) : UNKNOWN_TEXT),
    tenths(at, now) {
      if (!Number.isFinite(at)) return UNKNOWN_TEXT
      const rounded = Math.round(at / 100) * 100
      return dated(rounded, now, finer.format(rounded))
    },
    when(at, now) {
      if (!Number.isFinite(at)) return UNKNOWN_TEXT
      const date = day.format(at)
      return date === day.format(now) ? clock.format(at) : date
    },
    minute: (at) => (Number.isFinite(at) ? coarser.format(at) : UNKNOWN_TEXT),
    date: (at) => (Number.isFinite(at) ? short.format(at) : UNKNOWN_TEXT),
    utc: (at) =>
      Number.isFinite(at) ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : UNKNOWN_TEXT,
    zone(at) {
      const named = offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')
      return named?.value.replace('GMT', 'UTC').replace('UTC+00:00', 'UTC') ?? UNKNOWN_TEXT
    },
  }
}
