import type { Say } from '../../common/say'
import { counted } from '../../common/say'
import { errorKey } from '../../common/error-text'
import type { ColumnTrouble } from './use-column-reader'

/** One line per reason for which topics have no value. Codes 29 and 3: no right to read it, and no such topic (Errors.java). */
export function troubleWords(say: Say, { code, problem, topics, first }: ColumnTrouble): string {
  const why =
    problem !== null
      ? say.t(errorKey(problem))
      : say.t(code === 29 ? 'config.trouble.noRights' : code === 3 ? 'config.trouble.gone' : 'config.trouble.code', {
          code,
        })
  return counted(say, 'config.trouble.unread', topics, { why, first })
}
