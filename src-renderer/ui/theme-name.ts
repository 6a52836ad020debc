import type { InjectionKey, Ref } from 'vue'
import { inject, ref } from 'vue'

/** The theme on screen. What paints on a canvas reads its colours from the tokens again when this changes. */
export type ThemeName = 'dark' | 'light'
export const THEME: InjectionKey<Readonly<Ref<ThemeName>>> = Symbol('theme')
export const useThemeName = (): Readonly<Ref<ThemeName>> => inject(THEME, () => ref<ThemeName>('dark'), true)

/** Value of a colour token (without the dashes) as it is now. */
export const tokenColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
