import type { RouteLocationRaw } from 'vue-router'
import type { Translate } from '../features/common/say'
import { keyText } from '../stores/key-table'

export interface ConfigPlace {
  readonly action: string
  readonly text: string
  readonly keys: string
  readonly to: RouteLocationRaw
}

/** Pages about settings that the palette leads to; of the topic or broker on screen first. */
export function configPlaces(t: Translate, params: Readonly<Record<string, unknown>>): ConfigPlace[] {
  const { topic, broker } = params
  const places: ConfigPlace[] = []
  if (typeof topic === 'string') {
    places.push({
      action: 'config-topic',
      text: t('config.go.topic', { topic }),
      keys: keyText('edit'),
      to: { name: 'config', params: { topic } },
    })
  }
  if (typeof broker === 'string') {
    places.push({
      action: 'config-broker',
      text: t('config.go.broker', { broker }),
      keys: '',
      to: { name: 'broker-config', params: { broker } },
    })
  }
  const page = (name: string, text: string, to: RouteLocationRaw): ConfigPlace => ({
    action: name,
    text,
    keys: '',
    to,
  })
  return [
    ...places,
    page('config-search', t('config.go.search'), { name: 'config-search' }),
    page('config-compare', t('config.go.compare'), {
      name: 'config-compare',
      query: typeof topic === 'string' ? { a: topic } : {},
    }),
    page('brokers-config', t('config.go.brokers'), { name: 'brokers-config' }),
  ]
}
