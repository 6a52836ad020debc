/** Why a step was refused or a change was stopped: the main process's code in words of the page. Pure. */
import type { AppError } from '@contract/result'
import { errorKey } from '../../common/error-text'
import type { Say } from '../../common/say'

/** Codes of `detail.text` that have a sentence `change.problem.<code>`; any other is told by its error code. */
export const PROBLEMS = [
  'busy',
  'state',
  'plan-old',
  'not-armed',
  'not-open',
  'undo-fixed',
  'election',
  'not-validated',
  'not-durable',
  'not-running',
  'other-cluster',
  'no-rest',
  'rest-gone',
  'value-hidden',
  'duplicate',
  'empty',
  'too-many-topics',
  'never',
  'tick-missing',
  'phrase-wrong',
  'reason-missing',
  'not-read',
  'topics-gone',
  'missing-right',
  'no-topic',
  'not-seen',
  'journal',
  'undone',
  'nothing-applied',
  'no-plan',
  'stopped-by-person',
  'stopped-by-watch',
  'stopped-by-error',
  'stopped-by-arming',
] as const

export function problemWords(say: Say, error: AppError): string {
  const code = PROBLEMS.find((problem) => problem === error.detail.text)
  return code === undefined ? say.t(errorKey(error)) : say.t(`change.problem.${code}`, error.detail)
}

/** It was stopped on purpose: no step went wrong. */
export const isStop = (error: AppError): boolean => String(error.detail.text ?? '').startsWith('stopped-by-')
