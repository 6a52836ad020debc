/**
 * Each rule of a guarded change on a real cluster state that makes it speak: state made on real brokers, read and judged by the product, and
 * where it can be had the brokers' own proof that the effect is true.
 *
 * By table test only (test/unit/change/plan/guards), because no such state can be made on brokers of this version:
 * - min-isr-raise.above-rf, unclean-enable.old-kraft: brokers before 3.7 and 3.9.
 * - segment-small.too-many: brokers from 4.1 refuse segments below 1 MiB, so it takes more than 1,000 MiB in one partition.
 * - remote-storage-off, compact-unkeyed.remote: brokers refuse remote.storage.enable=true without a remote store.
 * - any rule's `unknown` for want of rights: these brokers have no authorizer.
 * - a stored key whose name a later Kafka does not know: it takes the data of an older one. Seen by hand with data of 3.9.1: 4.0.0 refuses every edit
 *   of the topic until the key is taken away, 4.4.0 hides it and refuses nothing. A segment.bytes below 1 MiB that 3.9.1 stored keeps 4.4.0 from
 *   starting. What brokers of today store and then hold against another key is tested here.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Effect } from '../../src-main/contract/change'
import type { ToldEffect } from '../support/told-effect'
import { commitOffsets, logStartOffset, startSandbox, until, writeRecords } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { endings } from '../support/endings'

const HOUR_MS = 3_600_000
const everywhere = [
  [1, 2, 3],
  [2, 3, 1],
]
const topic = (name: string, assignment: readonly (readonly number[])[], configs: Record<string, string> = {}) => ({
  name,
  assignment,
  configs,
})

const topics = [
  topic('g.plain', everywhere, { 'min.insync.replicas': '2' }),
  topic('g.raised', everywhere, { 'min.insync.replicas': '3' }),
  topic('g.pair', [[1, 3]], { 'min.insync.replicas': '2' }),
  topic('g.alone', [[1, 3]], { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' }),
  topic('g.lonely', [[3]]),
  topic('g.prefers', [[3, 1, 2]]),
  topic('g.moving', [[1, 2]], { 'follower.replication.throttled.replicas': '*' }),
  topic('g.old', [[1, 2, 3]], { 'segment.ms': '60000' }),
  topic('g.unkeyed', [[1, 2, 3]]),
  topic('g.keyed', [[1, 2, 3]]),
  topic('g.busy', [[1, 2, 3]]),
  topic('g.slow', [[1, 2, 3]], { 'max.compaction.lag.ms': '60000' }),
]

const opened = endings()
let sandbox: Sandbox
let real: RealChanges

beforeAll(async () => {
  // Retention at once instead of every five minutes, so that a plan about it can be held against what brokers then delete.
  // A frozen broker is told from a fenced one here, so it is given longer until it is fenced than Kafka's 9 s, and is not evicted before.
  const overrides = {
    'log.retention.check.interval.ms': '1000',
    'log.initial.task.delay.ms': '1000',
    'broker.session.timeout.ms': '20000',
    'replica.lag.time.max.ms': '60000',
  }
  sandbox = await startSandbox({ topics, steadyTraffic: false, overrides })
  opened.add(() => sandbox.close())
  real = await openRealChanges(sandbox.cluster.bootstrap)
  opened.add(() => real.close())
})

afterAll(opened.all)

type Settings = Readonly<Record<string, string | null>>
const effects = (name: string, settings: Settings): Promise<ReadonlyMap<string, ToldEffect>> =>
  real.effects(name, settings)
const levels = (found: ReadonlyMap<string, Effect>): Record<string, string> =>
  Object.fromEntries([...found].map(([id, { level }]) => [id, level]))
const rowsOf = (effect: Effect | undefined): string[] =>
  (effect?.rows ?? []).map((row) => `${row.topic}/${row.partition}`)

describe('on a healthy cluster', () => {
  it('min ISR: any restart, more than there are replicas, one leader alone; a loss less', async () => {
    expect(levels(await effects('g.plain', { 'min.insync.replicas': '3' }))).toMatchObject({
      'min-isr-raise.any-restart': 'warn',
      'acks.not-told': 'info',
    })
    expect(levels(await effects('g.plain', { 'min.insync.replicas': '4' }))).toMatchObject({
      'min-isr-raise.acts-as-rf': 'block',
    })
    const lowered = await effects('g.plain', { 'min.insync.replicas': '1' })
    expect(levels(lowered)).toMatchObject({ 'min-isr-one.leader-alone': 'block' })
    expect(rowsOf(lowered.get('min-isr-one.leader-alone')).sort()).toEqual(['g.plain/0', 'g.plain/1'])
    expect(
      levels(await effects('g.alone', { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' })),
    ).toMatchObject({
      'unclean-enable.safer': 'better',
      'min-isr-raise.survives-any-one': 'better',
    })
    expect(levels(await effects('g.plain', { 'unclean.leader.election.enable': 'true' }))).toMatchObject({
      'unclean-enable.may-lose': 'block',
    })
  })

  it('values against what holds now: messages, compression, times, flushing, segments, an empty policy, tombstones', async () => {
    expect(
      levels(
        await effects('g.plain', {
          'compression.type': 'zstd',
          'message.timestamp.type': 'LogAppendTime',
          'flush.messages': '10',
          'flush.ms': '50',
          'max.message.bytes': '20000000',
          'segment.ms': '60000',
          'segment.bytes': '65536',
          'cleanup.policy': '',
        }),
      ),
    ).toMatchObject({
      'compression.recompress': 'warn',
      'compression.zstd': 'warn',
      'timestamp-type.log-append': 'warn',
      'flush.messages': 'warn',
      'flush.ms': 'warn',
      'max-message-raise.large': 'warn',
      'segment-small.too-often': 'block',
      'segment-small.refused-by-broker': 'block',
      'cleanup-empty.nothing-cleaned': 'warn',
    })
    expect(
      levels(await effects('g.plain', { 'cleanup.policy': 'compact', 'delete.retention.ms': '60000' })),
    ).toMatchObject({ 'tombstones.gone-sooner': 'warn' })
    expect(levels(await effects('g.plain', { 'delete.retention.ms': '60000' }))).not.toHaveProperty(
      'tombstones.gone-sooner',
    )
    // The brokers' own word on the two they know about.
    await expect(sandbox.admin.alterTopic('g.plain', { 'segment.bytes': '65536' })).rejects.toThrow('at least 1048576')
    await sandbox.admin.alterTopic('g.plain', { 'cleanup.policy': '' })
    await sandbox.admin.alterTopic('g.plain', { 'cleanup.policy': null })
  })

  it('max.message.bytes against the largest batch that is stored', async () => {
    await writeRecords(sandbox.cluster, { topic: 'g.keyed', count: 300, bytes: 1000 })
    const smaller = await effects('g.keyed', { 'max.message.bytes': '50000' })
    expect(levels(smaller)).toMatchObject({
      'max-message-lower.larger-seen': 'block',
      'max-message-lower.below-default': 'warn',
    })
    expect(smaller.get('max-message-lower.larger-seen')?.figures['largestBytes']).toBeGreaterThan(100_000)
    expect(levels(await effects('g.keyed', { 'max.message.bytes': '500000' }))).toMatchObject({
      'max-message-lower.fits': 'info',
    })
  })

  it('compaction: stored records without key, with keys, and brokers that then drop or refuse them', async () => {
    await writeRecords(sandbox.cluster, { topic: 'g.unkeyed', count: 200, keyed: false })
    const found = (await effects('g.unkeyed', { 'cleanup.policy': 'compact' })).get('compact-unkeyed.without-key')
    expect(found?.level).toBe('block')
    expect(found?.figures).toMatchObject({ withoutKeyRecords: 200, sampledRecords: 200, shareText: '100 %' })
    expect(levels(await effects('g.keyed', { 'cleanup.policy': 'compact' }))).toMatchObject({
      'compact-unkeyed.keyed': 'warn',
      'compact-unkeyed.disk-grows': 'info',
    })
    await sandbox.admin.alterTopic('g.unkeyed', { 'cleanup.policy': 'compact' })
    await until('records without key to be refused', 60_000, () =>
      writeRecords(sandbox.cluster, { topic: 'g.unkeyed', count: 1, keyed: false }).then(
        () => null,
        () => true,
      ),
    )
    expect(levels(await effects('g.unkeyed', { 'cleanup.policy': 'compact,delete' }))).toMatchObject({
      'compact-to-delete.old-keys-go': 'warn',
    })
  })

  it('retention against real segments and a group that lags; then the brokers delete exactly that', async () => {
    // 24 batches, each a segment, from 72 to 49 hours old; 11 of them are older than 61.5 hours.
    await writeRecords(sandbox.cluster, {
      topic: 'g.old',
      count: 2400,
      firstAt: Date.now() - 72 * HOUR_MS,
      stepMs: HOUR_MS,
    })
    await commitOffsets(sandbox.cluster, 'g.behind', 'g.old', [500])
    await commitOffsets(sandbox.cluster, 'g.ahead', 'g.old', [2000])
    const retention = String(61.5 * HOUR_MS)
    const found = await effects('g.old', { 'retention.ms': retention })
    expect(found.get('retention-ms.deletes')).toMatchObject({ level: 'warn', figures: { deletableRecords: 1100 } })
    expect(found.get('retention-ms.unread')).toMatchObject({
      level: 'block',
      figures: { unreadRecords: 600, groupCount: 1, groupsText: 'g.behind' },
    })
    expect(levels(await effects('g.old', { 'retention.ms': String(HOUR_MS) }))).toMatchObject({
      'retention-ms.in-steps': 'info',
    })
    expect(levels(await effects('g.old', { 'retention.ms': String(80 * HOUR_MS) }))).toMatchObject({
      'retention-ms.nothing-now': 'info',
    })
    expect(levels(await effects('g.old', { 'retention.ms': '-1' }))).toMatchObject({ 'retention-ms.unlimited': 'info' })

    const bytes = await effects('g.old', { 'retention.bytes': '100000' })
    expect(levels(bytes)).toMatchObject({
      'retention-bytes.deletes': 'warn',
      'retention-bytes.unread': 'block',
      'retention-bytes.below-segment': 'warn',
    })
    expect(bytes.get('retention-bytes.per-partition')?.figures).toEqual(expect.objectContaining({ upToBytes: 300_000 }))

    await sandbox.admin.alterTopic('g.old', { 'retention.ms': retention })
    const [leader] = sandbox.cluster.brokers()
    await until(
      'the brokers to delete the 1,100',
      120_000,
      async () => ((await logStartOffset(leader!.port, 'g.old', 0)) === 1100 ? true : null),
      250,
    )
  })

  it('internal topics and topics of state', async () => {
    const found = await effects('__consumer_offsets', { 'cleanup.policy': 'delete' })
    expect(levels(found)).toMatchObject({
      'internal-topic.internal': 'block',
      'compact-to-delete.state-topic': 'block',
    })
  })

  it('throttles: lists without a reassignment, without a rate, with a rate below what is written', async () => {
    const lists = { 'leader.replication.throttled.replicas': '*', 'follower.replication.throttled.replicas': '*' }
    expect(levels(await effects('g.busy', lists))).toMatchObject({
      'throttle-left.no-reassignment': 'warn',
      'throttle-left.no-rate': 'info',
    })
    const flow = sandbox.traffic.start({ topic: 'g.busy', recordsPerSecond: 100, recordBytes: 1000 })
    await sandbox.admin.alterBroker(2, { 'follower.replication.throttled.rate': '100' })
    await until('the flow to be acknowledged', 60_000, () => flow.counts.acknowledged > 100 || null)
    await until('the rate to be called too slow', 60_000, async () => {
      const slow = (await effects('g.busy', lists)).get('throttle-left.too-slow')
      return (slow?.level === 'warn' && slow.figures['lowestBytes'] === 100) || null
    })
    flow.stop()
    await sandbox.admin.alterBroker(2, { 'follower.replication.throttled.rate': null })
    expect(levels(await effects('g.moving', { 'follower.replication.throttled.replicas': null }))).toMatchObject({
      'throttle-left.removed': 'better',
    })
  })

  it('preferred leaders: what moves and what leads already', async () => {
    await sandbox.admin.reassign([{ topic: 'g.busy', partition: 0, replicas: [3, 2, 1] }])
    // A plan on a busy machine may stand on the reading before.
    const plan = await until('the new order to be read', 60_000, async () => {
      const now = await elect('g.busy', 'g.plain')
      return now['preferred-election.moves'] === undefined ? null : now
    })
    expect(plan).toMatchObject({
      'preferred-election.moves': ['g.busy/0'],
      'preferred-election.already': ['g.plain/0'],
    })
  })
})

describe('with broker 3 away', () => {
  it('it is silent before the cluster knows, and then every partition without it', async () => {
    await sandbox.cluster.freeze(3)
    await until('the election to be called silent', 60_000, async () => {
      return (await elect('g.busy', 'g.plain'))['preferred-election.preferred-silent']?.includes('g.busy/0') || null
    })
    await until(
      'broker 3 to leave every ISR',
      120_000,
      async () => {
        return (
          (await sandbox.admin.views()).every(({ partitions }) =>
            partitions.every(({ isr, leader }) => !isr.includes(3) && leader !== 3),
          ) || null
        )
      },
      250,
    )
    await until(
      'the product to see it',
      60_000,
      async () => (await effects('g.plain', { 'flush.ms': '5000' })).has('busy-cluster.offline') || null,
    )
    expect(await elect('g.busy', 'g.lonely')).toMatchObject({
      'preferred-election.not-in-sync': ['g.busy/0'],
      'preferred-election.offline': ['g.lonely/0'],
      'busy-cluster.offline': ['g.lonely/0'],
    })
  })

  it('min ISR against the shrunken ISR, and the brokers refuse what it says they refuse', async () => {
    const raised = await effects('g.plain', { 'min.insync.replicas': '3' })
    expect(raised.get('min-isr-raise.refuses-now')).toMatchObject({
      level: 'block',
      figures: { minText: '3', alreadyCount: 0 },
      partitionCount: 2,
    })
    expect(levels(await effects('g.prefers', { 'min.insync.replicas': '2' }))).toMatchObject({
      'min-isr-raise.one-loss-away': 'warn',
    })
    const lowered = await effects('g.raised', { 'min.insync.replicas': '2' })
    expect(lowered.get('min-isr-lower.accepts-again')).toMatchObject({ level: 'better', partitionCount: 2 })
    expect(lowered.get('min-isr-lower.readable-with-next-write')?.level).toBe('info')
    await expect(writeRecords(sandbox.cluster, { topic: 'g.raised', count: 1 })).rejects.toThrow()
    await writeRecords(sandbox.cluster, { topic: 'g.plain', count: 1 })
  })

  it('ELR: another min ISR empties the list, as the brokers then show', async () => {
    // The monitor reads the list every few seconds, not with every Metadata.
    const found = await until('the list to be read', 60_000, async () => {
      const now = await effects('g.pair', { 'min.insync.replicas': '1' })
      return now.has('min-isr-elr.clears') ? now : null
    })
    expect(found.get('min-isr-elr.clears')).toMatchObject({
      level: 'block',
      rows: [{ topic: 'g.pair', partition: 0, text: '3' }],
    })
    expect(found.get('min-isr-one.alone-now')).toMatchObject({
      level: 'block',
      rows: [{ topic: 'g.pair', partition: 0, text: '1' }],
    })
    await sandbox.admin.alterTopic('g.pair', { 'min.insync.replicas': '1' })
    await until(
      'the list to be empty',
      60_000,
      async () => !(await effects('g.pair', { 'min.insync.replicas': '2' })).has('min-isr-elr.clears') || null,
    )
  })

  it('min ISR is refused while a partition has no leader: Kafka would forget who may lead it', async () => {
    const found = await effects('g.lonely', { 'min.insync.replicas': '3' })
    expect(found.get('min-isr-elr.leaderless')).toMatchObject({
      level: 'refused',
      rows: [{ topic: 'g.lonely', partition: 0, text: '3' }],
    })
  })

  it('unclean election is refused while a partition has no leader', async () => {
    const found = await effects('g.lonely', { 'unclean.leader.election.enable': 'true' })
    expect(found.get('unclean-enable.leaderless')).toMatchObject({ level: 'refused', figures: { brokersText: '3' } })
    expect(rowsOf(found.get('unclean-enable.leaderless'))).toEqual(['g.lonely/0'])
  })

  it('a reassignment that runs, and throttles that are then still needed', async () => {
    // It cannot end while its new replica is away.
    await sandbox.admin.reassign([{ topic: 'g.moving', partition: 0, replicas: [1, 2, 3] }])
    const found = await effects('g.moving', { 'follower.replication.throttled.replicas': null })
    expect(rowsOf(found.get('busy-cluster.reassigning'))).toEqual(['g.moving/0'])
    expect(levels(found)).toMatchObject({ 'throttle-left.still-moving': 'warn', 'busy-cluster.reassigning': 'warn' })
  })
})

describe('a stored key in the way of another', () => {
  it('is named by the broker, and offered to be taken away in the same change', async () => {
    // Brokers hold stored and new keys against each other (LogConfig.validateValues).
    const draft = {
      kind: 'config' as const,
      groups: [{ topics: ['g.slow'], edits: [{ key: 'min.compaction.lag.ms', op: 'set' as const, value: '120000' }] }],
    }
    const validation = await real.validate(draft)
    expect(validation.refusals).toMatchObject([{ topic: 'g.slow', removable: 'max.compaction.lag.ms' }])
    expect(validation.refusals[0]?.message).toMatchObject({
      args: { text: expect.stringContaining('max.compaction.lag.ms') as string },
    })
  })
})

/** Partitions 0 of the topics, by effect of electing their preferred leaders. */
async function elect(...names: string[]): Promise<Record<string, string[]>> {
  const plan = await real.plan({
    kind: 'election',
    partitions: names.map((name) => ({ topic: name, partitions: [0] })),
  })
  return Object.fromEntries(plan.effects.map((effect) => [effect.id, rowsOf(effect)]))
}
