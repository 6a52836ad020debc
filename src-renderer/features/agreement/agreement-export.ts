import type { AgreementView, PartitionClaim } from '@contract/quorum'
import type { ExportCell, ExportTable } from '../../stores/screen'

const COLUMNS = [
  'kind',
  'broker',
  'metadataOffset',
  'behindAtLeast',
  'topic',
  'partition',
  'saysLeader',
  'saysEpoch',
  'saysIsr',
  'countsLeader',
  'countsEpoch',
  'countsIsr',
  'whyItCounts',
  'lacks',
  'has',
  'since',
  'saidAt',
  'readings',
]
const time = (at: number): string | null => (Number.isNaN(at) ? null : new Date(at).toISOString())
const claim = ({ leader, leaderEpoch, isr }: PartitionClaim): ExportCell[] => [leader, leaderEpoch, isr.join(' ')]
const none = (count: number): null[] => Array.from({ length: count }, () => null)

/** Brokers, partitions and lists, a row each; empty where a column says nothing of that kind. */
export const agreementExport = (view: AgreementView | null): ExportTable => ({
  name: 'agreement',
  columns: COLUMNS,
  rows:
    view === null
      ? []
      : [
          ...view.words.map((one) => [
            'broker',
            one.broker,
            one.offset,
            one.behind,
            ...none(11),
            time(one.behindSince),
            time(one.toldAt),
            one.behindReadings,
          ]),
          ...view.rows.map((one) => [
            'partition',
            one.broker,
            ...none(2),
            one.topic,
            one.partition,
            ...claim(one.said),
            ...claim(one.counts),
            one.why,
            ...none(2),
            time(one.since),
            time(one.saidAt),
            one.readings,
          ]),
          ...view.lists.map((one) => [
            'list',
            one.broker,
            ...none(11),
            [...one.lacks, ...one.lacksBrokers].join(' '),
            [...one.has, ...one.hasBrokers].join(' '),
            time(one.since),
            time(one.saidAt),
            one.readings,
          ]),
        ],
})
