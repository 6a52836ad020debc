import { KafkaError, isAuthorizationError } from '@shared/kafka-codes'
import type { Say } from '../../common/say'
import { counted } from '../../common/say'
import { errorKey } from '../../common/error-text'
import type { ColumnTrouble } from './use-column-reader'

/** One line per reason for which topics have no value. */
export function troubleWords(say: Say, { code, problem, topics, first }: ColumnTrouble): string {
  const why =
    problem !== null
      ? say.t(errorKey(problem))
      : isAuthorizationError(code)
        ? say.t('config.trouble.noRights')
        : code === KafkaError.UNKNOWN_TOPIC_OR_PARTITION
          ? say.t('config.trouble.gone')
          : say.t('config.trouble.code', { code })
  return counted(say, 'config.trouble.unread', topics, { why, first })
}
