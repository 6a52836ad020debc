import { SOURCE_DENIED, SOURCE_UNKNOWN } from '../../contract/config'
import { THROTTLED_FOLLOWERS, THROTTLED_LEADERS } from '../../domain/answers/throttle'
import { minInSyncReplicasOf } from '../../domain/state/min-isr'
import { sameTopicId } from '../../domain/topology/topic-index'
import { topicRows } from '../../domain/topology/topology'
import { NONE_THROTTLED, RETENTION_KEYS, UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../domain/topology/reading'
import type { ThrottledReplicas, TopicRetention, Topology } from '../../domain/topology/reading'
import type { ConfigAnswer } from '../../ports/cluster-port'
import type { TopicMinIsr, TopologyEpoch } from '../reading/answers'
import type { PollParts } from '../poll/tick'
import { limitReason } from '../../ports/limit-reason'
import { isAuthorizationError } from '../../shared/kafka-codes'

const TOPICS_PER_REQUEST = 200
const READ_AGAIN_MS = 30_000
const READ_AGAIN_AT_BEST_MS = 5_000
export const MIN_ISR = 'min.insync.replicas'
export const UNCLEAN = 'unclean.leader.election.enable'

/** unclean.leader.election.enable among the settings of a topic, as `Reading.uncleanElection` has it. */
export function uncleanOf(entries: ConfigAnswer['entries']): number {
  const value = entries.find(({ name }) => name === UNCLEAN)?.value
  if (value === 'true') return UNCLEAN_ON
  return value === 'false' ? UNCLEAN_OFF : UNCLEAN_UNTOLD
}

/** null = the answer has neither list. */
function throttlesOf(entries: ConfigAnswer['entries']): ThrottledReplicas | null {
  const valueOf = (key: string): string | undefined => entries.find(({ name }) => name === key)?.value ?? undefined
  const [followers, leaders] = [valueOf(THROTTLED_FOLLOWERS), valueOf(THROTTLED_LEADERS)]
  if (followers === undefined && leaders === undefined) return null
  // One object for nearly all topics.
  return (followers ?? '') === '' && (leaders ?? '') === ''
    ? NONE_THROTTLED
    : { followers: followers ?? '', leaders: leaders ?? '' }
}

const MOST_KEPT = 1_000

/** One object for all topics that have the same, which are nearly all. */
class Retentions {
  private readonly kept = new Map<string, TopicRetention>()

  /** null = the answer has none of the three. */
  of(entries: ConfigAnswer['entries']): TopicRetention | null {
    const [policy, ms, bytes] = RETENTION_KEYS.map((key) => entries.find(({ name }) => name === key)?.value ?? null)
    if (policy === null && ms === null && bytes === null) return null
    const key = JSON.stringify([policy, ms, bytes])
    const known = this.kept.get(key)
    if (known !== undefined) return known
    const retention = { 'cleanup.policy': policy!, 'retention.ms': ms!, 'retention.bytes': bytes! }
    if (this.kept.size >= MOST_KEPT) this.kept.clear()
    this.kept.set(key, retention)
    return retention
  }
}

const denied = (topic: number): TopicMinIsr => ({
  topic,
  value: -1,
  source: SOURCE_DENIED,
  unclean: UNCLEAN_UNTOLD,
  throttles: null,
  retention: null,
})

/**
 * Reads what replication needs of every topic: min.insync.replicas, unclean.leader.election.enable and the throttle lists; and when its records are deleted, of which a change is told. New topics at once, the others in turn: every 5 s where one
 * request covers them, up to every 30 s, about one request a second; those that were refused after an hour (limits.ts). One batch under way at a time.
 */
export class TopicSettings {
  /** When to ask again, by topic row; NaN = at once. */
  private dueAt = new Float64Array(0)
  private of: TopologyEpoch | null = null
  /** Topic rows of `of` that were refused, and do not say so yet. */
  private untold: readonly number[] = []
  private busy = false
  private turn = 0
  private readonly retentions = new Retentions()

  constructor(private readonly parts: PollParts) {}

  /** Reads until nothing is due. Never rejects. */
  async pump(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      while (await this.readBatch());
    } finally {
      this.busy = false
    }
  }

  private async readBatch(): Promise<boolean> {
    const { clock, limits, pool, reading } = this.parts
    const { epoch } = reading
    const now = clock.now()
    if (epoch === null || !limits.mayAsk('min-insync-replicas', now)) return false
    if (epoch !== this.of) this.follow(epoch)
    if (this.untold.length > 0) {
      const topics = this.untold.map(denied)
      this.untold = []
      await reading.apply({ kind: 'min-isr', of: epoch, sentAt: now, topics })
    }
    const due = this.due(epoch, now)
    const lane = pool.inTurn(this.turn, reading.metadata.stale)
    if (due.length === 0 || lane === undefined) return false
    this.turn += 1
    const again = this.againMs()
    for (const topic of due) this.dueAt[topic] = now + again
    const { topicNames } = epoch.reading.topology
    const resources = due.map((topic) => ({ type: 'topic' as const, name: topicNames[topic]! }))
    try {
      const { value } = await lane.ask('configs', (link, timeoutMs) =>
        link.configs(
          resources,
          [MIN_ISR, UNCLEAN, THROTTLED_FOLLOWERS, THROTTLED_LEADERS, ...RETENTION_KEYS],
          timeoutMs,
        ),
      )
      this.noteRefused(value)
      if (this.of === epoch) await this.write(epoch, due, value, now)
      else this.askAgain(resources.map(({ name }) => name))
      return true
    } catch (error) {
      const reason = limitReason(error)
      if (reason !== null) limits.turnOff('min-insync-replicas', reason, now)
      // Asked again when the next tick starts the pump, by another broker.
      for (const topic of due) this.dueAt[topic] = Number.NaN
      return false
    }
  }

  /**
   * A new topology: settings that were carried over stay and are as old as they were, or they would never be read where topics come and go
   * all the time. Topics without one are due at once.
   */
  private follow(epoch: TopologyEpoch): void {
    const { minInSyncReplicas, topology } = epoch.reading
    const before = this.of === null ? null : topicRows(this.of.reading.topology)
    const { dueAt } = this
    const since = (name: string): number => dueAt[before?.get(name) ?? -1] ?? Number.NaN
    this.dueAt = Float64Array.from(topology.topicNames, (name, topic) =>
      minInSyncReplicas[topic] === -1 ? Number.NaN : since(name),
    )
    this.keepRefused(this.of?.reading.topology ?? null, epoch)
    this.of = epoch
  }

  /** A topic that was made anew is another one, and has not been refused. Of the others it is told again where the answer came between two topologies. */
  private keepRefused(
    before: Topology | null,
    { reading: { minInSyncReplicasSource, topology } }: TopologyEpoch,
  ): void {
    const { limits } = this.parts
    const rows = topicRows(topology)
    const isSame = (name: string): boolean => {
      const row = rows.get(name)
      const old = before === null ? undefined : topicRows(before).get(name)
      if (row === undefined || before === null || old === undefined) return false
      return sameTopicId(topology.topicIds, row, before.topicIds, old)
    }
    limits.keep('min-insync-replicas', (name) => name === '' || isSame(name))
    this.untold = limits
      .refused('min-insync-replicas')
      .flatMap((name) => rows.get(name) ?? [])
      .filter((topic) => minInSyncReplicasSource[topic] !== SOURCE_DENIED)
  }

  /** The answer came for an epoch that is over. */
  private askAgain(names: readonly string[]): void {
    if (this.of === null) return
    const rows = topicRows(this.of.reading.topology)
    for (const name of names) {
      const topic = rows.get(name)
      if (topic !== undefined) this.dueAt[topic] = Number.NaN
    }
  }

  private due({ reading }: TopologyEpoch, now: number): number[] {
    const due: number[] = []
    const { topicNames } = reading.topology
    for (let topic = 0; topic < this.dueAt.length && due.length < TOPICS_PER_REQUEST; topic += 1) {
      if (now < this.dueAt[topic]!) continue
      if (this.parts.limits.mayAsk('min-insync-replicas', now, topicNames[topic])) due.push(topic)
    }
    return due
  }

  private againMs(): number {
    return Math.min(READ_AGAIN_MS, Math.max(READ_AGAIN_AT_BEST_MS, (this.dueAt.length / TOPICS_PER_REQUEST) * 1_000))
  }

  private async write(
    of: TopologyEpoch,
    due: readonly number[],
    answers: readonly ConfigAnswer[],
    sentAt: number,
  ): Promise<void> {
    const { reading } = this.parts
    const byName = new Map(answers.map((answer) => [answer.name, answer]))
    const topics: TopicMinIsr[] = []
    for (const topic of due) {
      const answer = byName.get(of.reading.topology.topicNames[topic]!)
      if (answer === undefined) continue
      if (isAuthorizationError(answer.error)) topics.push(denied(topic))
      const entry = answer.entries.find((other) => other.name === MIN_ISR)
      if (answer.error !== 0) continue
      const value = entry === undefined ? -1 : minInSyncReplicasOf(entry.value)
      topics.push({
        topic,
        value,
        source: entry === undefined || value < 0 ? SOURCE_UNKNOWN : entry.source,
        unclean: uncleanOf(answer.entries),
        throttles: throttlesOf(answer.entries),
        retention: this.retentions.of(answer.entries),
      })
    }
    const { taken } = await reading.apply({ kind: 'min-isr', of, sentAt, topics })
    if (!taken) this.askAgain(answers.map(({ name }) => name))
  }

  /** Each topic by itself: others may be readable, so asking goes on. */
  private noteRefused(answers: readonly ConfigAnswer[]): void {
    const { clock, limits } = this.parts
    limits.turnOn('min-insync-replicas')
    for (const { name, error, entries } of answers) {
      if (isAuthorizationError(error)) limits.turnOff('min-insync-replicas', 'not-authorized', clock.now(), name)
      else if (error !== 0) continue
      else if (entries.some((entry) => entry.name === MIN_ISR)) limits.turnOn('min-insync-replicas', name)
      // Every Kafka has it; where a vendor has none, what acks=all means there is not known.
      else limits.turnOff('min-insync-replicas', 'unsupported', clock.now(), name)
    }
  }
}
