/** A setting's value as people read it, beside the raw one. Pure. */
import type { KeyState } from '@contract/change'
import { configKey } from '@contract/config-keys'
import type { Say } from '../common/say'

const WHOLE = /^-?\d{1,15}$/

/** `7 d` for 604800000 of a key in ms, `1.0 GiB`, `no limit`; '' where the raw value says it all. */
export function amountWords(say: Say, key: string, raw: string | null): string {
  const known = configKey(key)
  if (known === undefined || raw === null || !WHOLE.test(raw)) return ''
  const amount = Number(raw)
  if (amount === -1 && known.unlimited === true) return say.t('change.noLimit')
  if (amount < 0) return ''
  if (known.unit === 'ms' && amount >= 1000) return say.f.seconds(amount)
  return known.unit === 'bytes' && amount >= 1024 ? say.f.bytes(amount) : ''
}

/** The value in force; a sensitive or unset one says so. */
export const valueWords = (say: Say, { value }: KeyState): string =>
  value === null ? say.t('change.notTold') : value === '' ? say.t('change.empty') : value

export const sourceWords = (say: Say, { source }: KeyState): string => say.t(`source.${source}`)
