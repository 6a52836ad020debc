import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { MAX_BOOTSTRAP, parseBootstrapList } from '../../shared/bootstrap'
import type { BootstrapFault, BootstrapProblem, HostPort } from '../../shared/bootstrap'

const WHAT_TO_DO: Readonly<Record<BootstrapFault, string>> = {
  empty: 'give at least one broker as host:port, such as kafka-1.example.com:9092',
  protocol: 'leave out the protocol in front: only host:port is wanted here, TLS and SASL are chosen apart',
  'no-port': 'add the port of the broker, such as :9092',
  'bad-port': 'give a port from 1 to 65535',
  'bare-ipv6': 'put the IPv6 address in brackets, such as [::1]:9092',
  'bad-ipv6': 'in brackets only an IPv6 address is wanted, such as [::1]:9092',
  'no-host': 'put the name or the address of the broker in front of the port',
  'bad-host': 'check the spelling: this is neither a host name nor an IP address',
  'too-many': `name at most ${MAX_BOOTSTRAP} brokers`,
}

/**
 * Bootstrap addresses from what a person typed; each entry may hold several. kafkajs would take `[::1]:9092` for a host named `[` (2.2.4). Fails
 * with 'bad-input'; the detail has the first bad `entry`, its `problem` and the number of bad entries.
 */
export function parseBootstrap(entries: readonly string[]): Result<readonly HostPort[]> {
  const list = parseBootstrapList(entries.join(','))
  return list.ok ? ok(list.addresses) : refuse(list.problems)
}

function refuse(problems: readonly [BootstrapProblem, ...BootstrapProblem[]]): Result<readonly HostPort[]> {
  const [{ entry, fault }] = problems
  const text = problems.map((one) => (one.entry === '' ? '' : `"${one.entry}": `) + WHAT_TO_DO[one.fault]).join('; ')
  return fail('bad-input', `Bootstrap addresses: ${text}`, { entry, problem: fault, count: problems.length })
}
