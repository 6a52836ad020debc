/**
 * The audit of real brokers: a cluster with one planted fault per rule. Each is found once and only there; accepted, it is silent until its end date; put right by the lines that
 * the audit itself proposes, it is found no more. One controller cannot become three while it runs, so the rule about the quorum is planted and accepted, and not cured.
 * By table test only (test/unit/domain/audit/rules.test.ts), as no such state can be made beside the others: min ISR above before 3.7 and of an unknown release, unclean that is not read, an
 * even quorum, ELR off, one rack for the whole cluster, files that differ in what only a file may say.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAuditBook } from '../../src-main/audit/audit-book'
import { createAudits } from '../../src-main/audit/audits'
import type { Audits } from '../../src-main/audit/audits'
import { createLinks } from '../../src-main/change/links/links'
import type { AuditView } from '../../src-main/contract/audit'
import type { Result } from '../../src-main/contract/result'
import { createClock } from '../../src-main/ports/clock'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { AUDIT_RULE_NAMES } from '../../src-main/shared/audit-rules'
import { plainShape, startSandbox, until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { placesOf, safeTopic } from '../support/audited'
import { endings } from '../support/endings'
import { kafkaScripts } from '../support/kafka-scripts'
import type { KafkaScripts } from '../support/kafka-scripts'
import { liveOf } from '../support/live-cluster'
import { openRealChanges } from '../support/real-changes'
import { fencesSoon } from '../support/shared-sandbox'

const RACKS = ['rack-a', 'rack-a', 'rack-a', 'rack-b']
/** Its features are those of this release; the brokers are newer. */
const FEATURES_OF = '4.1'
/** metadata.version of the brokers' release. By its number: the newest tools that are to be had (tools/setup/kafka-tools.ts) do not know the name of it. */
const LEVEL_OF_THE_BROKERS = 31
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
  topic(OWN, {}, [[3]]),
]
/** Of one broker, while it runs. */
const ODD = { 'unclean.leader.election.enable': 'true', 'leader.replication.throttled.rate': '10485760' }

/** What is planted in TOPICS and ODD, by the rule that it is for; of min ISR one there is another one, since no ELR is kept either. */
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
  'brokers-differ.unclean broker 1',
  'brokers-differ.unclean broker 2',
  'brokers-differ.unclean broker 3',
  'brokers-differ.unclean broker 4',
  'elr.useless a.may',
  'retention-unlimited.both a.endless',
  'quorum.one',
  'metadata-version.behind',
].sort()
const INCURABLE = ['quorum.one']
const DAY_MS = 86_400_000

const opened = endings()
let sandbox: Sandbox
let scripts: KafkaScripts
let audits: Audits
/** Added to the clock that acceptances end by. */
let later = 0

beforeAll(async () => {
  scripts = await kafkaScripts()
  opened.add(() => scripts.remove())
  const plain = plainShape(RACKS.length)
  sandbox = await startSandbox({
    label: 'audit',
    shape: { ...plain, brokers: plain.brokers.map((broker, at) => ({ ...broker, rack: RACKS[at]! })) },
    metadataRelease: FEATURES_OF,
    overrides: fencesSoon,
    topics: TOPICS,
    steadyTraffic: false,
  })
  opened.add(() => sandbox.close())
  await sandbox.admin.alterBroker(1, ODD)
  const real = await openRealChanges(sandbox.cluster.bootstrap)
  opened.add(() => real.close())
  const live = liveOf(real.session, { access: { bootstrap: [sandbox.cluster.bootstrap], secured: false } })
  const links = createLinks(live, createClock())
  opened.add(() => links.close())
  const store = openStoreFile(':memory:', Date.now(), (cause) => {
    throw cause
  })
  opened.add(() => store.close())
  audits = createAudits({
    book: createAuditBook(store.db, () => store.prove()),
    find: (id) => (id === live.id ? live : null),
    linksOf: () => links,
    now: () => Date.now() + later,
  })
  await sandbox.cluster.kill(4)
  await until(
    'others to lead',
    60_000,
    async () => (await sandbox.admin.view()).partitions.every(({ leader }) => leader !== 4 && leader >= 0) || null,
  )
  await sandbox.cluster.restart(4)
  await until(
    'broker 4 to be in sync',
    120_000,
    async () =>
      (await sandbox.admin.views()).every(({ partitions }) =>
        partitions.every(({ isr, replicas }) => isr.length === replicas.length),
      ) || null,
  )
})
afterAll(opened.all)

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const cluster = 'real'
const audit = async (): Promise<AuditView> =>
  must(await audits.run(cluster, { signal: new AbortController().signal, progress: () => undefined }))

