import type { Settings } from '../contract/ipc'

/** `--bg` of src-renderer/ui/tokens.css, so that a window that opens does not flash in the other theme's colour. */
export const BACKGROUND = { dark: '#0e1316', light: '#f3f6f7', contrast: '#000000' } as const

export const backgroundOf = (theme: Settings['theme'], systemIsDark: boolean): string =>
  BACKGROUND[theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme]
