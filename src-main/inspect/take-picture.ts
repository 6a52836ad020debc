import { REPLICA_IN_SYNC } from '../domain/topology/columns'
import { holdersOf } from '../domain/topology/broker-index'
import { SOURCE_UNKNOWN } from '../contract/config'
import { UNREAD_SETTINGS } from '../domain/topology/reading'
import type { BrokerFacts, ClusterSettings, Reading } from '../domain/topology/reading'
import { minInSyncReplicasOf } from '../domain/state/min-isr'
import { runWhole } from '../domain/slices'
import { PortError, type BrokerLink, type ClusterPort, type ConfigAnswer } from '../ports/cluster-port'
import type { Clock } from '../ports/clock'
import { guessVersion, isZooKeeperMode, lowestVersion } from '../monitor/facts/kafka-version'
import { MIN_ISR, UNCLEAN, uncleanOf } from '../monitor/facts/topic-settings'
import { silenceOf } from '../monitor/poll/lane-timing'
import { questionsPass, type Question } from '../monitor/poll/questions'
import type { TopicMinIsr, TopologyEpoch } from '../monitor/reading/answers'
import { ClusterReading } from '../monitor/reading/cluster-reading'

const ROWS_PER_REQUEST = 5_000
const TOPICS_PER_REQUEST = 500

export interface WholePicture {
  readonly clusterId: string | null
  readonly reading: Reading
  readonly facts: ReadonlyMap<number, BrokerFacts>
  /** Why each broker that does not answer does not. */
  readonly failures: ReadonlyMap<number, PortError>
  readonly settings: ClusterSettings
  /** An ISR is short, and nobody told whether replicas are being moved: by the plain rule each one that is out is missing. */
  readonly movesUnknown: boolean
  /** When Metadata came. */
  readonly takenAt: number
  /** Between the first LEO question sent and the last answer. NaN = none came. */
  readonly spreadMs: number
}

export interface PictureOptions {
  readonly clock: Clock
  /** Per step: opening, connecting, each round of questions. */
  readonly timeoutMs: number
  /** Without it, states that need min.insync.replicas are left out; for comparisons with plain sockets. */
  readonly minInSyncReplicas: boolean
}

/** One round trip's share of the picture: what a link is asked, and where the answer goes. */
class Taking {
  firstSentAt = Number.NaN
  lastReadAt = Number.NaN
  movesUnknown = false
  readonly links = new Map<number, BrokerLink>()
  readonly facts = new Map<number, BrokerFacts>()
  readonly failures = new Map<number, PortError>()

  constructor(
    private readonly options: PictureOptions,
    private readonly writer: ClusterReading,
    private readonly epoch: TopologyEpoch,
  ) {}

  private get reading(): Reading {
    return this.epoch.reading
  }

  async connect(port: ClusterPort): Promise<void> {
    const { clock, timeoutMs } = this.options
    await Promise.all(
      this.reading.brokers.map(async (address) => {
        const link = port.link(address)
        const sentAt = clock.now()
        try {
          await link.connect(timeoutMs)
          this.links.set(address.id, link)
          this.facts.set(address.id, {
            id: address.id,
            answers: 'yes',
            answersSince: clock.now(),
            silence: '',
            answeredFrom: clock.now(),
            neverAnswered: false,
            heardAt: Number.NaN,
            hearingAskedAt: Number.NaN,
            returning: false,
            leadsTo: '',
            latencyMs: clock.now() - sentAt,
          })
        } catch (error) {
          this.silent(address.id, error)
        }
      }),
    )
  }

  /** All chunks of a question at once: a broker answers a connection's requests in order. */
  async offsets(what: 'log-end' | 'high-watermark', questions: readonly Question[]): Promise<void> {
    const { clock, timeoutMs } = this.options
    await Promise.all(
      questions.map(async (question) => {
        const link = this.links.get(question.broker)
        if (link === undefined) return
        const total = question.replicaRows.length
        const starts = Array.from({ length: Math.ceil(total / ROWS_PER_REQUEST) }, (_, i) => i * ROWS_PER_REQUEST)
        try {
          await Promise.all(
            starts.map(async (from) => {
              const sentAt = clock.now()
              const answer = await link.offsets(
                { what, rows: question.rows, from, to: Math.min(total, from + ROWS_PER_REQUEST) },
                timeoutMs,
              )
              const readAt = clock.now()
              if (what === 'log-end') {
                if (!(this.firstSentAt <= sentAt)) this.firstSentAt = sentAt
                this.lastReadAt = readAt
              }
              await this.writer.apply({
                kind: what === 'log-end' ? 'log-ends' : 'high-watermarks',
                of: this.epoch,
                broker: question.broker,
                replicaRows: question.replicaRows.subarray(from, from + answer.offset.length),
                offsets: answer,
                sentAt,
                readAt,
              })
            }),
          )
        } catch (error) {
          this.silent(question.broker, error)
        }
      }),
    )
  }

