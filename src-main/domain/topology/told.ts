import { KafkaError } from '../../shared/kafka-codes'
import type { Reading } from './reading'

/**
 * Whether Metadata has told about a partition. Two errors say nothing against the row: no leader (leader is -1 then), and a replica that is not
 * available (a plain fact of old versions). Without it "no leader" is only that nothing is known.
 */
export function isTold(reading: Reading, row: number): boolean {
  const error = reading.metadataError[row]!
  return (
    error === KafkaError.NONE || error === KafkaError.LEADER_NOT_AVAILABLE || error === KafkaError.REPLICA_NOT_AVAILABLE
  )
}
