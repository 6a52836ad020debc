import type { PortError } from '../ports/cluster-port'
import type { Reason } from '../ports/reason'

const HANGS_UP =
  'look into the broker log; a proxy may be in between, the broker just starting, or the port may want TLS (--tls) or a login (--sasl)'
const THIS_MACHINE = 'check this machine, not the broker'

/** What to do next, a clause per reason: the doctor's advice in the words of the command line. */
const NEXT_ACTION: Readonly<Record<Reason, string>> = {
  'connect-timeout': 'check that the machine is on and that no firewall drops the packets',
  timeout: 'check that this is the client port of a broker, and whether that broker hangs',
  refused: 'check the port, and whether the broker runs',
  'no-route': 'check the address and the VPN',
  'own-limit': `${THIS_MACHINE}: close programs, or raise their limit (ulimit -n)`,
  'own-firewall': `${THIS_MACHINE}: a firewall or a security program of it does not let us out`,
  'own-network': `${THIS_MACHINE}: its network or VPN`,
  reset: HANGS_UP,
  closed: HANGS_UP,
  'closed-by-us': 'try again',
  'unknown-host': 'check the host name',
  'name-server': 'check the network of this machine, then try again',
  'tls-files': 'check --ca',
  'tls-unknown-ca': 'check --ca against what the listener offers',
  'tls-wrong-name': 'use the name that stands in the certificate',
  'tls-expired': 'have the certificate of the broker renewed',
  'tls-client-certificate': 'use a listener that wants no client certificate, or open the cluster in the window',
  'tls-not-spoken': 'leave out --tls, or use the TLS port',
  'tls-hung-up': 'check --tls, and whether something in between ends the connection',
  'tls-spoken': 'add --tls, or use the plaintext port',
  'tls-handshake': 'check --tls and --ca against what the listener offers',
  'sasl-missing': 'add --sasl, --username and HIGHWATER_PASSWORD',
  'sasl-not-wanted': 'leave out --sasl, or use the SASL port',
  'sasl-mechanism': 'check --sasl',
  'sasl-refused': 'check --username and HIGHWATER_PASSWORD',
  'web-server': 'check the port: a web server is behind it',
  protocol: 'check that this is the client port of a broker, not that of another program',
  'controller-port': 'use the client port of a broker: this one is for controllers',
  unsupported: 'use a broker of Kafka 2.8 or newer',
  'other-cluster': 'check where the address leads: another Kafka cluster is behind it',
  kafka: 'try again, or open the cluster in the window to have each step checked',
}

export const nextAction = ({ reason }: Pick<PortError, 'reason'>): string => NEXT_ACTION[reason]

/** The address itself leads nowhere from here: where a broker told it, the broker is to tell another. */
const ABOUT_THE_ADDRESS: ReadonlySet<PortError['kind']> = new Set<PortError['kind']>([
  'refused',
  'no-route',
  'unknown-host',
])

/** The same of the addresses that brokers advertise. */
export const nextActionAdvertised = (error: Pick<PortError, 'reason' | 'kind'>): string =>
  ABOUT_THE_ADDRESS.has(error.kind) || error.reason === 'connect-timeout'
    ? `check advertised.listeners, and ${nextAction(error)}`
    : nextAction(error)
