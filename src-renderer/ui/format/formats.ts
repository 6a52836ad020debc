import type { InjectionKey, Ref } from 'vue'
import { inject, ref } from 'vue'
import type { DurationFormats } from './durations'
import { durationFormats } from './durations'
import type { Locale, NumberFormats } from './numbers'
import { numberFormats } from './numbers'
import type { TimeFormats } from './times'
import { timeFormats } from './times'

export interface Formats extends NumberFormats, DurationFormats, TimeFormats {
  readonly locale: Locale
}

export const createFormats = (locale: Locale, timeZone?: string): Formats => ({
  locale,
  ...numberFormats(locale),
  ...durationFormats(locale),
  ...timeFormats(locale, timeZone),
})

export const FORMATS: InjectionKey<Readonly<Ref<Formats>>> = Symbol('formats')

/** The formats of the language on screen; English where nobody provides one (component tests). */
export const useFormats = (): Readonly<Ref<Formats>> => inject(FORMATS, () => ref(createFormats('en')), true)
