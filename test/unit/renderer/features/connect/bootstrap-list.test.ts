// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { parseBootstrap } from '../../../../../src-renderer/features/connect/bootstrap-list'

describe('a bootstrap list', () => {
  it('takes commas, blanks and lines, names, IPv4 and IPv6', () => {
    const entries = ['b1:9092', '10.0.0.4:9092', '[2001:db8::1]:9093', 'kafka_1.svc.local.:1', '[fe80::1%eth0]:9092']
    expect(
      parseBootstrap('b1:9092, 10.0.0.4:9092 [2001:db8::1]:9093;\nkafka_1.svc.local.:1,[fe80::1%eth0]:9092 ,'),
    ).toEqual({ ok: true, entries })
  })

  it.each([
    ['', 'empty', ''],
    [' , ', 'empty', ''],
    ['b1', 'no-port', 'b1'],
    ['b1:', 'no-port', 'b1:'],
    ['b1:abc', 'bad-port', 'b1:abc'],
    ['b1:0', 'bad-port', 'b1:0'],
    ['b1:65536', 'bad-port', 'b1:65536'],
    ['b1:9092x', 'bad-port', 'b1:9092x'],
    ['PLAINTEXT://b1:9092', 'protocol', 'PLAINTEXT://b1:9092'],
    ['http://b1:9092', 'protocol', 'http://b1:9092'],
    ['::1:9092', 'bare-ipv6', '::1:9092'],
    ['[::1]', 'no-port', '[::1]'],
    ['[::1:9092', 'bad-ipv6', '[::1:9092'],
    ['[xyz]:9092', 'bad-ipv6', '[xyz]:9092'],
    ['b 1:9092', 'no-port', 'b'],
    ['-b:9092', 'bad-host', '-b:9092'],
    ['b/c:9092', 'bad-host', 'b/c:9092'],
    ['b1:9092, B1:9092', 'twice', 'B1:9092'],
    [Array.from({ length: 51 }, (_, i) => `b${i}:1`).join(), 'too-many', 'b50:1'],
  ])('%j is refused as %s', (text, fault, entry) => expect(parseBootstrap(text)).toEqual({ ok: false, fault, entry }))
})
