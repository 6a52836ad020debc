import type { BrokerSummary } from '@contract/summary'
import type { ExportTable } from '../../stores/screen'
import { exactly } from '@shared/tally'

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

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
      'stopLoses',
    ],
    rows: brokers.map((one) => [
      one.id,
      one.host,
      one.port,
      one.rack,
      one.answers,
      one.listed,
      orNull(one.inSync),
      orNull(one.replicas),
      orNull(one.leaders),
      orNull(exactly(one.behind)),
      orNull(one.lagRecords),
      orNull(one.lateMs),
      orNull(one.latencyMs),
      orNull(exactly(one.stopRefuses)),
      orNull(exactly(one.stopOffline)),
      orNull(exactly(one.stopLoses)),
    ]),
  }
}