it('has a fault planted for each rule', () => {
  const planted = new Set(PLANTED.map((place) => place.slice(0, place.indexOf('.'))))
  expect(AUDIT_RULE_NAMES.filter((rule) => !planted.has(rule))).toEqual([])
})

it('finds each planted fault once and only there, and looks at everything', async () => {
  // What the monitor reads of partitions is a moment behind what was planted.
  await until(
    'what was planted last',
    60_000,
    async () => placesOf((await audit()).open).length >= PLANTED.length || null,
  )
  const { open, report } = await audit()
  expect(placesOf(open)).toEqual(PLANTED)
  expect(report!.rules.filter(({ outcome, unseen }) => outcome !== 'idle' && unseen.length > 0)).toEqual([])
  expect(report!.rules.filter(({ outcome }) => outcome !== 'found')).toEqual([])
  process.stdout.write(`  audit: ${report!.rules.length} rules, ${PLANTED.length} places, none missed, none invented\n`)
})

it('is silent of what is accepted until its end date, and says it again then', async () => {
  const until = Date.now() + DAY_MS
  for (const { id } of must(audits.view(cluster)).open)
    must(audits.accept(cluster, { finding: id, topic: null, until, by: 'ada', reason: 'known until tomorrow' }))
  const silent = await audit()
  expect([placesOf(silent.open), placesOf(silent.accepted.map(({ finding }) => finding))]).toEqual([[], PLANTED])
  expect(silent.score).toBe(100)
  later = DAY_MS
  const again = await audit()
  expect([placesOf(again.open), again.accepted]).toEqual([PLANTED, []])
  later = 0
  for (const { acceptance } of must(audits.view(cluster)).accepted) must(audits.withdraw(cluster, acceptance.id))
})

it('is clear of what its own lines put right', async () => {
  const { open } = await audit()
  for (const { id, fix, commands } of open) {
    if (INCURABLE.includes(id)) continue
    if (fix.kind === 'settings') {
      expect([id, commands]).toEqual(['retention-unlimited.both', []])
      await sandbox.admin.alterTopic('a.endless', { 'retention.ms': null, 'retention.bytes': null })
      continue
    }
    expect(commands, id).not.toEqual([])
    if (id === 'metadata-version.behind') {
      expect(commands.at(-1)).toMatch(/^kafka-features\.sh .* upgrade --release-version 4\.4$/)
      await sandbox.admin.raiseFeature('metadata.version', LEVEL_OF_THE_BROKERS)
      continue
    }
    for (const line of commands) await scripts.run(line)
  }
  // Reassignments take their time, and a broker tells its new settings a moment after it took them.
  await until('nothing but what cannot be cured', 180_000, async () => {
    const left = placesOf((await audit()).open)
    return left.join() === INCURABLE.join() || null
  })
})

it('sees a leader that is alone', async () => {
  await sandbox.admin.alterTopic('a.may', { 'min.insync.replicas': '1' })
  for (const id of [2, 4]) await sandbox.cluster.kill(id)
  await until(
    'a leader that is alone',
    120_000,
    async () => placesOf((await audit()).open).includes('min-isr-one.alone-now a.may') || null,
  )
  for (const id of [2, 4]) await sandbox.cluster.restart(id)
})
