import type { TopicConfigView } from '@contract/config'
import type { Say } from '../../common/say'

/** Why this topic's settings cannot be edited by this user, with the right that is missing; '' = they can, or nobody knows. */
export const lockedWords = (say: Say, { mayAlter, topic }: Pick<TopicConfigView, 'mayAlter' | 'topic'>): string =>
  mayAlter === false ? say.t('config.locked', { topic }) : ''
