import type { AmountKind } from './amount-units'
import { AMOUNT_STEPS, DOUBTFUL_UNITS, TYPED_STEPS } from './amount-units'

/** Why a text is no value; the sentence is `config.fault.<fault>`. */
export type ValueFault =
  | 'empty'
  | 'notNumber'
  | 'notDuration'
  | 'notBytes'
  | 'doubtfulUnit'
  | 'doubtfulTime'
  | 'doubtfulComma'
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
/** A comma is a decimal one, as most of Europe writes it. */
const DECIMAL = String.raw`(\d+)(?:[.,](\d+))?`
const PART = new RegExp(String.raw`^${DECIMAL}\s*([a-zA-Z]+|[\u4e00-\u9fff]+)\s*`)
/** `1,500 h`: one and a half, or fifteen hundred? */
const COMMA_OR_GROUP = /^([1-9]\d{0,2},\d{3})(?!\d)/
const FRACTION = /^\d+[.,]\d+$/

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
 * `7 d 12 h`, `1.5 GiB`, `0,5 h`, `10 years`, `604800000` as the number Kafka stores (ms or bytes), exact at any length.
 * What means two things is refused: kB, MB, GB, M and months, and `1,500 h`.
 */
export function parseAmount(kind: AmountKind, text: string): Parsed {
  let left = text.normalize('NFKC').trim()
  if (left === '') return faulty('empty')
  const number = wholeNumber(left)
  if (number !== null) return { ok: true, raw: number }
  if (FRACTION.test(left)) return faulty('notWhole')
  let sum = 0n
  const seen = new Set<bigint>()
  while (left !== '') {
    const either = COMMA_OR_GROUP.exec(left)?.[1]
    if (either !== undefined)
      return faulty('doubtfulComma', { point: either.replace(',', '.'), whole: either.replace(',', '') })
    const part = PART.exec(left)
    if (part === null) return faulty(kind === 'ms' ? 'notDuration' : 'notBytes')
    const [all, whole = '', rest = '', unit = ''] = part
    const word = unit.toLowerCase()
    if (DOUBTFUL_UNITS[kind].test(unit)) return faulty(kind === 'ms' ? 'doubtfulTime' : 'doubtfulUnit', { unit })
    const step = [...TYPED_STEPS[kind], ...AMOUNT_STEPS[kind]].find(
      ({ en, zh, also }) => en.toLowerCase() === word || zh === unit || also.includes(word),
    )
    if (step === undefined) return faulty('unknownUnit', { unit })
    if (seen.has(step.factor)) return faulty('unitTwice', { unit })
    seen.add(step.factor)
    const amount = times(whole, rest, step.factor)
    if (amount === null) return faulty('notWhole')
    sum += amount
    left = left.slice(all.length)
  }
  return { ok: true, raw: String(sum) }
}
