import type { InjectionKey, Ref } from 'vue'
import { inject, ref } from 'vue'
import { createFormats } from '@shared/words/format/formats'
import type { Formats } from '@shared/words/format/formats'

export const FORMATS: InjectionKey<Readonly<Ref<Formats>>> = Symbol('formats')

/** The formats of the language on screen; English where nobody provides one (component tests). */
export const useFormats = (): Readonly<Ref<Formats>> => inject(FORMATS, () => ref(createFormats('en')), true)
