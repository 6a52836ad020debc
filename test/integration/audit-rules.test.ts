/**
 * The audit of real brokers, on two clusters with faults planted: one fault for each rule, and what that one leaves of their variants. Each is found once and only there; accepted, it is silent until
 * its end date; put right by the lines that the audit itself proposes, it is found no more.
 * What no line cures is planted and accepted alone: controllers and racks are those of files, and a retention is for its owners to choose (here somebody does).
 * By table test only (test/unit/domain/audit/rules.test.ts), as no such state is to be had on this release: min ISR above before 3.7 and of an unknown release, unclean that is not read.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditBook } from '../../src-main/audit/audit-book'
import { createAudits } from '../../src-main/audit/audits'
import type { Audits } from '../../src-main/audit/audits'
import { createLinks } from '../../src-main/change/links/links'
import type { AuditFinding, AuditView } from '../../src-main/contract/audit'
import type { Result } from '../../src-main/contract/result'
import { createClock } from '../../src-main/ports/clock'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { AUDIT_FINDING_IDS, AUDIT_RULE_NAMES } from '../../src-main/shared/audit-rules'
import { plainShape, startSandbox, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import type { SandboxOptions } from '../../tools/sandbox/sandbox'
import { placesOf, safeTopic } from '../support/audited'
import { endings } from '../support/endings'
import type { Endings } from '../support/endings'
import { kafkaScripts } from '../support/kafka-scripts'
import type { KafkaScripts } from '../support/kafka-scripts'
import { liveOf } from '../support/live-cluster'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { fencesSoon } from '../support/shared-sandbox'

/** metadata.version of the brokers' release. By its number: the newest tools that are to be had (tools/setup/kafka-tools.ts) do not know the name of it. */
const LEVEL_OF_THE_BROKERS = 31
const DAY_MS = 86_400_000
const CLUSTER = 'real'
/** Of putting right what is found. */
const MOST_ROUNDS = 3

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

interface Audited {
  readonly sandbox: Sandbox
  readonly real: RealChanges
  readonly audits: Audits
  readonly audit: () => Promise<AuditView>
  /** Added to the clock that acceptances end by. */
  later: number
}

const ended = endings()
let scripts: KafkaScripts
beforeAll(async () => {
  scripts = await kafkaScripts()
  ended.add(() => scripts.remove())
})
afterAll(ended.all)

async function audited(opened: Endings, racks: readonly string[], options: SandboxOptions): Promise<Audited> {
  const plain = plainShape(racks.length)
  const sandbox = await startSandbox({
    shape: { ...plain, brokers: plain.brokers.map((broker, at) => ({ ...broker, rack: racks[at]! })) },
    steadyTraffic: false,
    ...options,
  })
  opened.add(() => sandbox.close())
  const real = await openRealChanges(sandbox.cluster.bootstrap)
  opened.add(() => real.close())
  const live = liveOf(real.session, { access: { bootstrap: [sandbox.cluster.bootstrap], secured: false } })
  const links = createLinks(live, createClock())
  opened.add(() => links.close())
  const store = openStoreFile(':memory:', Date.now(), (cause) => {
    throw cause
  })
  opened.add(() => store.close())
  const audits = createAudits({
    book: createAuditBook(store.db, () => store.prove()),
    find: (id) => (id === live.id ? live : null),
    linksOf: () => links,
    clock: { now: () => Date.now() + one.later, breathe: () => Promise.resolve() },
  })
  const one: Audited = {
    sandbox,
    real,
    audits,
    audit: async () =>
      must(await audits.run(CLUSTER, { signal: new AbortController().signal, progress: () => undefined })),
    later: 0,
  }
  return one
}

/** What a finding is followed by, where that is no line of it. */
type ByHand = (finding: AuditFinding) => Promise<unknown>

/** How many lines it took. kafka-reassign-partitions refuses to begin while another one goes on, so each finding is put right before the next. */
async function cure(
  open: readonly AuditFinding[],
  byHand: Readonly<Partial<Record<string, ByHand>>>,
  settled: () => Promise<unknown>,
): Promise<number> {
  let lines = 0
  for (const finding of open) {
    const hand = byHand[finding.id]
    if (hand !== undefined) {
      await hand(finding)
      continue
    }
    expect(finding.commands, finding.id).not.toEqual([])
    for (const line of finding.commands) await scripts.run(line)
    await settled()
    lines += finding.commands.length
  }
  return lines
}

