import { describe, expect, it } from 'vitest'
import { parseBootstrap } from '../../../../src-main/kafka/client/bootstrap'
import { REFUSED, TAKEN } from '../../../support/bootstrap-entries'

describe('parseBootstrap', () => {
  it.each(TAKEN)('takes %j', (text, value) => {
    expect(parseBootstrap([text])).toEqual({ ok: true, value })
  })

  it.each(REFUSED)('refuses %j as %s and names the entry', (text, problem, entry) => {
    const result = parseBootstrap([text])
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'bad-input', retryable: false, detail: { problem, entry } },
    })
    if (entry !== '') expect(result.ok ? '' : result.error.message).toContain(`"${entry}"`)
  })

  it('names every bad entry of all that was given', () => {
    const result = parseBootstrap(['b1', 'b2:9092', 'b3:x'])
    expect(result).toMatchObject({ ok: false, error: { detail: { entry: 'b1', problem: 'no-port', count: 2 } } })
    expect(result.ok ? '' : result.error.message).toMatch(/"b1".*"b3:x"/)
  })
})
