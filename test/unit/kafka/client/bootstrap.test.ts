import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBootstrap } from '../../../../src-main/kafka/client/bootstrap'
import { addressText } from '../../../../src-main/kafka/client/options'

describe('parseBootstrap', () => {
  it.each([
    ['b1:9092', [{ host: 'b1', port: 9092 }]],
    [
      '  b1:9092 , b2.example.com:9093 ',
      [
        { host: 'b1', port: 9092 },
        { host: 'b2.example.com', port: 9093 },
      ],
    ],
    ['[::1]:9092', [{ host: '::1', port: 9092 }]],
    ['[2001:db8::7]:65535', [{ host: '2001:db8::7', port: 65535 }]],
    ['10.0.0.7:1', [{ host: '10.0.0.7', port: 1 }]],
    ['kafka_broker-1:9092', [{ host: 'kafka_broker-1', port: 9092 }]],
    ['münchen.example:9092', [{ host: 'münchen.example', port: 9092 }]],
    ['b1.example.com.:9092', [{ host: 'b1.example.com.', port: 9092 }]],
  ])('takes %s', (text, value) => {
    expect(parseBootstrap([text])).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'none'],
    [' , ', 'none'],
    ['b1:9092,,b2:9092', 'empty'],
    ['b1:9092 b2:9092', 'space'],
    ['PLAINTEXT://b1:9092', 'prefix'],
    ['https://b1:9092', 'prefix'],
    ['::1', 'ipv6-brackets'],
    ['::1:9092', 'ipv6-brackets'],
    ['b1', 'no-port'],
    ['b1:', 'no-port'],
    ['[::1]', 'no-port'],
    ['b1:0', 'bad-port'],
    ['b1:65536', 'bad-port'],
    ['b1:9092a', 'bad-port'],
    ['b1:-1', 'bad-port'],
    ['b1:0x50', 'bad-port'],
    ['b1:9092.5', 'bad-port'],
    [':9092', 'no-host'],
    ['a:b:9092', 'bad-host'],
    ['[b1]:9092', 'bad-host'],
    ['[::1:9092', 'bad-host'],
    ['999.1.1.1:9092', 'bad-host'],
    ['10.0.0:9092', 'bad-host'],
    ['-b1:9092', 'bad-host'],
    ['b1/path:9092', 'bad-host'],
    ['user@b1:9092', 'bad-host'],
    ['b1..c:9092', 'bad-host'],
    ['b1:9092,B1:9092', 'duplicate'],
  ])('refuses %s as %s and names the entry', (text, problem) => {
    const result = parseBootstrap([text])
    if (result.ok) throw new Error(`was taken as ${JSON.stringify(result.value)}`)
    expect(result.error).toMatchObject({ code: 'bad-input', retryable: false, detail: { problem } })
    const entry = String(result.error.detail['entry'])
    if (entry !== '') expect(result.error.message).toContain(`"${entry}"`)
  })

  it('names every bad entry of a list', () => {
    const result = parseBootstrap(['b1', 'b2:9092', 'b3:x'])
    expect(result).toMatchObject({ ok: false, error: { detail: { entry: 'b1', problem: 'no-port', count: 2 } } })
    expect(result.ok ? '' : result.error.message).toMatch(/"b1".*"b3:x"/)
  })

  it('reads back what addressText writes', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(host, fc.integer({ min: 1, max: 65535 }), (name, port) => {
        expect(parseBootstrap([addressText({ host: name, port })])).toEqual({ ok: true, value: [{ host: name, port }] })
      }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), (entries) => void parseBootstrap(entries)))
  })
})
