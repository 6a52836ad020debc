import { SOURCE_DENIED, SOURCE_UNKNOWN } from '../../contract/config'
import type { ThrottledReplicas } from '../../domain/answers/throttle'
import { minInSyncReplicasOf } from '../../domain/state/min-isr'
import { topicRows } from '../../domain/topology/topology'
import { UNCLEAN_OFF, UNCLEAN_ON, UNCLEAN_UNTOLD } from '../../domain/topology/reading'
import type { ConfigAnswer } from '../../ports/cluster-port'
import type { TopicMinIsr, TopologyEpoch } from '../reading/answers'
import type { PollParts } from '../poll/tick'
import { limitReason } from '../poll/limits'
import { isAuthorizationError } from '../../shared/kafka-codes'

const TOPICS_PER_REQUEST = 200
const READ_AGAIN_MS = 30_000
const READ_AGAIN_AT_BEST_MS = 5_000
/** A right may be granted while we run. */
const REFUSED_AGAIN_MS = 60_000
export const MIN_ISR = 'min.insync.replicas'
export const UNCLEAN = 'unclean.leader.election.enable'
const FOLLOWERS = 'follower.replication.throttled.replicas'
const LEADERS = 'leader.replication.throttled.replicas'

/** unclean.leader.election.enable among the settings of a topic, as `Reading.uncleanElection` has it. */
export function uncleanOf(entries: ConfigAnswer['entries']): number {
  const value = entries.find(({ name }) => name === UNCLEAN)?.value
  if (value === 'true') return UNCLEAN_ON
  return value === 'false' ? UNCLEAN_OFF : UNCLEAN_UNTOLD
}

/**
 * Reads what replication needs of every topic: min.insync.replicas, unclean.leader.election.enable and the throttle lists. New topics at once, the others in turn: every 5 s where one
 * request covers them, up to every 30 s, about one request a second. One batch under way at a time.
 */
export class TopicSettings {
  private readonly listed = new Map<string, ThrottledReplicas>()
  /** When to ask again, by topic row; NaN = at once. */
  private dueAt = new Float64Array(0)
  private of: TopologyEpoch | null = null
  private busy = false
  private turn = 0

  constructor(private readonly parts: PollParts) {}

  /** Topics that list throttled replicas, by name; a rate on the broker makes them act. */
  get throttles(): ReadonlyMap<string, ThrottledReplicas> {
    return this.listed
  }

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
    const due = this.due(now)
    const lanes = pool.answering()
    const lane = lanes[this.turn % Math.max(1, lanes.length)]
    if (due.length === 0 || lane === undefined) return false
    this.turn += 1
    const again = this.againMs()
    for (const topic of due) this.dueAt[topic] = now + again
    const { topicNames } = epoch.reading.topology
    const resources = due.map((topic) => ({ type: 'topic' as const, name: topicNames[topic]! }))
    try {
      const { value } = await lane.ask('configs', (link, timeoutMs) =>
        link.configs(resources, [MIN_ISR, UNCLEAN, FOLLOWERS, LEADERS], timeoutMs),
      )
      if (this.of === epoch) await this.write(epoch, due, value)
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
    this.of = epoch
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

  private due(now: number): number[] {
    const due: number[] = []
    for (let topic = 0; topic < this.dueAt.length && due.length < TOPICS_PER_REQUEST; topic += 1) {
      if (!(now < this.dueAt[topic]!)) due.push(topic)
    }
    return due
  }

  private againMs(): number {
    return Math.min(READ_AGAIN_MS, Math.max(READ_AGAIN_AT_BEST_MS, (this.dueAt.length / TOPICS_PER_REQUEST) * 1_000))
  }

  private async write(of: TopologyEpoch, due: readonly number[], answers: readonly ConfigAnswer[]): Promise<void> {
    const { limits, clock, reading } = this.parts
    const byName = new Map(answers.map((answer) => [answer.name, answer]))
    const topics: TopicMinIsr[] = []
    for (const topic of due) {
      const answer = byName.get(of.reading.topology.topicNames[topic]!)
      if (answer === undefined) continue
      if (isAuthorizationError(answer.error)) {
        // Of this topic: others may be readable, so asking goes on.
        limits.note('min-insync-replicas', 'not-authorized', clock.now())
        this.dueAt[topic] = clock.now() + REFUSED_AGAIN_MS
        topics.push({ topic, value: -1, source: SOURCE_DENIED, unclean: UNCLEAN_UNTOLD })
      }
      const entry = answer.entries.find((other) => other.name === MIN_ISR)
      if (answer.error === 0) this.noteThrottle(answer)
      if (answer.error !== 0 || entry === undefined) continue
      const value = minInSyncReplicasOf(entry.value)
      topics.push({
        topic,
        value,
        source: value < 0 ? SOURCE_UNKNOWN : entry.source,
        unclean: uncleanOf(answer.entries),
      })
    }
    const { taken } = await reading.apply({ kind: 'min-isr', of, topics })
    if (!taken) this.askAgain(answers.map(({ name }) => name))
  }

  private noteThrottle({ name, entries }: ConfigAnswer): void {
    const valueOf = (key: string): string => entries.find((entry) => entry.name === key)?.value ?? ''
    const followers = valueOf(FOLLOWERS)
    const leaders = valueOf(LEADERS)
    if (followers === '' && leaders === '') this.listed.delete(name)
    else this.listed.set(name, { followers, leaders })
  }
}
