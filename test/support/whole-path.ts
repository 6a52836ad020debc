/**
 * The whole path on brokers of one kind: the picture, the settings, a follower that goes and comes back, leaders that are moved back, a guarded change and its
 * undo. It is taken as the app takes it, and all of it is held against the brokers' own word and that of the Java client of their release.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldChange } from '../../src-main/change/book/fold'
import type { ChangeEvent } from '../../src-main/contract/change'
import type { SentFrame } from '../../src-main/contract/frame'
import { findPartition, findReplica } from '../../src-main/domain/topology/topology'
import type { Reading } from '../../src-main/domain/topology/reading'
import { createJournal } from '../../src-main/history/journal'
import { takePicture } from '../../src-main/inspect/take-picture'
import { toJson } from '../../src-main/inspect/to-json'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { guessVersion } from '../../src-main/monitor/facts/kafka-version'
import type { BrokerLink } from '../../src-main/ports/cluster-port'
import { createClock } from '../../src-main/ports/clock'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { AT_MIN_ISR, HEALTHY, OFFLINE } from '../../src-main/shared/states'
import { healthy, startWitness, until, writeRecords } from '../../tools/sandbox'
import type { Furniture, Sandbox, Witness } from '../../tools/sandbox'
import { RELEASES, type ReleaseName } from '../../tools/sandbox/releases'
import { changeSteps, must, on, set } from './change-steps'
import { endings } from './endings'
import { allTold, askEverything } from './every-question'
import { KAFKA_KINDS } from './kafka-kinds'
import { electionPlan } from './plan-kinds'
import { openRealChanges } from './real-changes'
import type { RealChanges } from './real-changes'
import { isrText } from './truth-recorder'

const ORDERS = 'path.orders'
const ALONE = 'path.alone'
const furniture: Furniture = {
  steadyTraffic: false,
  topics: [
    {
      name: ORDERS,
      assignment: [
        [1, 2, 3],
        [2, 3, 1],
        [3, 1, 2],
      ],
      configs: { 'min.insync.replicas': '2' },
    },
    { name: ALONE, assignment: [[1], [2], [3]], configs: {} },
  ],
}
/** By partition of both topics. */
const RECORDS = [40, 25, 10]
const PARTITIONS = 6
const REPLICAS = 12
/** Of one broker. */
const REPLICAS_EACH = 4
const WELL_MS = 20_000
const SEEN_MS = 90_000
/** ConfigEntry.ConfigSource as DescribeConfigs numbers it. */
const SOURCES: Readonly<Record<string, number>> = {
  DYNAMIC_TOPIC_CONFIG: 1,
  DYNAMIC_BROKER_CONFIG: 2,
  DYNAMIC_DEFAULT_BROKER_CONFIG: 3,
  STATIC_BROKER_CONFIG: 4,
  DEFAULT_CONFIG: 5,
}

interface Compared {
  readonly partitions: number
  readonly logEndOffsets: number
}

/** Value and source by name. */
const told = (
  values: readonly { readonly name: string; readonly value: string | null; readonly source: number }[],
): Readonly<Record<string, readonly [value: string | null, source: number]>> =>
  Object.fromEntries(values.map(({ name, value, source }) => [name, [value, source]]))
const sameNames = (a: readonly string[], b: readonly string[]): boolean => [...a].sort().join() === [...b].sort().join()

const minorOf = (version: string): string => version.replace(/\.\d+$/, '')

