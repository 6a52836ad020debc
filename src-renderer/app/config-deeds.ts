import type { RouteLocationRaw } from 'vue-router'
import type { Translate } from '../features/common/say'

export interface PalettePlace {
  readonly action: string
  readonly text: string
  readonly keys: string
  readonly to: RouteLocationRaw
}

/** Pages about settings that the palette leads to. */
export function configPlaces(t: Translate, params: Readonly<Record<string, unknown>>): PalettePlace[] {
  const { topic } = params
  const page = (name: string, text: string, to: RouteLocationRaw): PalettePlace => ({
    action: name,
    text,
    keys: '',
    to,
  })
  return [
    page('config-search', t('config.go.search'), { name: 'config-search' }),
    page('config-compare', t('config.go.compare'), {
      name: 'config-compare',
      query: typeof topic === 'string' ? { a: topic } : {},
    }),
    page('brokers-config', t('config.go.brokers'), { name: 'brokers-config' }),
  ]
}
