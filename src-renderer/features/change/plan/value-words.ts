/** A setting's value as people read it, beside the raw one. Pure. */
import type { KeyState } from '@contract/change'
import type { Say } from '../../common/say'
import { sourceWord } from '../../common/source-words'
import { unitOf, valueWords as readable } from '../../config/values/config-words'

/** `7 d` for 604800000 of a key in ms, `1 GiB`, `unlimited`; '' where the raw value says it all. */
export function amountWords(say: Say, key: string, raw: string | null): string {
  const named = { name: key, type: 0 }
  const unit = unitOf(named)
  if (raw === null || raw === '' || (unit !== 'ms' && unit !== 'bytes')) return ''
  const text = readable(say, named, raw)
  return text === raw ? '' : text
}

/** The value in force; a sensitive or unset one says so. */
export const valueWords = (say: Say, { value }: KeyState): string =>
  value === null ? say.t('change.notTold') : value === '' ? say.t('change.empty') : value

export const sourceWords = (say: Say, { source }: KeyState): string => sourceWord(say, source)
