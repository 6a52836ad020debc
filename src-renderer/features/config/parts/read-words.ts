import type { ConfigAnswerView } from '@contract/config'
import type { Say } from '../../common/say'

/** Age and source of what is on screen; '' before the first answer. */
export const readWords = (say: Say, answer: Pick<ConfigAnswerView, 'readAt' | 'broker'> | null, now: number): string =>
  answer === null
    ? ''
    : say.t('config.read.age', { age: say.f.seconds(Math.max(0, now - answer.readAt)), broker: answer.broker })
