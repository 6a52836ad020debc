import type { Configs } from '../../change/configs/configs'
import type { Routes } from '../handle'

type ConfigChannel = Extract<keyof Routes, `config:${string}`>

export const configRoutes = (configs: Configs): Pick<Routes, ConfigChannel> => ({
  'config:topic': (question) => configs.topic(question),
  'config:docs': ({ cluster, topic, key }) => configs.docs(cluster, topic, key),
  'config:broker': (question) => configs.broker(question),
})