const settle = async ({ sandbox }: Audited): Promise<unknown> =>
  until(
    'every replica to be in sync',
    120_000,
    async () =>
      (await sandbox.admin.views()).every(({ partitions }) =>
        partitions.every(({ isr, replicas }) => isr.length === replicas.length),
      ) || null,
  )

/** The parts of a cluster with faults that both clusters have to show. */
function shows(
  given: () => Audited,
  planted: readonly string[],
  /** Findings that no line cures. */
  incurable: readonly string[],
  byHand: () => Readonly<Partial<Record<string, ByHand>>>,
): void {
  it('finds each planted fault once and only there, and looks at everything', async () => {
    const { audit } = given()
    // What the monitor reads of partitions is a moment behind what was planted.
    await until('what was planted last', 60_000, async () => {
      const found = placesOf((await audit()).open)
      return planted.every((place) => found.includes(place)) || null
    })
    const { open, report } = await audit()
    expect(placesOf(open)).toEqual(planted)
    expect(report!.rules.filter(({ outcome, unseen }) => outcome !== 'idle' && unseen.length > 0)).toEqual([])
    const rules = report!.rules.filter(({ outcome }) => outcome === 'found').length
    process.stdout.write(
      `  ${rules} rules found ${open.length} things in ${planted.length} places: none missed, none invented; ${report!.topics} topics, ${report!.partitions} partitions, ${Math.round(report!.tookMs)} ms\n`,
    )
  })

  it('is silent of what is accepted until its end date, and says it again then', async () => {
    const cluster = given()
    const { audits, audit } = cluster
    const end = Date.now() + DAY_MS
    const accepted = must(await audits.view(CLUSTER)).open
    for (const { id } of accepted)
      must(
        await audits.accept(CLUSTER, {
          finding: id,
          topic: null,
          until: end,
          by: 'ada',
          reason: 'known until tomorrow',
        }),
      )
    const silent = await audit()
    expect([placesOf(silent.open), placesOf(silent.accepted.map(({ finding }) => finding))]).toEqual([[], planted])
    expect(silent.score).toBe(100)
    // A minute before its end, and a minute after.
    cluster.later = DAY_MS - 60_000
    expect(placesOf((await audit()).open)).toEqual([])
    cluster.later = DAY_MS + 60_000
    const again = await audit()
    expect([placesOf(again.open), again.accepted]).toEqual([planted, []])
    cluster.later = 0
    for (const { acceptance } of must(await audits.view(CLUSTER)).accepted)
      must(await audits.withdraw(CLUSTER, acceptance.id))
    process.stdout.write(
      `  ${accepted.length} accepted: silent until the day is over, ${again.open.length} said again\n`,
    )
  })

  it('offers a change that can be planned for what a setting or an election cures', async () => {
    const { audit, real } = given()
    const offered = (await audit()).open.flatMap(({ id, fix }) => (fix.kind === 'change' ? [{ id, fix }] : []))
    for (const { id, fix } of offered) {
      const plan = await real.plan(fix.draft)
      const does = plan.kind === 'config' ? plan.items : plan.partitions.filter(({ fate }) => fate === 'moves')
      expect(does.length, id).toBeGreaterThan(0)
      expect(plan.kind === 'config' ? plan.unchanged : 0, id).toBe(0)
    }
    process.stdout.write(`  ${offered.length} changes offered and planned\n`)
  })

  it('is clear of what its own lines put right', async () => {
    const cluster = given()
    const stays = planted.filter((place) => incurable.includes(place.split(' ')[0]!))
    // What is put right may show what was behind it, as a replica more does its setting: so in rounds.
    let lines = 0
    let rounds = 0
    let left: string[] = []
    do {
      const { open } = await cluster.audit()
      const curable = open.filter(({ id }) => !incurable.includes(id))
      lines += await cure(curable, byHand(), () => settle(cluster))
      rounds += 1
      // A broker tells its new settings a moment after it took them.
      await until('the audit to see what was done', 20_000, async () => {
        left = placesOf((await cluster.audit()).open)
        return left.join() === stays.join() || null
      }).catch(() => undefined)
      expect(rounds < MOST_ROUNDS ? stays : left).toEqual(stays)
    } while (left.join() !== stays.join())
    process.stdout.write(`  ${lines} lines, rounds: ${rounds}; left: ${left.join(', ')}\n`)
  })
}

