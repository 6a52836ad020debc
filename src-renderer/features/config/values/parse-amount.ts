import type { AmountKind } from './amount-units'
import { AMOUNT_STEPS, DOUBTFUL_BYTES } from './amount-units'

/** Why a text is no value; the sentence is `config.fault.<fault>`. */
export type ValueFault =
  | 'empty'
  | 'notNumber'
  | 'notDuration'
  | 'notBytes'
  | 'doubtfulUnit'
  | 'unknownUnit'
  | 'unitTwice'
  | 'notWhole'
  | 'tooSmall'
  | 'tooLarge'
  | 'notRatio'
  | 'emptyEntry'
  | 'entryTwice'
  | 'notOption'
  | 'notThrottled'
  | 'notBoolean'

/** `named`: the values of the fault's sentence. */
export type Parsed =
  | { readonly ok: true; readonly raw: string }
  | { readonly ok: false; readonly fault: ValueFault; readonly named: Readonly<Record<string, string>> }

export const faulty = (fault: ValueFault, named: Readonly<Record<string, string>> = {}): Parsed => ({
  ok: false,
  fault,
  named,
})

const WHOLE = /^-?\d+$/
const GROUPED = /^\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+$/
const PART = /^(\d+)(?:\.(\d+))?\s*([a-zA-Z]+|[\u4e00-\u9fff]+)\s*/

/** `7`, `1,000`: a plain whole number as Kafka stores it, null when the text is something else. */
export function wholeNumber(text: string): string | null {
  const plain = GROUPED.test(text) ? text.replace(/\D/g, '') : text
  return WHOLE.test(plain) ? String(BigInt(plain)) : null
}

/** `whole.rest` times `factor`, null when that is not a whole number: half a millisecond cannot be stored. */
function times(whole: string, rest: string, factor: bigint): bigint | null {
  const scale = 10n ** BigInt(rest.length)
  const scaled = BigInt(whole + rest) * factor
  return scaled % scale === 0n ? scaled / scale : null
}

/**
 * `7 d 12 h`, `1.5 GiB`, `604800000` as the number Kafka stores (ms or bytes), exact at any length. Sizes in kB, MB, GB
 * are refused because they mean two things.
 */
export function parseAmount(kind: AmountKind, text: string): Parsed {
  let left = text.normalize('NFKC').trim()
  if (left === '') return faulty('empty')
  const number = wholeNumber(left)
  if (number !== null) return { ok: true, raw: number }
  let sum = 0n
  const seen = new Set<bigint>()
  while (left !== '') {
    const part = PART.exec(left)
    if (part === null) return faulty(kind === 'ms' ? 'notDuration' : 'notBytes')
    const [all, whole = '', rest = '', unit = ''] = part
    const word = unit.toLowerCase()
    const step = AMOUNT_STEPS[kind].find(
      ({ en, zh, also }) => en.toLowerCase() === word || zh === unit || also.includes(word),
    )
    if (step === undefined) {
      if (kind === 'bytes' && DOUBTFUL_BYTES.includes(word)) return faulty('doubtfulUnit', { unit })
      return faulty('unknownUnit', { unit })
    }
    if (seen.has(step.factor)) return faulty('unitTwice', { unit })
    seen.add(step.factor)
    const amount = times(whole, rest, step.factor)
    if (amount === null) return faulty('notWhole')
    sum += amount
    left = left.slice(all.length)
  }
  return { ok: true, raw: String(sum) }
}
