/**
 * Each rule of the audit on a fault that real brokers have. By table test only (test/unit/domain/audit/rules.test.ts), as no such state can be made on three brokers of one
 * release in three racks: min ISR above before 3.7 and of an unknown release, unclean that is not read, an even quorum, ELR off, a metadata.version that is behind, replicas in one rack,
 * files that differ in what only a file may say.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runAudit } from '../../src-main/audit/run-audit'
import { createLinks } from '../../src-main/change/links/links'
import type { Links } from '../../src-main/change/links/links'
import type { AuditReport } from '../../src-main/contract/audit'
import { createClock } from '../../src-main/ports/clock'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { placesOf, SAFE_SETTINGS, safeTopic } from '../support/audited'
import { endings } from '../support/endings'
import { liveOf } from '../support/live-cluster'
import { openRealChanges } from '../support/real-changes'
import { borrowSandbox } from '../support/shared-sandbox'

const EVERYWHERE = [
  [1, 2, 3],
  [2, 3, 1],
]
const topic = (name: string, configs: Readonly<Record<string, string>> = {}, assignment = EVERYWHERE) =>
  safeTopic(name, configs, assignment)

const TOPICS = [
  topic('a.fine'),
  topic('a.single', {}, [[3]]),
  topic('a.may', { 'min.insync.replicas': '1' }),
  topic('a.all', { 'min.insync.replicas': '3' }),
  topic('a.above', { 'min.insync.replicas': '4' }),
  topic('a.unclean', { 'unclean.leader.election.enable': 'true' }),
  topic('a.endless', { 'retention.ms': '-1', 'retention.bytes': '-1' }),
  topic('a.throttled', { 'leader.replication.throttled.replicas': '0:1' }),
]
/** Of one broker, while it runs. */
const ODD = { 'unclean.leader.election.enable': 'true', 'leader.replication.throttled.rate': '10485760' }
const NOT_ODD = { 'unclean.leader.election.enable': null, 'leader.replication.throttled.rate': null }

const opened = endings()
let sandbox: Sandbox
let live: LiveCluster
let links: Links

beforeAll(async () => {
  sandbox = await borrowSandbox({ topics: TOPICS, steadyTraffic: false })
  opened.add(() => sandbox.close())
  await sandbox.admin.alterBroker(1, ODD)
  opened.add(() => sandbox.admin.alterBroker(1, NOT_ODD))
  const real = await openRealChanges(sandbox.cluster.bootstrap)
  opened.add(() => real.close())
  live = liveOf(real.session)
  links = createLinks(live, createClock())
  opened.add(() => links.close())
})
afterAll(opened.all)

async function audit(): Promise<AuditReport> {
  const { signal } = new AbortController()
  const report = await runAudit(live, links, { signal, progress: () => undefined })
  if (!report.ok) throw new Error(report.error.message)
  return report.value
}
/** Of our topics, of brokers and of the cluster. */
const foundIn = ({ rules }: AuditReport): string[] =>
  placesOf(
    rules
      .flatMap(({ findings }) => findings)
      .map((finding) => ({
        ...finding,
        rows: finding.rows.filter(({ topic: name }) => name === '' || name.startsWith('a.')),
      })),
  )

it('finds each planted fault once and only there, and looks at everything', async () => {
  const report = await audit()
  expect(foundIn(report)).toEqual(
    [
      'single-replica.one a.single',
      'min-isr-one.may a.may',
      'min-isr-all.any-restart a.all',
      'min-isr-above.acts-as-rf a.above',
      'unclean.on a.unclean',
      'throttle-left.lists a.throttled',
      'throttle-left.rates broker 1',
      'brokers-differ.unclean broker 1',
      'brokers-differ.unclean broker 2',
      'brokers-differ.unclean broker 3',
      'elr.useless a.may',
      'retention-unlimited.both a.endless',
      'quorum.one',
    ].sort(),
  )
  expect(report.rules.filter(({ outcome, unseen }) => outcome !== 'idle' && unseen.length > 0)).toEqual([])
})

it('is clear of what was put right', async () => {
  for (const { name } of TOPICS)
    await sandbox.admin.alterTopic(name, {
      ...SAFE_SETTINGS,
      'retention.ms': null,
      'retention.bytes': null,
      'leader.replication.throttled.replicas': null,
    })
  await sandbox.admin.alterBroker(1, NOT_ODD)
  // A broker tells its new settings a moment after it took them.
  await until('nothing but what settings do not cure', 60_000, async () => {
    const left = foundIn(await audit())
    return left.join() === ['quorum.one', 'single-replica.one a.single'].join() || null
  })
})

it('sees a leader that is alone, and leaders that stay where they went', async () => {
  await sandbox.admin.alterTopic('a.may', { 'min.insync.replicas': '1' })
  for (const id of [2, 3]) await sandbox.cluster.kill(id)
  await until(
    'a leader that is alone',
    120_000,
    async () => foundIn(await audit()).includes('min-isr-one.alone-now a.may') || null,
  )
  for (const id of [2, 3]) await sandbox.cluster.restart(id)
  await until('every leader elsewhere is seen', 180_000, async () => {
    const found = foundIn(await audit())
    return found.some((one) => one.startsWith('leaders-skewed.stay broker')) || null
  })
})
