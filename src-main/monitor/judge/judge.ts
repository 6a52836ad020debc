import type { PartitionColumns } from '../../contract/frame'
import type { ClusterSummary } from '../../contract/summary'
import { Departures } from '../../domain/blame/departures'
import { isGap } from '../../domain/blame/headline'
import type { KnownQuorum } from '../../domain/forecast/majority'
import { NearestMiss } from '../../domain/forecast/nearest'
import { effectiveMinOf } from '../../domain/forecast/stop-effects'
import { LATE_AFTER_MS } from '../../domain/lag/lateness'
import { assess, emptyColumns } from '../../domain/picture/assess'
import { comparePass } from '../../domain/picture/delta'
import { withKept, withoutTaken } from '../../domain/picture/partition-columns'
import { summaryPass } from '../../domain/picture/summary'
import { blocks } from '../../domain/slices'
import { Presences } from '../../domain/state/presences'
import type { BrokerAddress } from '../../domain/topology/columns'
import type { BrokerFacts, ClusterSettings, Reading, Topology } from '../../domain/topology/reading'
import type { Clock } from '../../ports/clock'
import { inSlices, ownTurn } from '../../ports/slices'
import type { ReadOnlyCells } from '../../shared/read-only'
import type { QuorumFacts } from '../facts/controller-facts'
import type { TopologyEpoch } from '../reading/answers'
import type { MetadataFacts } from '../reading/cluster-reading'
import { frozen, type Picture } from './picture'

const BLOCK = 4_096

/** What a picture is made of beside the reading, all of it as known now. */
export interface Known {
  readonly facts: ReadonlyMap<number, BrokerFacts>
  readonly settings: ClusterSettings
  readonly versions: Picture['versions']
  readonly eligibleLeaders: Picture['eligibleLeaders']
  readonly zooKeeper: boolean
  readonly quorum: QuorumFacts
  readonly metadata: MetadataFacts
  readonly throttled: ReadonlySet<number>
  /** Log directories that failed, by broker, as far as they were read. */
  readonly failedFolders: ReadonlyMap<number, readonly string[]>
  /** Last known address of every broker we have met, also of those that Metadata lists no more. */
  readonly addresses: ReadonlyMap<number, BrokerAddress>
  /** Every live broker has been heard once. Once read, a broker that joins later does not make the cluster unread. */
  readonly read: boolean
  readonly reach: ClusterSummary['reach']
  readonly loss: ClusterSummary['loss']
  readonly incident: ClusterSummary['incident']
  readonly plans: ClusterSummary['plans']
  readonly spreadMs: number
  readonly intervalMs: number
  readonly cadence: ClusterSummary['cadence']
  readonly load: ClusterSummary['load']
  readonly limits: ClusterSummary['limits']
}

/** Columns that no picture holds, to judge into. Each of their rows is written before any of them is shown. */
interface Draft {
  readonly topology: Topology
  readonly columns: PartitionColumns
}

/**
 * Makes pictures of one cluster, one after the other, each judged anew in every row. The reading must not change meanwhile (ClusterReading.still).
 * What a picture has in common with the one before is shared and not copied.
 */
export class Judge {
  private readonly nearest = new NearestMiss()
  private readonly departures = new Departures()
  private before: Picture | null = null
  private draft: Draft | null = null
  /** Of the newest reading; the pictures since may be of an old one. */
  private seen: Pick<ClusterSummary, 'headline' | 'takenAt'> | null = null

  constructor(private readonly clock: Clock) {}

  async judge(epoch: TopologyEpoch, known: Known): Promise<Picture> {
    const { clock } = this
    const { reading } = epoch
    const { topology } = reading
    const partitions = topology.partition.length
    const before = this.before?.topology === topology ? this.before : null
    await ownTurn(clock, partitions)
    const judgedAt = clock.now()
    const presences = new Presences(known.facts, judgedAt, reading.withoutListener)
    const draft = await this.assess(epoch, known, presences, judgedAt)
    await ownTurn(clock, partitions)
    const difference =
      before === null
        ? null
        : await inSlices(
            clock,
            comparePass(before.columns, draft, before.replicaFlags, reading.replicaFlags, topology.replicaStart),
          )
    const columns = before === null || difference === null ? draft : withKept(before.columns, draft, difference.columns)
    this.draft = difference === null ? null : { topology, columns: withoutTaken(draft, difference.columns) }
    await ownTurn(clock, partitions)
    const summary = await this.sumUp(epoch, known, presences, columns, judgedAt)
    await ownTurn(clock, partitions)
    const { minInSyncReplicas, minInSyncReplicasSource } = perTopic(reading, known.settings, before)
    const picture: Picture = frozen({
      seq: (this.before?.seq ?? 0) + 1,
      judgedAt,
      metadataSentAt: known.metadata.sentAt,
      clusterId: known.metadata.clusterId,
      topology,
      columns,
      replicaFlags:
        difference?.replicaFlags === false && before !== null ? before.replicaFlags : reading.replicaFlags.slice(),
      changed: difference?.rows ?? allRows(partitions),
      minInSyncReplicas,
      minInSyncReplicasSource,
      settings: { ...known.settings },
      versions: new Map(known.versions),
      eligibleLeaders: known.eligibleLeaders,
      controller: known.zooKeeper ? known.metadata.controllerId : -1,
      facts: known.facts,
      controllers: controllersOf(known),
      throttled: new Set(known.throttled),
      summary,
    })
    this.before = picture
    if (!(summary.takenAt <= (this.seen?.takenAt ?? Number.NaN))) this.seen = summary
    return picture
  }

