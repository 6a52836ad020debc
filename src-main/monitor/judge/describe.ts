import type { ClusterSummary, Headline } from '../../contract/summary'
import type { BrokerAddress } from '../../domain/topology/columns'
import { LATE_AFTER_MS } from '../../domain/lag/lateness'
import type { NearestMiss } from '../../domain/forecast/nearest'
import { runSlice } from '../../domain/slices'
import { summaryPass } from '../../domain/picture/summary'
import type { Clock } from '../../ports/clock'
import type { Monitor } from '../monitor'
import type { Picture } from './picture'
import { ownTurn, SLICE_MS } from '../../ports/slices'

/** Last known address of every broker we have met, also of those that Metadata lists no more. */
const addresses = (monitor: Monitor): ReadonlyMap<number, BrokerAddress> =>
  new Map(monitor.pool.all().map((lane) => [lane.address.id, lane.address]))

/** Sums up a picture, in slices. `previous` is the headline before, for "since when"; `nearest` is written. */
export async function describe(
  clock: Clock,
  monitor: Monitor,
  picture: Picture,
  previous: Headline | null,
  nearest: NearestMiss,
): Promise<ClusterSummary> {
  const { facts, pool } = monitor
  const { reading, tracker } = picture.book
  const { settings, zooKeeper } = facts.brokers
  await ownTurn(clock, reading.leader.length)
  const now = clock.now()
  // Once read, a broker that joins later does not make the cluster unread.
  const wasRead = previous !== null && previous.level !== 'unread'
  const pass = summaryPass({
    reading,
    columns: picture.columns,
    facts: pool.facts(),
    settings,
    now,
    lateAfterMs: LATE_AFTER_MS,
    catchUpRate: (replica) => tracker.catchUpRate(replica),
    read:
      wasRead ||
      (!Number.isNaN(monitor.status.takenAt) && pool.all().every((lane) => lane.facts.answers !== 'connecting')),
    previous,
    nearest,
    addresses: addresses(monitor),
    takenAt: reading.metadataAt,
    spreadMs: monitor.spreadMs,
    intervalMs: monitor.intervalMs,
    cadence: monitor.cadenceKind,
    load: monitor.loadNow(),
    kafkaVersion: settings.version === null ? '' : settings.version.join('.'),
    controller: zooKeeper ? monitor.state.controllerId : facts.controller.quorum.controller,
    voters: facts.controller.quorum.voters,
    limits: monitor.limits.list(now),
    throttled: facts.throttle(reading),
  })
  const nowOf = (): number => clock.now()
  for (;;) {
    const done = runSlice(pass, clock.now() + SLICE_MS, nowOf)
    if (done !== null) return done.result
    await clock.breathe()
  }
}
