import { printable } from '@shared/printable'
import type { RouteLocationRaw } from 'vue-router'
import { keyText } from '../../stores/key-table'
import type { Translate } from '../common/say'
import { queryOf } from '../timeline/subject'
import { pageOf } from './thing'
import type { Thing } from './thing'

/** A page that something leads to. */
export interface DeedPlace {
  readonly id: string
  readonly text: string
  /** The key that leads there from the thing's own page, '' = none. */
  readonly keys: string
  readonly to: RouteLocationRaw
}

/** What a sentence calls it. */
export function thingWords(t: Translate, thing: Thing): string {
  switch (thing.kind) {
    case 'topic':
      return printable(thing.topic)
    case 'partition':
      return printable(`${thing.topic} / ${thing.partition}`)
    case 'broker':
      return t('palette.hereBroker', { broker: thing.broker })
    case 'incident':
      return t('history.number', { id: thing.incident })
    case 'change':
      return t('deeds.change')
  }
}

/** Where one can go from a thing, besides its own page. */
export function placesOf(t: Translate, thing: Thing): readonly DeedPlace[] {
  const place = (id: string, text: string, to: RouteLocationRaw, keys = ''): DeedPlace => ({ id, text, keys, to })
  switch (thing.kind) {
    case 'topic':
    case 'partition': {
      const { topic } = thing
      const name = printable(topic)
      return [
        place(
          'config-topic',
          t('config.go.topic', { topic: name }),
          { name: 'config', params: { topic } },
          keyText('edit'),
        ),
        place(
          'timeline-here',
          t('palette.timelineOf', { what: thingWords(t, thing) }),
          { name: 'timeline', query: queryOf(thing) },
          keyText('timeline'),
        ),
        ...(thing.kind === 'partition'
          ? [place('topic-here', t('palette.topicOf', { topic: name }), pageOf({ kind: 'topic', topic }))]
          : []),
      ]
    }
    case 'broker': {
      const { broker } = thing
      return [
        place('what-if-broker', t('palette.whatIfBroker', { broker }), {
          name: 'what-if',
          query: { broker: String(broker) },
        }),
        place('config-broker', t('config.go.broker', { broker }), {
          name: 'broker-config',
          params: { broker: String(broker) },
        }),
        place(
          'timeline-here',
          t('palette.timelineOf', { what: thingWords(t, thing) }),
          { name: 'timeline', query: queryOf(thing) },
          keyText('timeline'),
        ),
      ]
    }
    case 'incident':
    case 'change':
      return []
  }
}
