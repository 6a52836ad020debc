/** Single bootstrap entries and what becomes of them, for the parser and for both who use it: the client and the form. */
import type { BootstrapFault, HostPort } from '../../src-main/shared/bootstrap'

const at = (host: string, port = 9092): HostPort => ({ host, port })

export const TAKEN: readonly (readonly [text: string, addresses: readonly HostPort[]])[] = [
  ['b1:9092', [at('b1')]],
  ['  b1:9092 , b2.example.com:9093 ', [at('b1'), at('b2.example.com', 9093)]],
  ['b1:9092 b2:9092;b3:9092\nb4:9092', [at('b1'), at('b2'), at('b3'), at('b4')]],
  ['[::1]:9092', [at('::1')]],
  ['[2001:db8::7]:65535', [at('2001:db8::7', 65535)]],
  ['[fe80::1%eth0]:9092', [at('fe80::1%eth0')]],
  ['[::ffff:10.0.0.7]:9092', [at('::ffff:10.0.0.7')]],
  ['10.0.0.7:1', [at('10.0.0.7', 1)]],
  ['kafka_broker-1:9092', [at('kafka_broker-1')]],
  ['kafka_1.svc.local.:1', [at('kafka_1.svc.local.', 1)]],
  ['münchen.example:9092', [at('münchen.example')]],
  ['kafka.例え.jp:9092', [at('kafka.例え.jp')]],
  // As Java does: a comma too many is nothing, a broker named twice is asked once.
  ['b1:9092,', [at('b1')]],
  ['b1:9092,,b2:9092', [at('b1'), at('b2')]],
  ['b1:9092,B1:9092', [at('b1')]],
  ['b1:9092,b1:09092', [at('b1')]],
]

export const REFUSED: readonly (readonly [text: string, fault: BootstrapFault, entry: string])[] = [
  ['', 'empty', ''],
  [' , ', 'empty', ''],
  ['PLAINTEXT://b1:9092', 'protocol', 'PLAINTEXT://b1:9092'],
  ['https://b1:9092', 'protocol', 'https://b1:9092'],
  ['b1', 'no-port', 'b1'],
  ['b1:', 'no-port', 'b1:'],
  ['b 1:9092', 'no-port', 'b'],
  ['[::1]', 'no-port', '[::1]'],
  ['b1:0', 'bad-port', 'b1:0'],
  ['b1:65536', 'bad-port', 'b1:65536'],
  ['b1:9092a', 'bad-port', 'b1:9092a'],
  ['b1:-1', 'bad-port', 'b1:-1'],
  ['b1:0x50', 'bad-port', 'b1:0x50'],
  ['b1:9092.5', 'bad-port', 'b1:9092.5'],
  ['::1', 'bare-ipv6', '::1'],
  ['::1:9092', 'bare-ipv6', '::1:9092'],
  ['[b1]:9092', 'bad-ipv6', '[b1]:9092'],
  ['[::1:9092', 'bad-ipv6', '[::1:9092'],
  ['[1::2::3]:9092', 'bad-ipv6', '[1::2::3]:9092'],
  ['[:::]:9092', 'bad-ipv6', '[:::]:9092'],
  ['[10.0.0.7]:9092', 'bad-ipv6', '[10.0.0.7]:9092'],
  [':9092', 'no-host', ':9092'],
  ['a:b:9092', 'bad-host', 'a:b:9092'],
  ['999.1.1.1:9092', 'bad-host', '999.1.1.1:9092'],
  ['1.2.3:9092', 'bad-host', '1.2.3:9092'],
  ['10.0.0.07:9092', 'bad-host', '10.0.0.07:9092'],
  ['host..x:9092', 'bad-host', 'host..x:9092'],
  ['-b1:9092', 'bad-host', '-b1:9092'],
  ['b1/path:9092', 'bad-host', 'b1/path:9092'],
  ['user@b1:9092', 'bad-host', 'user@b1:9092'],
  ['a:9092, b', 'no-port', 'b'],
  [Array.from({ length: 51 }, (_, at) => `b${at}:1`).join(','), 'too-many', 'b50:1'],
]
