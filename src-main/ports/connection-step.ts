import type { DoctorStepName } from '../contract/profiles'
import type { PortError } from './cluster-port'
import type { Reason, Stage } from './reason'

/** Where the doctor looks for each reason. Of silence and of hang-ups it depends on what we were at; what stands here is for those that do not tell. */
const BY_REASON: Readonly<Record<Reason, DoctorStepName>> = {
  'connect-timeout': 'tcp',
  timeout: 'api-versions',
  refused: 'tcp',
  'no-route': 'tcp',
  'own-limit': 'tcp',
  'own-firewall': 'tcp',
  'own-network': 'tcp',
  reset: 'api-versions',
  closed: 'api-versions',
  'closed-by-us': 'api-versions',
  'unknown-host': 'dns',
  'name-server': 'dns',
  'tls-files': 'tls',
  'tls-unknown-ca': 'tls',
  'tls-wrong-name': 'tls',
  'tls-expired': 'tls',
  'tls-client-certificate': 'tls',
  'tls-not-spoken': 'tls',
  'tls-hung-up': 'tls',
  'tls-spoken': 'tls',
  'tls-handshake': 'tls',
  'sasl-missing': 'sasl',
  'sasl-not-wanted': 'sasl',
  'sasl-mechanism': 'sasl',
  'sasl-refused': 'sasl',
  'web-server': 'api-versions',
  protocol: 'api-versions',
  'controller-port': 'api-versions',
  unsupported: 'api-versions',
  'other-cluster': 'metadata',
  kafka: 'metadata',
}

const TOLD_BY_STAGE: ReadonlySet<Reason> = new Set<Reason>(['timeout', 'reset', 'closed'])

/** Metadata is the first question behind the login. */
const ofStage = (stage: Stage): DoctorStepName => (stage === 'request' ? 'metadata' : stage)

/** The step of the connection doctor that an error belongs to: the one name for it in window, command line and doctor. */
export const stepOf = ({ reason, at }: Pick<PortError, 'reason' | 'at'>): DoctorStepName =>
  at !== '' && TOLD_BY_STAGE.has(reason) ? ofStage(at) : BY_REASON[reason]