  async minimums(): Promise<void> {
    const { topicNames } = this.reading.topology
    const links = [...this.links.values()]
    const batches = Array.from(
      { length: Math.ceil(topicNames.length / TOPICS_PER_REQUEST) },
      (_, i) => i * TOPICS_PER_REQUEST,
    )
    await Promise.all(
      batches.map(async (from, i) => {
        const link = links[i % Math.max(1, links.length)]
        if (link === undefined) return
        const resources = topicNames
          .slice(from, from + TOPICS_PER_REQUEST)
          .map((name) => ({ type: 'topic' as const, name }))
        const sentAt = this.options.clock.now()
        // What cannot be read stays unknown; everything else is still worth having.
        const answers = await link
          .configs(resources, [MIN_ISR, UNCLEAN], this.options.timeoutMs)
          .catch((): readonly ConfigAnswer[] => [])
        const byName = new Map(answers.map((answer) => [answer.name, answer]))
        const topics: TopicMinIsr[] = []
        resources.forEach(({ name }, at) => {
          const entries = byName.get(name)?.entries ?? []
          const entry = entries.find((one) => one.name === MIN_ISR)
          if (entry === undefined) return
          const value = minInSyncReplicasOf(entry.value)
          topics.push({
            topic: from + at,
            value,
            source: value < 0 ? SOURCE_UNKNOWN : entry.source,
            unclean: uncleanOf(entries),
            throttles: null,
            retention: null,
          })
        })
        await this.writer.apply({ kind: 'min-isr', of: this.epoch, sentAt, topics })
      }),
    )
  }

  /** Only where an ISR is short: what is being added is not missing. Without an answer the plain rule stands. */
  async moves(controller: number): Promise<void> {
    const { replicaFlags } = this.reading
    if (replicaFlags.every((flags) => (flags & REPLICA_IN_SYNC) !== 0)) return
    const links = [...this.links.values()]
    // In ZooKeeper mode nobody else knows, and Metadata names the true controller.
    const link =
      links.find((one) => isZooKeeperMode(one.versions ?? new Map()) && one.address.id === controller) ?? links[0]
    const { clock, timeoutMs } = this.options
    const sentAt = clock.now()
    const answer = await link?.reassignments(timeoutMs).catch(() => null)
    this.movesUnknown = answer === undefined || answer === null
    if (answer !== undefined && answer !== null)
      await this.writer.apply({ kind: 'reassignments', moves: answer.partitions, sentAt, readAt: clock.now() })
  }

  end(): void {
    for (const link of this.links.values()) link.giveUp('the picture is taken')
  }

  private silent(id: number, error: unknown): void {
    if (error instanceof PortError) this.failures.set(id, error)
    if (error instanceof PortError && error.kind === 'kafka') return
    const silence = (error instanceof PortError && silenceOf(error.kind)) || 'protocol'
    this.links.get(id)?.giveUp(silence)
    this.links.delete(id)
    const leadsTo = error instanceof PortError ? error.leadsTo : ''
    const answersSince = this.options.clock.now()
    this.facts.set(id, {
      id,
      answers: 'no',
      answersSince,
      silence,
      answeredFrom: this.facts.get(id)?.answeredFrom ?? Number.NaN,
      neverAnswered: !this.links.has(id),
      heardAt: Number.NaN,
      hearingAskedAt: Number.NaN,
      returning: false,
      leadsTo,
      latencyMs: Number.NaN,
    })
  }
}

/**
 * Metadata, every replica's LEO and every partition's HW, once: followers first, then leaders, so that a lag is an upper bound. A broker that does not
 * answer within the timeout costs its own figures. Rejects with a PortError when no broker answers Metadata. Closes no port.
 */
export async function takePicture(port: ClusterPort, options: PictureOptions): Promise<WholePicture> {
  const { clock } = options
  const sentAt = clock.now()
  const meta = await port.open(options.timeoutMs)
  const writer = new ClusterReading(clock)
  await writer.apply({ kind: 'metadata', answers: [{ broker: -1, meta, sentAt, readAt: clock.now() }] })
  const { epoch } = writer
  if (epoch === null) throw new PortError('unreachable', 'protocol', 'the broker that answered knows no broker yet')
  const { reading } = epoch
  const { topology } = reading
  const taking = new Taking(options, writer, epoch)
  const all = Uint32Array.from(topology.partition, (_, row) => row)
  const questions = (which: 'followers' | 'leaders'): readonly Question[] =>
    runWhole(questionsPass(which, topology, holdersOf(topology), reading.leader, all))
  try {
    await taking.connect(port)
    const minimums = options.minInSyncReplicas ? taking.minimums() : Promise.resolve()
    await taking.offsets('log-end', questions('followers'))
    const leaders = questions('leaders')
    // The high watermark first: a broker answers in order, so a leader's is never above its log end here.
    await Promise.all([
      taking.offsets('high-watermark', leaders),
      taking.offsets('log-end', leaders),
      minimums,
      taking.moves(meta.controllerId),
    ])
    await writer.apply({ kind: 'round-over', of: epoch, rows: all })
    const version = lowestVersion([...taking.links.values()].map((link) => guessVersion(link.versions, link.features)))
    return {
      clusterId: meta.clusterId,
      reading,
      facts: taking.facts,
      failures: taking.failures,
      settings: { ...UNREAD_SETTINGS, version },
      movesUnknown: taking.movesUnknown,
      takenAt: reading.metadataAt,
      spreadMs: taking.lastReadAt - taking.firstSentAt,
    }
  } finally {
    taking.end()
  }
}