  private async assess(
    epoch: TopologyEpoch,
    known: Known,
    presences: Presences,
    now: number,
  ): Promise<PartitionColumns> {
    const { reading, lags } = epoch
    const { topology } = reading
    const partitions = topology.partition.length
    const columns = this.draft?.topology === topology ? this.draft.columns : emptyColumns(partitions)
    this.draft = null
    const options = { now, lateAfterMs: LATE_AFTER_MS, catchUpRate: (replica: number) => lags.catchUpRate(replica) }
    const pass = blocks(partitions, BLOCK, (from, to) =>
      assess(reading, presences, known.settings, options, columns, from, to),
    )
    await inSlices(this.clock, pass)
    return columns
  }

  private sumUp(
    { reading, lags }: TopologyEpoch,
    known: Known,
    presences: Presences,
    columns: Picture['columns'],
    now: number,
  ): Promise<ClusterSummary> {
    const { settings } = known
    const { seen } = this
    const gap = seen !== null && isGap(seen.takenAt, reading.metadataAt, known.intervalMs)
    const previous = gap ? seen.headline : (this.before?.summary.headline ?? null)
    const pass = summaryPass({
      reading,
      columns,
      presences,
      settings,
      now,
      lateAfterMs: LATE_AFTER_MS,
      catchUpRate: (replica) => lags.catchUpRate(replica),
      read: known.read || (previous !== null && previous.level !== 'unread'),
      previous,
      seenAt: seen?.takenAt ?? Number.NaN,
      gap,
      nearest: this.nearest,
      departures: this.departures,
      addresses: known.addresses,
      reach: known.reach,
      loss: known.loss,
      incident: known.incident,
      plans: known.plans,
      takenAt: reading.metadataAt,
      spreadMs: known.spreadMs,
      intervalMs: known.intervalMs,
      cadence: known.cadence,
      load: known.load,
      kafkaVersion: settings.version === null ? '' : settings.version.join('.'),
      controller: known.zooKeeper ? known.metadata.controllerId : known.quorum.controller,
      ...controllersOf(known),
      limits: known.limits,
      throttled: known.throttled,
      failedFolders: known.failedFolders,
    })
    return inSlices(this.clock, pass)
  }
}

/** In ZooKeeper mode they are no quorum. */
const controllersOf = ({ zooKeeper, quorum }: Known): KnownQuorum => ({
  quorum: zooKeeper ? 'none' : quorum.state,
  voters: quorum.voters,
})

function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row += 1) rows[row] = row
  return rows
}

/** The columns of topics, those of the picture before where nothing changed. */
function perTopic(
  reading: Reading,
  settings: ClusterSettings,
  before: Picture | null,
): Pick<Picture, 'minInSyncReplicas' | 'minInSyncReplicasSource'> {
  const { topicStart, topicNames } = reading.topology
  const minimums = new Int32Array(topicNames.length)
  for (let topic = 0; topic < minimums.length; topic += 1)
    minimums[topic] =
      topicStart[topic] === topicStart[topic + 1] ? -1 : effectiveMinOf(reading, settings, topicStart[topic]!)
  const sources = reading.minInSyncReplicasSource
  return {
    minInSyncReplicas:
      before !== null && same(before.minInSyncReplicas, minimums) ? before.minInSyncReplicas : minimums,
    minInSyncReplicasSource:
      before !== null && same(before.minInSyncReplicasSource, sources)
        ? before.minInSyncReplicasSource
        : sources.slice(),
  }
}

function same(a: ReadOnlyCells<Int32Array | Uint8Array>, b: ReadOnlyCells<Int32Array | Uint8Array>): boolean {
  for (let at = 0; at < b.length; at += 1) if (a[at] !== b[at]) return false
  return true
}
