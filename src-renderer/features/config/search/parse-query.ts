/** `min.insync.replicas < 2`: a condition on one setting, parsed and asked of a value. Pure. */
import type { KeyUnit } from '@shared/config-keys'
import { configKey } from '@shared/config-keys'
import { isUnlimited } from '@shared/unlimited'
import type { AmountKind } from '../values/amount-units'
import { NO_LIMIT_WORDS } from '../values/amount-units'
import type { Parsed, ValueFault } from '../values/parse-amount'
import { parseAmount, wholeNumber } from '../values/parse-amount'
import { readValue } from '../values/read-value'

export type QueryOp = '<' | '<=' | '>' | '>=' | '=' | '!=' | '~'
/** How values are compared: as whole numbers (no limit, however written, is larger than all), as decimals, as a set, as text. */
type Comparison = 'whole' | 'decimal' | 'set' | 'text'

export interface ConfigQuery {
  readonly key: string
  /** Null: the key alone, every topic answers. */
  readonly condition: { readonly op: QueryOp; readonly raw: string; readonly as: Comparison } | null
}
export type ParsedQuery =
  | { readonly ok: true; readonly query: ConfigQuery }
  | {
      readonly ok: false
      readonly fault: `search.fault.${'empty' | 'shape' | 'noValue' | 'noOrder'}` | `fault.${ValueFault}`
      readonly named: Readonly<Record<string, string>>
    }

const SHAPE = /^([\w.-]{1,200})\s*(?:(<=|>=|!=|<>|==|=|<|>|~|≤|≥|≠)\s*(.*))?$/
const OPS: Readonly<Record<string, QueryOp>> = { '≤': '<=', '≥': '>=', '≠': '!=', '<>': '!=', '==': '=' }
const NO_LIMIT = 1n << 64n

function comparisonOf(key: string, raw: string): Comparison {
  const unit: KeyUnit | undefined = configKey(key)?.unit
  if (unit === 'ms' || unit === 'bytes' || unit === 'count') return 'whole'
  if (unit === 'ratio') return 'decimal'
  if (unit === 'list') return 'set'
  return unit === undefined && wholeNumber(raw) !== null ? 'whole' : 'text'
}

/** A value as the catalogue reads it; of a key it does not know by what the name ends in. */
function rawOf(key: string, op: QueryOp, text: string): Parsed {
  const known = configKey(key)
  const kind: AmountKind | null = key.endsWith('.ms') ? 'ms' : key.endsWith('.bytes') ? 'bytes' : null
  if (known === undefined) return kind === null ? { ok: true, raw: text } : parseAmount(kind, text)
  if (op === '~') return { ok: true, raw: text }
  // A question may lie outside of what may be stored: `min.insync.replicas < 1` is a fair one.
  if (known.unlimited === true && NO_LIMIT_WORDS.includes(text.toLowerCase())) return { ok: true, raw: '-1' }
  if (known.unit === 'ms' || known.unit === 'bytes') return parseAmount(known.unit, text)
  const whole = known.unit === 'count' ? wholeNumber(text) : null
  return whole === null ? readValue(known, text) : { ok: true, raw: whole }
}

export function parseQuery(text: string): ParsedQuery {
  const found = SHAPE.exec(text.normalize('NFKC').trim())
  if (found === null)
    return { ok: false, fault: text.trim() === '' ? 'search.fault.empty' : 'search.fault.shape', named: {} }
  const key = found[1]!
  if (found[2] === undefined) return { ok: true, query: { key, condition: null } }
  const op = OPS[found[2]] ?? (found[2] as QueryOp)
  const wanted = (found[3] ?? '').trim()
  if (wanted === '') return { ok: false, fault: 'search.fault.noValue', named: { key } }
  const read = rawOf(key, op, wanted)
  if (!read.ok) return { ...read, fault: `fault.${read.fault}` }
  const as = op === '~' ? 'text' : comparisonOf(key, read.raw)
  if ((as === 'text' || as === 'set') && op !== '=' && op !== '!=' && op !== '~')
    return { ok: false, fault: 'search.fault.noOrder', named: { key } }
  return { ok: true, query: { key, condition: { op, raw: read.raw, as } } }
}

const holds = (op: QueryOp, order: number): boolean => {
  if (op === '=') return order === 0
  if (op === '!=') return order !== 0
  return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0
}

function orderOf(key: string, as: Comparison, value: string, wanted: string): number | null {
  if (as === 'text') return value === wanted ? 0 : 1
  if (as === 'set') {
    const sorted = (list: string): string =>
      list
        .split(',')
        .map((entry) => entry.trim())
        .sort()
        .join(',')
    return sorted(value) === sorted(wanted) ? 0 : 1
  }
  if (as === 'decimal') return Number.isFinite(Number(value)) ? Math.sign(Number(value) - Number(wanted)) : null
  const [a, b] = [value, wanted].map((text) =>
    isUnlimited(key, text) ? NO_LIMIT : /^-?\d+$/.test(text) ? BigInt(text) : null,
  )
  if (a === null || b === null || a === undefined || b === undefined) return null
  return a < b ? -1 : a > b ? 1 : 0
}

/** Null: the value is not told or cannot be compared, which is neither yes nor no. */
export function answersQuery({ key, condition }: ConfigQuery, value: string | null): boolean | null {
  if (condition === null) return true
  if (value === null) return null
  if (condition.op === '~') return value.toLowerCase().includes(condition.raw.toLowerCase())
  const order = orderOf(key, condition.as, value, condition.raw)
  return order === null ? null : holds(condition.op, order)
}
