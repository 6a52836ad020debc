import type { ClusterStatus } from '../contract/frame'
import { PortError } from '../ports/cluster-port'

const STEPS: Readonly<Record<PortError['kind'], string>> = {
  timeout: 'tcp',
  refused: 'tcp',
  reset: 'tcp',
  closed: 'tcp',
  'closed-by-us': 'tcp',
  'unknown-host': 'dns',
  tls: 'tls',
  auth: 'sasl',
  protocol: 'api-versions',
  unsupported: 'api-versions',
  kafka: 'metadata',
}

/** What went wrong, in the words of the connection doctor's steps. `brokers`: the bootstrap answered, the brokers it named do not. */
export function problemOf(error: unknown, where: 'bootstrap' | 'brokers'): NonNullable<ClusterStatus['problem']> {
  if (!(error instanceof PortError))
    return { code: 'internal', step: where, message: error instanceof Error ? error.message : String(error) }
  return { code: error.code, step: where === 'brokers' ? 'brokers' : STEPS[error.kind], message: error.message }
}
