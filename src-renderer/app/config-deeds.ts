import type { RouteLocationRaw } from 'vue-router'
import type { Translate } from '../features/common/say'
import type { DeedPlace } from '../features/deeds/places'

/** Pages about settings that the palette leads to. */
export function configPlaces(t: Translate, params: Readonly<Record<string, unknown>>): DeedPlace[] {
  const { topic } = params
  const page = (name: string, text: string, to: RouteLocationRaw): DeedPlace => ({
    id: name,
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
