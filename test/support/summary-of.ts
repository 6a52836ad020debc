import { LOSS_UNWATCHED } from '../../src-main/contract/summary'
import type { ClusterSummary } from '../../src-main/contract/summary'
import { summaryPass } from '../../src-main/domain/picture/summary'
import type { SummaryInput } from '../../src-main/domain/picture/summary'
import { runWhole } from '../../src-main/domain/slices'
import { Presences } from '../../src-main/domain/state/presences'
import type { BrokerFacts, WritableReading } from '../../src-main/domain/topology/reading'
import { START, factsOf, judge, settings } from './columns'

/** `facts` left out: the three brokers answer. */
export type SummaryScene = Partial<SummaryInput> & { readonly facts?: ReadonlyMap<number, BrokerFacts> }

/** The summary of a reading, judged at START unless said otherwise. */
export function summaryOf(
  reading: WritableReading,
  { facts = factsOf([1, 2, 3]), ...change }: SummaryScene = {},
): ClusterSummary {
  const catchUpRate = change.catchUpRate ?? (() => NaN)
  const columns = judge(reading, { facts, settings: change.settings ?? settings(), options: { catchUpRate } })
  return runWhole(
    summaryPass({
      reading,
      columns,
      presences: new Presences(facts, change.now ?? START, reading.withoutListener),
      settings: settings(),
      now: START,
      lateAfterMs: 1000,
      catchUpRate,
      read: true,
      previous: null,
      seenAt: Number.NaN,
      gap: false,
      nearest: null,
      departures: null,
      reach: 'unknown',
      loss: LOSS_UNWATCHED,
      incident: null,
      plans: [],
      takenAt: START,
      spreadMs: 4,
      intervalMs: 250,
      cadence: 'automatic',
      load: { requestsPerSecond: 1, bytesPerSecond: 2, heldMs: 0 },
      kafkaVersion: '4.0',
      controller: 1,
      quorum: 'leads',
      voters: [],
      limits: [],
      ...change,
    }),
  )
}
