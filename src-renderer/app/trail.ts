import { printable } from '@shared/printable'
import type { RouteLocationNormalizedLoaded, RouteLocationRaw } from 'vue-router'
import type { Say } from '../features/common/say'

export interface TrailStep {
  readonly text: string
  /** null: the page itself. */
  readonly to: RouteLocationRaw | null
}

type Place = Pick<RouteLocationNormalizedLoaded, 'name' | 'params'>

const SECTIONS = {
  topic: 'topics',
  config: 'topics',
  'config-search': 'topics',
  'config-compare': 'topics',
  'config-many': 'topics',
  partition: 'topics',
  broker: 'brokers',
  'broker-config': 'brokers',
  'brokers-config': 'brokers',
  incident: 'history',
  churn: 'history',
  advisor: 'history',
  timeline: 'history',
  agreement: 'quorum',
  change: 'changes',
} as const
type Below = keyof typeof SECTIONS
const isBelow = (name: unknown): name is Below => typeof name === 'string' && Object.hasOwn(SECTIONS, name)

/** What lies between the section and the page. */
function between({ name, params }: Place): TrailStep[] {
  const topic = String(params.topic ?? '')
  const broker = String(params.broker ?? '')
  if (name === 'config' || name === 'partition')
    return [{ text: printable(topic), to: { name: 'topic', params: { topic } } }]
  return name === 'broker-config' ? [{ text: broker, to: { name: 'broker', params: { broker } } }] : []
}

function pageText({ t }: Say, name: Below, { topic, partition, broker, incident }: Place['params']): string {
  switch (name) {
    case 'topic':
      return printable(String(topic))
    case 'partition':
      return String(partition)
    case 'broker':
      return String(broker)
    case 'incident':
      return t('history.number', { id: String(incident) })
    case 'churn':
      return t('history.toChurn')
    case 'advisor':
      return t('advisor.heading')
    case 'timeline':
      return t('timeline.heading')
    case 'config':
    case 'broker-config':
      return t('config.title')
    case 'config-search':
    case 'config-compare':
    case 'config-many':
    case 'brokers-config':
    case 'agreement':
    case 'change':
      return t(`app.trail.${name}`)
  }
}

/** From the section down to the page on screen: `Topics / orders / 3`. Empty for a page that has nothing above it. */
export function trailOf(say: Say, place: Place): readonly TrailStep[] {
  if (!isBelow(place.name)) return []
  const section = SECTIONS[place.name]
  return [
    { text: say.t(`nav.${section}`), to: { name: section } },
    ...between(place),
    { text: pageText(say, place.name, place.params), to: null },
  ]
}
