import { EXCURSION_ENDS } from '@shared/late-tally'
import type { LateRecord } from '@contract/advisor'
import type { LateTally } from '@shared/late-tally'
import { bucketFrom, bucketTo } from '@shared/late-buckets'
import type { LateCounts } from '@shared/late-buckets'
import type { ExportTable } from '../../stores/screen'

type Part = readonly [bound: 'atLeast' | 'atMost', counts: LateCounts]

const partsOf = (tally: LateTally, end: (typeof EXCURSION_ENDS)[number]): readonly Part[] =>
  end === 'returned' || end === 'evicted'
    ? [
        ['atLeast', tally[end].least],
        ['atMost', tally[end].most],
      ]
    : [['atLeast', tally[end]]]

function* rows(
  tallies: readonly LateTally[],
): Generator<ExportTable['rows'] extends Iterable<infer Row> ? Row : never> {
  for (const tally of tallies)
    for (const end of EXCURSION_ENDS)
      for (const [bound, counts] of partsOf(tally, end))
        for (const [bucket, n] of counts)
          yield [
            tally.kind,
            tally.kind === 'cluster' ? null : tally.subject,
            tally.windowMs < 0 ? null : tally.windowMs,
            end,
            bound,
            bucketFrom(bucket),
            Number.isFinite(bucketTo(bucket)) ? bucketTo(bucket) : null,
            n,
          ]
}

/** All that was counted, a row a bucket: late for so long, at least or at most. */
export const advisorExport = ({ tallies }: Pick<LateRecord, 'tallies'>): ExportTable => ({
  name: 'lag advisor',
  columns: ['kind', 'subject', 'replicaLagTimeMaxMs', 'end', 'bound', 'lateFromMs', 'lateToMs', 'excursions'],
  rows: rows(tallies),
})