describe('a cluster with a fault for each rule', () => {
  const RACKS = ['rack-a', 'rack-a', 'rack-a', 'rack-b']
  const EVERYWHERE = [
    [1, 2, 4],
    [2, 4, 1],
  ]
  const topic = (name: string, configs: Readonly<Record<string, string>> = {}, assignment = EVERYWHERE) =>
    safeTopic(name, configs, assignment)
  const OWN = '__remote_log_metadata'
  /** So many that a tenth of those that broker 4 is to lead are elsewhere only where it has been away. */
  const TOPICS = [
    topic('a.fine'),
    topic('a.single', {}, [[3]]),
    topic('a.may', { 'min.insync.replicas': '1' }),
    topic('a.all', { 'min.insync.replicas': '3' }),
    topic('a.above', { 'min.insync.replicas': '4' }),
    topic('a.unclean', { 'unclean.leader.election.enable': 'true' }),
    topic('a.endless', { 'retention.ms': '-1', 'retention.bytes': '-1' }),
    topic('a.throttled', { 'leader.replication.throttled.replicas': '0:1' }),
    topic('a.rack', {}, [[1, 2, 3]]),
    topic('a.led', {}, [
      [4, 1, 2],
      [4, 2, 1],
    ]),
    topic('a.careless'),
    topic(OWN, {}, [[3]]),
  ]
  /** Of one broker, while it runs. */
  const ODD = { 'unclean.leader.election.enable': 'true', 'leader.replication.throttled.rate': '10485760' }
  /** By the rule that it is for; of min ISR one there is another one, since no ELR is kept either. */
  const PLANTED = [
    'single-replica.one a.single',
    'min-isr-one.may a.may',
    'min-isr-all.any-restart a.all',
    'min-isr-above.acts-as-rf a.above',
    'unclean.on a.unclean',
    `internal-topics.single ${OWN}`,
    'one-rack.partitions a.rack',
    'leaders-skewed.stay broker 4',
    'throttle-left.lists a.throttled',
    'throttle-left.rates broker 1',
    ...[1, 2, 3, 4].map((broker) => `brokers-differ.unclean broker ${broker}`),
    'elr.useless a.may',
    'retention-unlimited.both a.endless',
    'producers.not-idempotent a.careless',
    'quorum.one',
    'metadata-version.behind',
  ].sort()
  const WRITES = { recordsPerSecond: 50 }

  const opened = endings()
  let cluster: Audited

  beforeAll(async () => {
    // Its features are those of an older release, as after an upgrade that nobody finished.
    cluster = await audited(opened, RACKS, {
      label: 'audit',
      metadataRelease: '4.1',
      overrides: fencesSoon,
      topics: TOPICS,
    })
    const { sandbox } = cluster
    await sandbox.admin.alterBroker(1, ODD)
    await sandbox.cluster.kill(4)
    await until(
      'others to lead',
      60_000,
      async () => (await sandbox.admin.view()).partitions.every(({ leader }) => leader !== 4 && leader >= 0) || null,
    )
    await sandbox.cluster.restart(4)
    await settle(cluster)
    sandbox.traffic.start({ topic: 'a.careless', ...WRITES })
    // Beside the careless one, so that what those with an id write has to be taken off.
    sandbox.traffic.start({ topic: 'a.careless', ...WRITES, idempotent: true })
    sandbox.traffic.start({ topic: 'a.fine', ...WRITES, idempotent: true })
  })
  afterAll(opened.all)

  it('has one planted for each', () => {
    const rules = new Set(PLANTED.map((place) => place.slice(0, place.indexOf('.'))))
    expect(AUDIT_RULE_NAMES.filter((rule) => !rules.has(rule))).toEqual([])
  })

  shows(
    () => cluster,
    PLANTED,
    ['quorum.one'],
    () => ({
      'retention-unlimited.both': ({ fix, commands }) => {
        expect([fix.kind, commands]).toEqual(['settings', []])
        return cluster.sandbox.admin.alterTopic('a.endless', { 'retention.ms': null, 'retention.bytes': null })
      },
      'metadata-version.behind': ({ commands }) => {
        expect(commands).toEqual([expect.stringMatching(/^kafka-features\.sh .* upgrade --release-version 4\.4$/)])
        return cluster.sandbox.admin.raiseFeature('metadata.version', LEVEL_OF_THE_BROKERS)
      },
      // The line shows who has an id; whoever has none is told by its owner to have one.
      'producers.not-idempotent': async ({ commands }) => {
        const [careless, careful] = cluster.sandbox.traffic.flows().filter(({ flow }) => flow.topic === 'a.careless')
        const told = await scripts.run(commands[0]!)
        expect(told.split('\n').filter((line) => /^\d/.test(line.trim()))).toHaveLength(1)
        expect(careful!.counts.refused).toBe(0)
        careless!.stop()
      },
    }),
  )

  it('sees a leader that is alone', async () => {
    const { sandbox, audit } = cluster
    for (const flow of sandbox.traffic.flows()) flow.stop()
    await sandbox.admin.alterTopic('a.may', { 'min.insync.replicas': '1' })
    for (const id of [2, 4]) await sandbox.cluster.kill(id)
    await until(
      'a leader that is alone',
      120_000,
      async () => placesOf((await audit()).open).includes('min-isr-one.alone-now a.may') || null,
    )
  })
})

