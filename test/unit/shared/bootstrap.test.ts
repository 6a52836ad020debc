import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressText, isIpv6, parseBootstrapList } from '../../../src-main/shared/bootstrap'
import { REFUSED, TAKEN } from '../../support/bootstrap-entries'

describe('a bootstrap list', () => {
  it.each(TAKEN)('%j is taken', (text, addresses) => {
    expect(parseBootstrapList(text)).toEqual({ ok: true, addresses })
  })

  it.each(REFUSED)('%j is refused as %s', (text, fault, entry) => {
    expect(parseBootstrapList(text)).toEqual({ ok: false, problems: [{ entry, fault }] })
  })

  it('has every bad entry named', () => {
    const problems = [
      { entry: 'b1', fault: 'no-port' },
      { entry: 'b3:x', fault: 'bad-port' },
    ]
    expect(parseBootstrapList('b1, b2:9092, b3:x')).toEqual({ ok: false, problems })
  })

  it('reads back what addressText writes', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65535 }), (name, port) => {
        const address = { host: name, port }
        expect(parseBootstrapList(addressText(address))).toEqual({ ok: true, addresses: [address] })
      }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseBootstrapList(text)))
  })
})

describe('isIpv6', () => {
  it('says what Node says of it', () => {
    const group = fc.constantFrom('', '0', '1', 'ffff', 'g', '12345', '1.2.3.4', '1.2.3.256', 'ABCD')
    const nearly = fc.array(group, { maxLength: 10 }).map((groups) => groups.join(':'))
    const text = fc.oneof(nearly, fc.ipV6(), fc.string({ unit: fc.constantFrom('0', 'a', 'f', ':', '.') }))
    fc.assert(
      fc.property(text, (tried) => {
        expect(isIpv6(tried), tried).toBe(isIPv6(tried))
      }),
      { numRuns: 5000 },
    )
  })
})
