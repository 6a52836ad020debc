import type { Configs } from '../../change/configs/configs'
import type { Routes } from '../handle'

type ConfigChannel = Extract<keyof Routes, `config:${string}`>

export const configRoutes = (configs: Configs): Pick<Routes, ConfigChannel> => ({
  'config:topic': ({ cluster, topic }) => configs.topic(cluster, topic),
  'config:docs': ({ cluster, topic, key }) => configs.docs(cluster, topic, key),
  'config:broker': ({ cluster, broker }) => configs.broker(cluster, broker),
})