describe('a cluster with what else the rules may find', () => {
  const RACKS = ['rack-a', 'rack-a', 'rack-a']
  const OFFSETS = '__consumer_offsets'
  const TRANSACTIONS = '__transaction_state'
  const own = (name: string, min: string, replicas: readonly number[]) =>
    safeTopic(name, { 'min.insync.replicas': min, 'cleanup.policy': 'compact' }, [replicas])
  /** What a file says of one broker. */
  const FILES = {
    2: { 'replica.lag.time.max.ms': '15000', 'broker.session.timeout.ms': '5500' },
    3: { 'min.insync.replicas': '2' },
  }
  const PLANTED = [
    'unclean.by-file b.inherits',
    `internal-topics.few ${OFFSETS}`,
    `internal-topics.alone ${OFFSETS}`,
    `internal-topics.all ${TRANSACTIONS}`,
    'one-rack.cluster',
    ...(['window', 'min-isr', 'session'] as const).flatMap((what) =>
      [1, 2, 3].map((broker) => `brokers-differ.${what} broker ${broker}`),
    ),
    'elr.off',
    'quorum.even',
    'metadata-version.behind',
  ].sort()
  /** They stand in files. */
  const INCURABLE = ['one-rack.cluster', 'quorum.even', 'brokers-differ.window', 'brokers-differ.session']

  const opened = endings()
  let cluster: Audited

  beforeAll(async () => {
    cluster = await audited(opened, RACKS, {
      label: 'audit-files',
      // Before ELRs were on by themselves.
      metadataRelease: '4.0',
      controllerCount: 2,
      overrides: { ...fencesSoon, 'unclean.leader.election.enable': 'false' },
      ofBroker: FILES,
      topics: [
        safeTopic('b.fine', {}, [[1, 2, 3]]),
        { name: 'b.inherits', assignment: [[1, 2, 3]], configs: { 'min.insync.replicas': '2' } },
        own(OFFSETS, '1', [1, 2]),
        own(TRANSACTIONS, '3', [2, 3, 1]),
      ],
    })
  })
  afterAll(opened.all)

  it('has a variant planted that the other cluster has not', () => {
    const planted = new Set(PLANTED.map((place) => place.split(' ')[0]!))
    expect([...planted].filter((id) => !(AUDIT_FINDING_IDS as readonly string[]).includes(id))).toEqual([])
    expect(planted.size).toBe(11)
  })

  shows(
    () => cluster,
    PLANTED,
    INCURABLE,
    () => ({
      'metadata-version.behind': () => cluster.sandbox.admin.raiseFeature('metadata.version', LEVEL_OF_THE_BROKERS),
    }),
  )
})
