import type { Language } from '../language'
import { durationFormats } from './durations'
import type { DurationFormats } from './durations'
import { numberFormats } from './numbers'
import type { NumberFormats } from './numbers'
import { timeFormats } from './times'
import type { TimeFormats } from './times'

export interface Formats extends NumberFormats, DurationFormats, TimeFormats {
  readonly locale: Language
}

/** `timeZone` left out is the machine's own. */
export const createFormats = (locale: Language, timeZone?: string): Formats => ({
  locale,
  ...numberFormats(locale),
  ...durationFormats(locale),
  ...timeFormats(locale, timeZone),
})
