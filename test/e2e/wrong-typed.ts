/** What a person may type wrongly, and what the window must say to it. */
import words from '../../src-renderer/locales/en.json' with { type: 'json' }
import type { ConnectStage } from '../support/connect-stage'
import type { Typed } from './connect-form'

/**
 * Ports and files beside the stage: a server of garbage, one whose answer claims 2 GiB, the broker behind [::1], PEM
 * files.
 */
export interface Odd {
  readonly garbage: number
  readonly endless: number
  readonly ipv6: number
  readonly caFile: string
  readonly noPem: string
}

type Step = keyof typeof words.connect.step
type Advice = keyof typeof words.doctor.advice
export interface Wrong {
  readonly what: string
  readonly typed: (stage: ConnectStage, odd: Odd) => Typed
  readonly step: Step
  readonly advice: Advice
  /** What the failing step must name; the address as it was typed when nothing else is to blame. */
  readonly value?: (odd: Odd) => string
}

export const local = (port: number): string => `127.0.0.1:${port}`

/** Refused in the field, with these words. */
export const MISSPELT: readonly (readonly [typed: string, says: string])[] = [
  ['', 'Enter at least one address as host:port.'],
  ['broker-1', 'broker-1 has no port. Kafka usually listens on 9092.'],
  ['broker-1:', 'broker-1: has no port. Kafka usually listens on 9092.'],
  ['broker-1:0', 'broker-1:0: the port must be a number from 1 to 65535.'],
  ['broker-1:65536', 'broker-1:65536: the port must be a number from 1 to 65535.'],
  ['broker-1:kafka', 'broker-1:kafka: the port must be a number from 1 to 65535.'],
  ['broker-1:-9092', 'broker-1:-9092: the port must be a number from 1 to 65535.'],
  ['::1:9092', '::1:9092: put the IPv6 address in brackets, [::1]:9092.'],
  ['[::1]', '[::1] has no port. Kafka usually listens on 9092.'],
  ['[::1:9092', '[::1:9092 is not an IPv6 address in brackets with a port.'],
  ['[zz::1]:9092', '[zz::1]:9092 is not an IPv6 address in brackets with a port.'],
  [':9092', ':9092 has no host before the port.'],
  ['127.0.0.999:9092', '127.0.0.999:9092 is not a host name.'],
  ['broker..one:9092', 'broker..one:9092 is not a host name.'],
  ['bro!ker:9092', 'bro!ker:9092 is not a host name.'],
  ['a:9092, b', 'b has no port. Kafka usually listens on 9092.'],
]

/** Found by the doctor: the step at which it stops, and its advice. */
export const WRONG: readonly Wrong[] = [
  { what: 'closed port', typed: () => ({ bootstrap: local(1) }), step: 'tcp', advice: 'nothing-listens' },
  {
    what: 'two addresses, closed both',
    typed: () => ({ bootstrap: `${local(1)}, ${local(2)}` }),
    step: 'tcp',
    advice: 'nothing-listens',
    value: () => local(1),
  },
  {
    what: 'unknown host',
    typed: () => ({ bootstrap: 'no-such-host.invalid:9092' }),
    step: 'dns',
    advice: 'unknown-host',
  },
  {
    what: 'IPv6 literal, nobody there',
    typed: () => ({ bootstrap: '[::1]:1' }),
    step: 'tcp',
    advice: 'nothing-listens',
  },
  {
    what: 'silent port',
    typed: ({ ports }) => ({ bootstrap: local(ports.silent) }),
    step: 'api-versions',
    advice: 'silent-port',
  },
  {
    what: 'a port that hangs up',
    typed: ({ ports }) => ({ bootstrap: local(ports.resets) }),
    step: 'api-versions',
    advice: 'hangs-up',
  },
  {
    what: 'a web server',
    typed: ({ ports }) => ({ bootstrap: local(ports.web) }),
    step: 'api-versions',
    advice: 'web-server',
  },
  {
    what: 'garbage',
    typed: (_, odd) => ({ bootstrap: local(odd.garbage) }),
    step: 'api-versions',
    advice: 'not-kafka',
  },
  {
    what: 'an answer that claims 2 GiB',
    typed: (_, odd) => ({ bootstrap: local(odd.endless) }),
    step: 'api-versions',
    advice: 'not-kafka',
  },
  {
    what: "the controller's port",
    typed: ({ broker }) => ({ bootstrap: local(broker.controllerPort) }),
    step: 'api-versions',
    advice: 'controller-port',
  },
  {
    what: 'advertised address out of reach',
    typed: ({ broker }) => ({ bootstrap: local(broker.ports.lost) }),
    step: 'brokers',
    advice: 'advertised-unreachable',
  },
  {
    what: 'TLS to a plaintext port',
    typed: ({ broker }, odd) => ({ bootstrap: local(broker.ports.plaintext), tls: true, caFile: odd.caFile }),
    step: 'tls',
    advice: 'tls-on-plaintext',
  },
  {
    what: 'plaintext to a TLS port',
    typed: ({ broker }) => ({ bootstrap: local(broker.ports.ssl) }),
    step: 'tls',
    advice: 'plaintext-on-tls',
  },
  {
    what: 'a CA that is not named',
    typed: ({ broker }) => ({ bootstrap: local(broker.ports.ssl), tls: true, caFile: '' }),
    step: 'tls',
    advice: 'tls-unknown-ca',
  },
  {
    what: 'a CA file that is none',
    typed: ({ broker }, odd) => ({ bootstrap: local(broker.ports.ssl), tls: true, caFile: odd.noPem }),
    step: 'tls',
    advice: 'tls-files',
    value: (odd) => odd.noPem,
  },
  {
    what: 'a CA file that is not there',
    typed: ({ broker }) => ({ bootstrap: local(broker.ports.ssl), tls: true, caFile: '/nowhere/ca.pem' }),
    step: 'tls',
    advice: 'tls-files',
    value: () => '/nowhere/ca.pem does not exist',
  },
  {
    what: 'wrong password, PLAIN',
    step: 'sasl',
    advice: 'wrong-password',
    typed: ({ broker }) => ({
      bootstrap: local(broker.ports.sasl_plaintext),
      sasl: 'PLAIN',
      username: 'admin',
      password: 'wrong-canary',
    }),
  },
  {
    what: 'wrong password, SCRAM over TLS',
    step: 'sasl',
    advice: 'wrong-password',
    typed: ({ broker }, odd) => ({
      bootstrap: local(broker.ports.sasl_ssl),
      tls: true,
      caFile: odd.caFile,
      sasl: 'SCRAM-SHA-512',
      username: 'admin',
      password: 'wrong-canary',
    }),
  },
  {
    what: 'no login where one is wanted',
    typed: ({ broker }) => ({ bootstrap: local(broker.ports.sasl_plaintext) }),
    step: 'sasl',
    advice: 'sasl-missing',
  },
]
