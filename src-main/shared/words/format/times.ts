import type { Language } from '../language'
import { UNKNOWN_TEXT } from './numbers'

export interface TimeFormats {
  /** Local clock time with seconds; with the date when it is not the day of `now`. */
  time(at: number, now: number): string
  /** Where there is little room: the clock time on the day of `now`, else the date alone. */
  when(at: number, now: number): string
  /** The same moment in UTC, for the hover. */
  utc(at: number): string
}

/** `timeZone` is for tests; left out it is the machine's own. */
export function timeFormats(locale: Language, timeZone?: string): TimeFormats {
  const zone = timeZone === undefined ? {} : { timeZone }
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...zone,
  })
  const day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', ...zone })
  return {
    time(at, now) {
      if (!Number.isFinite(at)) return UNKNOWN_TEXT
      const date = day.format(at)
      return date === day.format(now) ? clock.format(at) : `${date} ${clock.format(at)}`
    },
    when(at, now) {
      if (!Number.isFinite(at)) return UNKNOWN_TEXT
      const date = day.format(at)
      return date === day.format(now) ? clock.format(at) : date
    },
    utc: (at) =>
      Number.isFinite(at) ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : UNKNOWN_TEXT,
  }
}
