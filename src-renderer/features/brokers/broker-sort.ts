import type { BrokerSummary } from '@contract/summary'
import type { Tally } from '@shared/tally'
import type { TableSort } from '../../ui/table-column'

const GRAVITY = { no: 2, connecting: 1, yes: 0 } as const

/** What is seen counts; none seen and perhaps some is NaN. */
const seen = (tally: Tally): number => (tally.complete || tally.atLeast > 0 ? tally.atLeast : Number.NaN)

/** Unknown (NaN) stands last whichever way the column is sorted. */
function figure(broker: BrokerSummary, key: string): number {
  switch (key) {
    case 'id':
      return broker.id
    case 'answers':
      return GRAVITY[broker.answers]
    case 'listed':
      return broker.listed ? 1 : 0
    case 'isr':
      return broker.replicas === 0 ? Number.NaN : broker.inSync / broker.replicas
    case 'leaders':
      return broker.leaders
    case 'behind':
      return seen(broker.behind)
    case 'lag':
      return broker.lagRecords
    case 'late':
      return broker.lateMs
    case 'latency':
      return broker.latencyMs
    case 'stop': {
      const worse = broker.stopOffline.atLeast + broker.stopLoses.atLeast
      return worse > 0
        ? worse * 1e7 + broker.stopRefuses.atLeast
        : seen(broker.stopRefuses) + seen(broker.stopOffline) + seen(broker.stopLoses)
    }
    default:
      return broker.id
  }
}

const words = (broker: BrokerSummary, key: string): string =>
  key === 'rack' ? (broker.rack ?? '') : `${broker.host}:${broker.port}`

function compare(a: BrokerSummary, b: BrokerSummary, sort: TableSort): number {
  const turn = sort.descending ? -1 : 1
  if (sort.key === 'rack' || sort.key === 'host')
    return turn * words(a, sort.key).localeCompare(words(b, sort.key)) || a.id - b.id
  const [left, right] = [figure(a, sort.key), figure(b, sort.key)]
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a.id - b.id
  return turn * (left - right) || a.id - b.id
}

/** Positions in `brokers` that pass the filter, in the order of `sort`: without a key by broker id. */
export function brokerOrder(brokers: readonly BrokerSummary[], text: string, sort: TableSort): number[] {
  const wanted = text.trim().toLowerCase()
  return brokers
    .map((_, index) => index)
    .filter((index) => {
      const { id, host, rack } = brokers[index]!
      return (
        wanted === '' ||
        String(id) === wanted ||
        host.toLowerCase().includes(wanted) ||
        (rack ?? '').toLowerCase().includes(wanted)
      )
    })
    .sort((a, b) => compare(brokers[a]!, brokers[b]!, sort))
}
