import type { ClusterEvent, Span } from '../../contract/history'
import { THROTTLED_FOLLOWERS, THROTTLED_LEADERS } from '../answers/throttle'
import { RETENTION_KEYS, UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../topology/reading'
import type { Reading, ThrottledReplicas, TopicRetention, Topology } from '../topology/reading'
import type { RowMap, RowRun } from '../topology/row-runs'
import { copyCells, copyRuns } from '../topology/row-runs'
import { topicRows } from '../topology/topic-index'
import { clusterEvent } from './cluster-event'
import { SPREAD_MS, type Looked } from './looked'
import { shortList } from './short-list'

const UNCLEAN: ReadonlyMap<number, string> = new Map([
  [UNCLEAN_OFF, 'false'],
  [UNCLEAN_ON, 'true'],
])

/** Topics that came, went or are others under the same name, and the settings of theirs that are always read. */
export class TopicEvents {
  private minIsr = new Int32Array(0)
  private unclean = new Uint8Array(0)
  private throttles: (ThrottledReplicas | null)[] = []
  private retention: (TopicRetention | null)[] = []
  private readAt = new Float64Array(0)

  /** To the topics of another topology, with what is told of them: `before` null = there is none. */
  moveTo(
    before: Topology | null,
    { topology, summary }: Pick<Looked, 'topology' | 'summary'>,
    rows: RowMap | null,
    span: Span,
  ): ClusterEvent[] {
    const { minIsr, unclean, throttles, retention, readAt } = this
    const topics = topology.topicNames.length
    this.minIsr = new Int32Array(topics).fill(-1)
    this.unclean = new Uint8Array(topics)
    this.throttles = new Array<null>(topics).fill(null)
    this.retention = new Array<null>(topics).fill(null)
    this.readAt = new Float64Array(topics).fill(Number.NaN)
    if (before === null || rows === null) return []
    copyRuns(minIsr, this.minIsr, rows.topic)
    copyRuns(unclean, this.unclean, rows.topic)
    copyCells(throttles, this.throttles, rows.topic)
    copyCells(retention, this.retention, rows.topic)
    copyRuns(readAt, this.readAt, rows.topic)
    const old = topicRows(before)
    const now = topicRows(topology)
    // What a login may not see any more is left out of the lists like one that was deleted.
    const text = summary.reach === 'all' ? '' : 'perhaps-hidden'
    const events: ClusterEvent[] = []
    for (const topic of outside(rows.topic, 'to', topology.topicNames))
      events.push(
        clusterEvent(old.has(topic) ? 'topic-anew' : 'topic-created', span, {
          topic,
          text: old.has(topic) ? '' : text,
        }),
      )
    for (const topic of outside(rows.topic, 'from', before.topicNames))
      if (!now.has(topic)) events.push(clusterEvent('topic-deleted', span, { topic, text }))
    return events
  }

  /** As it was told last; -1 and UNCLEAN_UNTOLD = not yet. */
  told(topic: number): { readonly minIsr: number; readonly unclean: number } {
    return { minIsr: this.minIsr[topic]!, unclean: this.unclean[topic]! }
  }

  /** `first`: a setting of this topic is told for the first time, which is no event. */
  observe({ topology, reading }: Pick<Looked, 'topology' | 'reading'>, first: (topic: number) => void): ClusterEvent[] {
    const events: ClusterEvent[] = []
    for (let topic = 0; topic < this.readAt.length; topic += 1) {
      const at = reading.settingsSentAt[topic]!
      if (Number.isNaN(at) || at === this.readAt[topic] || !isTold(reading, topic)) continue
      const span = { from: this.readAt[topic]! - SPREAD_MS, to: reading.metadataAt > at ? reading.metadataAt : at }
      const setting = (text: string, before: string, after: string): void => {
        events.push(clusterEvent('setting', span, { topic: topology.topicNames[topic]!, text, before, after }))
      }
      const { minIsr, unclean } = this.told(topic)
      this.compare(reading, topic, setting)
      if (
        (minIsr < 0 && this.minIsr[topic]! >= 0) ||
        (unclean === UNCLEAN_UNTOLD && this.unclean[topic] !== UNCLEAN_UNTOLD)
      )
        first(topic)
      this.readAt[topic] = at
    }
    return events
  }

  private compare(
    { minInSyncReplicas, uncleanElection, throttleLists, retention }: Reading,
    topic: number,
    setting: (key: string, before: string, after: string) => void,
  ): void {
    const minIsr = minInSyncReplicas[topic]!
    if (minIsr >= 0) {
      if (this.minIsr[topic]! >= 0 && this.minIsr[topic] !== minIsr)
        setting('min.insync.replicas', String(this.minIsr[topic]), String(minIsr))
      this.minIsr[topic] = minIsr
    }
    this.compareThrottles(throttleLists[topic] ?? null, topic, setting)
    this.compareRetention(retention[topic] ?? null, topic, setting)
    const unclean = uncleanElection[topic]!
    const after = UNCLEAN.get(unclean)
    if (after === undefined) return
    const before = UNCLEAN.get(this.unclean[topic]!)
    if (before !== undefined && before !== after) setting('unclean.leader.election.enable', before, after)
    this.unclean[topic] = unclean
  }

  /** What is told for the first time is no event. */
  private compareThrottles(
    now: ThrottledReplicas | null,
    topic: number,
    setting: (key: string, before: string, after: string) => void,
  ): void {
    const before = this.throttles[topic] ?? null
    if (now === null || now === before) return
    this.throttles[topic] = now
    if (before === null) return
    if (before.leaders !== now.leaders) setting(THROTTLED_LEADERS, shortList(before.leaders), shortList(now.leaders))
    if (before.followers !== now.followers)
      setting(THROTTLED_FOLLOWERS, shortList(before.followers), shortList(now.followers))
  }

  private compareRetention(
    now: TopicRetention | null,
    topic: number,
    setting: (key: string, before: string, after: string) => void,
  ): void {
    const before = this.retention[topic] ?? null
    if (now === null || now === before) return
    this.retention[topic] = now
    if (before === null) return
    for (const key of RETENTION_KEYS) {
      const [was, is] = [before[key], now[key]]
      if (was !== null && is !== null && was !== is) setting(key, was, is)
    }
  }
}

/** An answer that was refused tells nothing: what changed meanwhile may have done so since the last one that did. */
const isTold = ({ minInSyncReplicas, uncleanElection }: Reading, topic: number): boolean =>
  minInSyncReplicas[topic]! >= 0 || uncleanElection[topic] !== UNCLEAN_UNTOLD

/** Names of the rows that no run holds. */
function* outside(runs: readonly RowRun[], side: 'from' | 'to', names: readonly string[]): Generator<string> {
  let row = 0
  for (const run of [...runs].sort((a, b) => a[side] - b[side])) {
    for (; row < run[side]; row += 1) yield names[row]!
    row = run[side] + run.length
  }
  for (; row < names.length; row += 1) yield names[row]!
}
