/** Glyph per state name (shared/states): colour is never the only sign. Healthy has none. */
export const STATE_GLYPHS: Readonly<Record<string, string>> = {
  lost: '✕',
  offline: '✕',
  'under-min-isr': '!',
  'at-min-isr': '▲',
  'under-replicated': '◔',
  lagging: '~',
  healthy: '',
  unknown: '?',
}
