/** A person's text as the value Kafka stores, checked against the catalogue. The broker has the last word (validateOnly). Pure. */
import type { ConfigKey } from '@shared/config-keys'
import { LARGEST_LONG, NO_LIMIT_WORDS } from './amount-units'
import type { Parsed } from './parse-amount'
import { faulty, parseAmount, wholeNumber } from './parse-amount'

const good = (raw: string): Parsed => ({ ok: true, raw })

/** The catalogue writes the largest safe number where Kafka's type is a Java long. */
const largest = (max: number): bigint => (max === Number.MAX_SAFE_INTEGER ? LARGEST_LONG : BigInt(max))

function ranged(key: ConfigKey, parsed: Parsed): Parsed {
  if (!parsed.ok) return parsed
  const value = BigInt(parsed.raw)
  if (value === -1n && key.unlimited === true) return parsed
  if (key.min !== undefined && value < BigInt(key.min)) return faulty('tooSmall', { min: String(key.min) })
  if (key.max !== undefined && value > largest(key.max)) return faulty('tooLarge', { max: String(largest(key.max)) })
  return parsed
}

function ratio(key: ConfigKey, text: string): Parsed {
  const percent = /^(\d{1,3})\s*%$/.exec(text)
  // Nothing here is in the thousands: a comma is a decimal one.
  const plain = percent === null ? text.replace(',', '.') : String(Number(percent[1]) / 100)
  if (!/^\d+(?:\.\d+)?$/.test(plain)) return faulty('notRatio')
  const value = Number(plain)
  return value < (key.min ?? 0) || value > (key.max ?? 1) ? faulty('notRatio') : good(plain)
}

function list(key: ConfigKey, text: string): Parsed {
  const entries = text.split(/[,，]/).map((entry) => entry.trim())
  if (entries.some((entry) => entry === '')) return faulty('emptyEntry')
  const stranger =
    key.options === undefined ? undefined : entries.find((entry) => key.options?.includes(entry) === false)
  if (stranger !== undefined) return faulty('notOption', { value: stranger, options: key.options?.join(', ') ?? '' })
  return new Set(entries).size < entries.length ? faulty('entryTwice') : good(entries.join(','))
}

/** `*`, or `partition:broker` pairs (ThrottledReplicaListValidator); nothing at all takes the throttle away. */
function throttled(text: string): Parsed {
  if (text === '' || text === '*') return good(text)
  const pairs = text.split(/[,，\s]+/)
  const odd = pairs.find((pair) => !/^\d+:\d+$/.test(pair))
  return odd === undefined ? good(pairs.join(',')) : faulty('notThrottled', { value: odd })
}

/** `undefined` key: one the catalogue does not know, taken as it is. */
export function readValue(key: ConfigKey | undefined, typed: string): Parsed {
  if (key === undefined || key.unit === 'text') return good(typed)
  const text = typed.trim()
  if (key.unlimited === true && NO_LIMIT_WORDS.includes(text.toLowerCase())) return good('-1')
  switch (key.unit) {
    case 'ms':
    case 'bytes':
      return ranged(key, parseAmount(key.unit, text))
    case 'count': {
      const number = wholeNumber(text.normalize('NFKC'))
      return number === null ? faulty(text === '' ? 'empty' : 'notNumber') : ranged(key, good(number))
    }
    case 'ratio':
      return ratio(key, text)
    case 'boolean':
      return text === 'true' || text === 'false' ? good(text) : faulty('notBoolean')
    case 'one-of':
      return key.options?.includes(text) === true
        ? good(text)
        : faulty('notOption', { value: text, options: key.options?.join(', ') ?? '' })
    case 'list':
      return list(key, text)
    case 'throttled-replicas':
      return throttled(text)
  }
}

/** Choices of a select; null where it is typed. Both orders of a list of two are choices: Kafka keeps the order it is given. */
export function choicesOf(key: ConfigKey | undefined): readonly string[] | null {
  if (key?.unit === 'boolean') return ['true', 'false']
  if (key?.options === undefined) return null
  if (key.unit !== 'list') return key.options
  return [
    ...key.options,
    ...key.options.flatMap((one) => key.options!.filter((other) => other !== one).map((other) => `${one},${other}`)),
  ]
}
