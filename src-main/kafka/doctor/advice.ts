import type { Advice } from '../../contract/profiles'
import type { Reason } from '../../ports/reason'
import type { PemFault } from '../client/read-pem'

/** One advice per reason; every reason has one. */
export const ADVICE_FOR: Readonly<Record<Reason, Advice>> = {
  'connect-timeout': 'silent-connect',
  timeout: 'silent-port',
  refused: 'nothing-listens',
  'no-route': 'no-route',
  'own-limit': 'own-limit',
  'own-firewall': 'own-firewall',
  'own-network': 'own-network',
  reset: 'hangs-up',
  closed: 'hangs-up',
  'closed-by-us': 'hangs-up',
  'unknown-host': 'unknown-host',
  'name-server': 'name-server',
  'tls-files': 'tls-files',
  'tls-unknown-ca': 'tls-unknown-ca',
  'tls-wrong-name': 'tls-wrong-name',
  'tls-expired': 'tls-expired',
  'tls-client-certificate': 'tls-client-certificate',
  'tls-not-spoken': 'tls-on-plaintext',
  'tls-hung-up': 'tls-hangs-up',
  'tls-spoken': 'plaintext-on-tls',
  'tls-handshake': 'tls-handshake',
  'sasl-missing': 'sasl-missing',
  'sasl-not-wanted': 'sasl-not-wanted',
  'sasl-mechanism': 'sasl-mechanism',
  'sasl-refused': 'wrong-password',
  'web-server': 'web-server',
  protocol: 'not-kafka',
  'controller-port': 'controller-port',
  unsupported: 'too-old',
  'other-cluster': 'other-cluster',
  kafka: 'hangs-up',
}

/** Of a file that could not even be read as PEM. */
export const PEM_ADVICE: Readonly<Record<PemFault, Advice>> = {
  'java-store': 'tls-java-store',
  pkcs12: 'tls-pkcs12',
  unusable: 'tls-files',
}
