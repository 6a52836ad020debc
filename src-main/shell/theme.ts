import type { Settings } from '../contract/ipc'

type Theme = Settings['theme']

/** `--bg` of src-renderer/ui/tokens.css, so that a window that opens does not flash in the other theme's colour. */
export const BACKGROUND = { dark: '#0e1316', light: '#f3f6f7', contrast: '#000000' } as const

/** `system`: what the system wishes, as Electron's `nativeTheme` tells it. */
export function backgroundOf(theme: Theme, system: { readonly dark: boolean; readonly contrast: boolean }): string {
  if (theme !== 'system') return BACKGROUND[theme]
  return BACKGROUND[system.contrast ? 'contrast' : system.dark ? 'dark' : 'light']
}

/** For what the system itself draws in the window: menus, scroll bars, fields of choice. */
export const themeSource = (theme: Theme): 'system' | 'dark' | 'light' => (theme === 'contrast' ? 'dark' : theme)
