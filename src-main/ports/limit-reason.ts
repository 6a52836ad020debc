import type { LimitReason } from '../contract/summary'
import { isAuthorizationError } from '../shared/kafka-codes'
import { PortError } from './cluster-port'

/** Why an error means that the capability is off, null when it is only a failure of the moment. */
export function limitReason(error: unknown): LimitReason | null {
  if (!(error instanceof PortError)) return null
  if (error.kind === 'unsupported') return 'unsupported'
  if (error.code === 'not-authorized' || isAuthorizationError(error.kafkaError)) return 'not-authorized'
  return null
}
