import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBody, toBody } from '../../../src-main/history/journal-body'

const key = fc.oneof(
  fc.constantFrom('$number', '$', '$$number', '__proto__', 'constructor', 'retention.ms', ''),
  fc.string(),
)
const leaf = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, null, '$number', 'NaN'),
  fc.double(),
  fc.boolean(),
  fc.string({ unit: 'binary' }),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}))

describe('a step of a change as text', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(value, (given) => deepStrictEqual(fromBody(toBody(given)), given)),
      { numRuns: 2000 },
    )
  })

  it('keeps what JSON would lose, and data that looks like our own mark', () => {
    const given = {
      unknown: Number.NaN,
      most: Number.POSITIVE_INFINITY,
      zero: -0,
      trap: { $number: 'NaN' },
      deep: [[{ $number: 3 }]],
    }
    deepStrictEqual(fromBody(toBody(given)), given)
  })

  it('is plain JSON where nothing has to be marked', () => {
    expect(toBody({ topics: ['a'], at: 1 })).toBe('{"topics":["a"],"at":1}')
  })
})