/** The tests of one kind of cluster; `start` makes it or lends it. For use inside a `describe` of its own. */
export function wholePath(name: ReleaseName, start: (given: Furniture) => Promise<Sandbox>): void {
  const kind = KAFKA_KINDS[name]
  // Rules are those of the oldest broker.
  const oldest = minorOf(RELEASES[name][0])
  const opened = endings()
  const report: string[] = []
  let sandbox: Sandbox
  let witness: Witness
  let real: RealChanges
  /** Of the journal. */
  let file: string
  const steps = changeSteps(() => real)

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'highwater-path-'))
    opened.add(() => rmSync(folder, { recursive: true, force: true }))
    file = join(folder, 'highwater.db')
    const from = Date.now()
    sandbox = await start(furniture)
    opened.add(() => sandbox.close())
    const { cluster } = sandbox
    report.push(`three brokers and topics in sync after ${Date.now() - from} ms`)
    const records = [ORDERS, ALONE].flatMap((topic) =>
      RECORDS.map((count, partition) => writeRecords(cluster, { topic, partition, count })),
    )
    await Promise.all([
      ...records,
      startWitness(cluster).then((one) => {
        witness = one
        opened.add(() => one.close())
      }),
      openRealChanges(cluster.bootstrap, { file }).then((one) => {
        real = one
        opened.add(() => one.close())
      }),
    ])
  })

  afterAll(async () => {
    process.stdout.write(report.map((line) => `  ${name}: ${line}\n`).join(''))
    await opened.all()
  })

  function frame(): SentFrame {
    const now = real.session.frame()
    if (now === null) throw new Error('no picture yet')
    return now
  }

  const shows = (what: string, holds: () => boolean): Promise<true> =>
    until(`our picture to show ${what}`, SEEN_MS, () => holds() || null, 20)
  const count = (state: number): number => frame().summary.counts[state] ?? 0

  const wordOf = ({ topology, leader, replicaFlags }: Reading, row: number): string => {
    const replicas = Array.from(
      topology.replicaBroker.slice(topology.replicaStart[row], topology.replicaStart[row + 1]),
    )
    return `leader ${leader[row]} replicas ${replicas.join()} ISR ${isrText(topology, replicaFlags, row)}`
  }

  /** Nobody writes, so the newest reading and the brokers' own word have to be equal. Throws where they differ. */
  async function compare(): Promise<Compared> {
    const rows = await witness.describeTopics()
    const ours = new Set(sandbox.topics.map((topic) => topic.name))
    const ends = (await witness.replicaLogEndOffsets()).filter(({ topic }) => ours.has(topic))
    if (!(await real.session.inside.freshReading(WELL_MS))) throw new Error('no fresh reading')
    const reading = real.session.inside.reading()!
    const { topology, logEndOffset } = reading
    const differences = rows.flatMap(({ topic, partition, leader, replicas, isr }) => {
      const row = findPartition(topology, topic, partition)
      const word = `leader ${leader} replicas ${replicas.join()} ISR ${[...isr].sort((a, b) => a - b).join('+')}`
      const said = row < 0 ? 'not there' : wordOf(reading, row)
      return said === word ? [] : [`${topic}-${partition}: brokers say ${word}; we say ${said}`]
    })
    if (topology.partition.length !== rows.length)
      differences.push(`brokers have ${rows.length} partitions, we ${topology.partition.length}`)
    for (const { topic, partition, broker, logEndOffset: end } of ends) {
      const said = logEndOffset[findReplica(topology, findPartition(topology, topic, partition), broker)]
      if (said !== end) differences.push(`${topic}-${partition} on ${broker}: LEO ${end}; we say ${said ?? 'nothing'}`)
    }
    if (differences.length > 0) throw new Error(differences.join('; '))
    return { partitions: rows.filter(({ topic }) => ours.has(topic)).length, logEndOffsets: ends.length }
  }
  const agreed = (when: string): Promise<Compared> =>
    until(`our picture and the brokers' word to agree ${when}`, SEEN_MS, compare, 250)

  async function linkTo(id: number): Promise<BrokerLink> {
    const link = real.session.inside.link(id)
    if (link === null) throw new Error(`broker ${id} is not listed`)
    await link.connect(WELL_MS)
    return link
  }

  it('shows every partition, leader, ISR and log end as the brokers have them', async () => {
    expect(await agreed('in health')).toEqual({ partitions: PARTITIONS, logEndOffsets: REPLICAS })
    await shows('all of it healthy', () => count(HEALTHY) === PARTITIONS)
    // The command line reads by itself, and high watermarks too.
    const bootstrap = must(parseBootstrap(sandbox.cluster.bootstrap.split(',')))
    const port = createClusterClient({ bootstrap, tls: null, sasl: null })
    const clock = createClock()
    const picture = await takePicture(port, { clock, timeoutMs: WELL_MS, minInSyncReplicas: true })
    await port.close()
    expect(toJson(picture, clock.now()).verdict).toBe('healthy')
    const marks = await witness.highWatermarks()
    const { topology, highWatermark } = picture.reading
    expect(marks.length).toBe(topology.partition.length)
    for (const { topic, partition, highWatermark: mark } of marks)
      expect(highWatermark[findPartition(topology, topic, partition)], `${topic}-${partition}`).toBe(mark)
    report.push(`${PARTITIONS} leaders and ISRs, ${REPLICAS} LEOs, ${marks.length} HWs: equal`)
  })

  it('says which Kafka it is, and does not know what that Kafka does not tell', async () => {
    const { quorum, controller, voters, kafkaVersion, limits } = await until('the quorum to be told', SEEN_MS, () => {
      const { summary } = frame()
      return summary.quorum === 'unknown' ? null : summary
    })
    expect({ kafkaVersion, limits }).toEqual({ kafkaVersion: oldest, limits: [] })
    const view = await sandbox.admin.view()
    const apart = sandbox.cluster.controllers().map(({ id }) => id)
    const members = apart.length > 0 ? apart : view.brokers
    if (kind.zookeeper)
      expect({ quorum, controller, voters }).toEqual({ quorum: 'none', controller: view.controllerId, voters: null })
    else
      expect({ quorum, voters }).toEqual({ quorum: 'leads', voters: { live: members.length, total: members.length } })
    expect(kind.zookeeper ? view.brokers : members).toContain(controller)
    expect(real.session.inside.elr()).toBe(kind.elr)
    for (const [at, version] of RELEASES[name].entries()) {
      const link = await linkTo(at + 1)
      expect(guessVersion(link.versions, link.features)?.join('.')).toBe(minorOf(version))
      const metadata = await link.metadata(null, WELL_MS)
      expect(Number.isNaN(metadata.metadataOffset)).toBe(kind.zookeeper)
      expect(metadata.topicIds.every((word) => word === 0)).toBe(false)
      link.giveUp('read')
    }
    report.push(`Kafka ${kafkaVersion}, controller ${controller}, quorum ${quorum}, ELR ${kind.elr ? 'on' : 'off'}`)
  })

  it('has an answer to each of its questions from every broker, or knows that it cannot be asked', async () => {
    const { controller } = frame().summary
    for (const { id } of sandbox.cluster.brokers()) {
      const link = await linkTo(id)
      // With ZooKeeper nobody hands this one on to the controller.
      const elsewhere =
        kind.zookeeper && id !== controller
          ? { reassignments: expect.stringContaining('NOT_CONTROLLER') as string }
          : {}
      expect(await askEverything(link, ORDERS)).toEqual({ ...allTold(kind.unknown), ...elsewhere })
      expect(await link.sample(ORDERS, 0, 0, 1_000_000, WELL_MS)).toMatchObject({ records: RECORDS[0], withoutKey: 0 })
      link.giveUp('read')
    }
  })

  it('reads every setting of a topic, with where it comes from, as each release tells it', async () => {
    const page = must(await real.configs.topic({ cluster: 'real', topic: ORDERS, again: true }))
    const asked = new Map(RELEASES[name].map((version, at) => [version, at + 1] as const))
    for (const [version, broker] of asked) {
      const link = await linkTo(broker)
      const [answer] = await link.configs([{ type: 'topic', name: ORDERS }], null, WELL_MS, { synonyms: true })
      link.giveUp('read')
      const ours = told(answer!.entries)
      if (RELEASES[name][page.broker - 1] === version) expect(told(page.values)).toEqual(ours)
      // Not every release has every setting, and the Java client asks whichever broker it likes.
      const word = await until(`the Java client to ask a broker of ${version}`, SEEN_MS, async () => {
        const rows = await witness.topicSettings(ORDERS)
        const isOfRelease =
          asked.size === 1 ||
          sameNames(
            rows.map(({ key }) => key),
            Object.keys(ours),
          )
        return isOfRelease
          ? Object.fromEntries(rows.map(({ key, value, source }) => [key, [value, SOURCES[source]]]))
          : null
      })
      expect(ours).toEqual(word)
      report.push(`${Object.keys(ours).length} settings of a topic with their sources by ${version}: equal`)
    }
  })

  it('sees a follower stop and leave the ISRs, and come back', async () => {
    const { controller } = frame().summary
    const gone = [3, 2].find((id) => id !== controller)!
    const from = Date.now()
    await sandbox.cluster.freeze(gone)
    try {
      await shows('that it does not answer', () => real.session.inside.facts().get(gone)?.answers === 'no')
      const silent = Date.now() - from
      // Two of three with a minimum of two, and the one that was alone there.
      await shows('the ISRs without it', () => count(AT_MIN_ISR) === 3 && count(OFFLINE) === 1)
      report.push(`broker ${gone} frozen: silent after ${silent} ms, out of the ISRs after ${Date.now() - from} ms`)
      expect(await agreed('without it')).toEqual({
        partitions: PARTITIONS,
        logEndOffsets: REPLICAS - REPLICAS_EACH,
      })
      const { kafkaVersion, limits } = frame().summary
      expect({ kafkaVersion, limits }).toEqual({ kafkaVersion: oldest, limits: [] })
    } finally {
      await sandbox.cluster.thaw(gone)
    }
    const thawed = Date.now()
    await until('every replica to be back', SEEN_MS, () => healthy(sandbox.cluster, sandbox.admin, sandbox.topics))
    await shows('all healthy again', () => count(HEALTHY) === PARTITIONS)
    report.push(`thawed: all healthy again after ${Date.now() - thawed} ms`)
    expect(await agreed('with all of them back')).toEqual({ partitions: PARTITIONS, logEndOffsets: REPLICAS })
  })

  it('moves leaders back to their preferred replicas', async () => {
    const id = steps.drafted({ kind: 'election', partitions: [{ topic: ORDERS, partitions: [0, 1, 2] }] })
    const astray = await until('the plan to see who leads', SEEN_MS, async () => {
      const { partitions } = electionPlan(must(await real.changes.plan(id)))
      const moving = partitions.filter(({ fate }) => fate === 'moves')
      return moving.length > 0 ? moving : null
    })
    const { needs } = steps.view(id)
    must(real.changes.confirm({ id, ticks: needs!.ticks, typed: needs!.phrase, reason: needs!.reason ? 'test' : '' }))
    must(await real.changes.apply(id))
    const { results } = await steps.rested(id, ['verified'])
    expect(results.map(({ outcome }) => outcome)).toEqual(astray.map(() => 'applied'))
    const led = await until('the brokers to tell the new leaders', SEEN_MS, async () => {
      const rows = (await witness.describeTopics()).filter(({ topic }) => topic === ORDERS)
      return rows.every(({ leader, replicas }) => leader === replicas[0]) ? rows : null
    })
    expect(led).toHaveLength(3)
    report.push(`${astray.length} leader moved back`)
  })

  it('changes settings with all its guards, and takes them back exactly', async () => {
    const { admin } = sandbox
    const before = await admin.overrides(ORDERS)
    const draft = on([ORDERS], set('min.insync.replicas', '1'), set('retention.ms', '86400000'))
    const change = await steps.applied(draft, ['verified'])
    expect(change.plan!.effects.length).toBeGreaterThan(0)
    expect(change.verification).toMatchObject({ outcome: 'verified', ofBrokers: 3, differences: [] })
    expect(await admin.overrides(ORDERS)).toEqual({ 'min.insync.replicas': '1', 'retention.ms': '86400000' })
    const word = await witness.topicSettings(ORDERS)
    for (const [key, value] of [
      ['min.insync.replicas', '1'],
      ['retention.ms', '86400000'],
    ])
      expect(word.find((one) => one.key === key)).toEqual({ key, value, source: 'DYNAMIC_TOPIC_CONFIG' })

    const undo = must(await real.changes.undo({ id: change.id, cluster: 'real' }))
    const validated = must(await real.changes.validate(undo.id))
    expect(validated.validation!.refusals).toEqual([])
    const { ticks, phrase, reason } = validated.needs!
    must(real.changes.confirm({ id: undo.id, ticks, typed: phrase, reason: reason ? 'test' : '' }))
    must(await real.changes.apply(undo.id))
    await steps.rested(undo.id, ['verified'])
    await steps.rested(change.id, ['undone'])
    expect(await admin.overrides(ORDERS)).toEqual(before)
    report.push(
      `min.insync.replicas and retention.ms: effects ${change.plan!.effects.map(({ id }) => id).join(', ')}; verified at ${change.verification!.brokers.length} brokers, taken back exactly`,
    )

    // What a later start reads from the disk.
    const lines = { change: steps.lines(change.id), undo: steps.lines(undo.id) }
    const clusterId = real.session.inside.clusterId()
    await real.close()
    const store = openStoreFile(file, Date.now(), (cause) => {
      throw cause
    })
    opened.add(() => store.close())
    const journal = createJournal(store.db, { durable: true, now: () => Date.now(), prove: () => store.prove() })
    const kept = journal.rows(change.id)
    const sent: ChangeEvent['type'][] = ['applying', 'sending', 'answered', 'ended', 'verified']
    expect(lines).toEqual({ change: [...sent, 'undone'], undo: sent })
    expect(new Set(kept.map((row) => row.clusterId))).toEqual(new Set([clusterId]))
    expect(kept.flatMap(({ event }) => (event.type === 'sending' ? event.before : []))).toEqual([before])
    expect(foldChange(kept, Date.now())).toMatchObject({ state: 'undone', undoneBy: undo.id })
    expect(foldChange(journal.rows(undo.id), Date.now()).undoOf).toBe(change.id)
    report.push(`journal read back: ${kept.length} and ${journal.rows(undo.id).length} lines`)
  })
}
