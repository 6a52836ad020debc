import type { RouteLocationRaw } from 'vue-router'
import type { TextKey } from '../locales/text-key'
import { keyText } from '../stores/key-table'

export interface ConfigPlace {
  readonly action: string
  /** Key of the text with its values. */
  readonly text: TextKey
  readonly named: Readonly<Record<string, string>>
  readonly keys: string
  readonly to: RouteLocationRaw
}

/** Pages about settings that the palette leads to; of the topic or broker on screen first. */
export function configPlaces(params: Readonly<Record<string, unknown>>): ConfigPlace[] {
  const { topic, broker } = params
  const places: ConfigPlace[] = []
  if (typeof topic === 'string') {
    places.push({
      action: 'config-topic',
      text: 'config.go.topic',
      named: { topic },
      keys: keyText('edit'),
      to: { name: 'config', params: { topic } },
    })
  }
  if (typeof broker === 'string') {
    places.push({
      action: 'config-broker',
      text: 'config.go.broker',
      named: { broker },
      keys: '',
      to: { name: 'broker-config', params: { broker } },
    })
  }
  const page = (name: string, text: TextKey, to: RouteLocationRaw): ConfigPlace => ({
    action: name,
    text,
    named: {},
    keys: '',
    to,
  })
  return [
    ...places,
    page('config-search', 'config.go.search', { name: 'config-search' }),
    page('config-compare', 'config.go.compare', {
      name: 'config-compare',
      query: typeof topic === 'string' ? { a: topic } : {},
    }),
    page('brokers-config', 'config.go.brokers', { name: 'brokers-config' }),
  ]
}
