import { printable } from '@shared/printable'
import { timelineOfPage } from '../features/timeline/timeline-of-page'
import type { Translate } from '../features/common/say'
import { keyText } from '../stores/key-table'
import type { PalettePlace } from './config-deeds'

type Params = Readonly<Record<string, string | string[]>>

/** The name of what a page is of, as Kafka has it; '' = it is of nothing that has one. */
export const nameOfPage = ({ topic, broker }: Params): string =>
  typeof topic === 'string' ? topic : typeof broker === 'string' ? broker : ''

/** Where one can go from what is on screen: a topic, one of its partitions, or a broker. */
export function herePlaces(t: Translate, params: Params): PalettePlace[] {
  const { topic, partition, broker } = params
  const timeline = (what: string): PalettePlace => ({
    action: 'timeline-here',
    text: t('palette.timelineOf', { what }),
    keys: keyText('timeline'),
    to: timelineOfPage({ params }),
  })
  if (typeof topic === 'string') {
    const name = printable(topic)
    return [
      {
        action: 'config-topic',
        text: t('config.go.topic', { topic: name }),
        keys: keyText('edit'),
        to: { name: 'config', params: { topic } },
      },
      timeline(typeof partition === 'string' ? `${name} / ${partition}` : name),
      ...(typeof partition === 'string'
        ? [
            {
              action: 'topic-here',
              text: t('palette.topicOf', { topic: name }),
              keys: '',
              to: { name: 'topic', params: { topic } },
            },
          ]
        : []),
    ]
  }
  if (typeof broker !== 'string') return []
  return [
    {
      action: 'what-if-broker',
      text: t('palette.whatIfBroker', { broker }),
      keys: '',
      to: { name: 'what-if', query: { broker } },
    },
    {
      action: 'config-broker',
      text: t('config.go.broker', { broker }),
      keys: '',
      to: { name: 'broker-config', params: { broker } },
    },
    timeline(t('palette.hereBroker', { broker })),
  ]
}
