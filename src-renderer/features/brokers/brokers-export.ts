import type { BrokerSummary } from '@contract/summary'
import type { ExportTable } from '../../stores/screen'
import { behindReplicas, worstLateMs } from '../common/broker-words'

const orNull = (value: number): number | null => (Number.isFinite(value) && value >= 0 ? value : null)

export function brokersExport(brokers: readonly BrokerSummary[]): ExportTable {
  return {
    name: 'brokers',
    columns: [
      'broker',
      'host',
      'port',
      'rack',
      'answers',
      'listed',
      'inSync',
      'replicas',
      'leaders',
      'behind',
      'lagRecords',
      'lateMs',
      'latencyMs',
      'stopRefuses',
      'stopOffline',
    ],
    rows: brokers.map((one) => [
      one.id,
      one.host,
      one.port,
      one.rack,
      one.answers,
      one.listed,
      one.inSync,
      one.replicas,
      one.leaders,
      orNull(behindReplicas(one)),
      orNull(one.lagRecords),
      orNull(worstLateMs(one)),
      orNull(one.latencyMs),
      orNull(one.stopRefuses),
      orNull(one.stopOffline),
    ]),
  }
}
