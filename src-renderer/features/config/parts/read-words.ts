import type { ConfigAnswerView } from '@contract/config'
import type { AppError } from '@contract/result'
import { errorKey } from '../../common/error-text'
import type { Say } from '../../common/say'

/** Age and source of what is on screen; '' before the first answer. */
export const readWords = (say: Say, answer: Pick<ConfigAnswerView, 'readAt' | 'broker'> | null, now: number): string =>
  answer === null
    ? ''
    : say.t('config.read.age', { age: say.f.seconds(Math.max(0, now - answer.readAt)), broker: answer.broker })

/** Why settings were not read: the right that is missing, a topic that is not seen (deleted or hidden, nobody here knows), or what failed. */
export function unreadWords(say: Say, problem: AppError): string {
  const { text, right = '', on = '', name = '', topic = '' } = problem.detail
  if (text === 'not-seen') return say.t('change.problem.not-seen', { topic: String(topic) })
  if (text === 'missing-right')
    return say.t(on === 'cluster' ? 'config.read.needsOnCluster' : 'config.read.needsOnTopic', {
      right: String(right),
      name: String(name),
    })
  return say.t('config.read.failed', { why: say.t(errorKey(problem)) })
}
