import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuditBook, MOST_RUNS } from '../../../src-main/audit/audit-book'
import type { AuditBook, KeptReport } from '../../../src-main/audit/audit-book'
import { createAudits } from '../../../src-main/audit/audits'
import type { Audits } from '../../../src-main/audit/audits'
import { createLinks } from '../../../src-main/change/links/links'
import type { Links } from '../../../src-main/change/links/links'
import type { AuditView } from '../../../src-main/contract/audit'
import type { AuditProgress } from '../../../src-main/contract/tasks'
import { rowKey } from '../../../src-main/domain/audit/score'
import { runWhole } from '../../../src-main/domain/slices'
import { toBody } from '../../../src-main/history/journal-body'
import { cellsChecksum } from '../../../src-main/ports/stored-row'
import { openStoreFile } from '../../../src-main/profiles/store-file'
import type { StoreFile } from '../../../src-main/profiles/store-file'
import { liveOf, settled } from '../../support/live-cluster'
import { clock, cluster, session, start, watchOver } from '../../support/opened-session'
import { must } from '../../support/opened-changes'

const DAY = 86_400_000
const MIN = 'min.insync.replicas'

let folder: string
let file: StoreFile
let book: AuditBook
let audits: Audits
let links: Links
let progress: AuditProgress[]

watchOver()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-audit-'))
  file = openStoreFile(join(folder, 'highwater.db'), 0, () => undefined)
  book = createAuditBook(file.db, () => file.prove())
})
afterEach(() => {
  links.close()
  file.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A cluster at which nothing is wrong. */
async function open(topics = 3): Promise<void> {
  await start({ topics, partitionsPerTopic: 2 })
  cluster.voters = [1, 2, 3]
  for (const broker of cluster.brokers.values())
    broker.features = new Map([
      ['metadata.version', 31],
      ['eligible.leader.replicas.version', 1],
    ])
  await clock.advance(2_000)
  make()
}
function make(): void {
  const live = liveOf(session)
  links = createLinks(live, clock)
  audits = createAudits({
    book,
    find: (id) => (id === live.id ? live : null),
    linksOf: () => links,
    clock,
  })
  progress = []
}
/** Highwater was ended and started again. */
function restart(): void {
  links.close()
  file.close()
  file = openStoreFile(join(folder, 'highwater.db'), 0, () => undefined)
  book = createAuditBook(file.db, () => file.prove())
  make()
}
const run = async (signal = new AbortController().signal): Promise<AuditView> =>
  must(await settled(audits.run('c', { signal, progress: (news) => progress.push(news) })))
const view = async (): Promise<AuditView> => must(await settled(audits.view('c')))
const openIds = ({ open: all }: AuditView): string[] => all.map(({ id }) => id)
const outcomes = ({ report }: AuditView): Record<string, string> =>
  Object.fromEntries(report!.rules.map(({ rule, outcome }) => [rule, outcome]))
const minIsrOne = (topic: string): void => void cluster.topic(topic)!.settings.set(MIN, '1')
const endless = (topic: string): void => void cluster.topic(topic)!.settings.set('retention.ms', '-1')
const accepted = (more: object = {}): ReturnType<Audits['accept']> =>
  settled(
    audits.accept('c', {
      finding: 'retention-unlimited.both',
      topic: null,
      until: clock.now() + 30 * DAY,
      by: 'ada',
      reason: 'can be rebuilt',
      ...more,
    }),
  )

describe('an audit', () => {
  it('looks at everything, tells how far it is, and finds nothing where nothing is wrong', async () => {
    await open(120)
    cluster.asked.length = 0
    const seen = await run()
    expect(Object.entries(outcomes(seen)).filter(([, outcome]) => outcome !== 'clear')).toEqual([
      ['internal-topics', 'idle'],
      ['producers', 'idle'],
    ])
    expect([seen.open, seen.score, seen.unknown]).toEqual([[], 100, 0])
    expect(seen.report).toMatchObject({ topics: 120, partitions: 240, brokers: 3 })
    expect(progress[0]).toEqual({ step: 'reading', done: 0, total: 120 })
    expect(progress.filter(({ step }) => step === 'reading').at(-1)).toMatchObject({ done: 120, total: 120 })
    expect(progress.at(-1)).toEqual({ step: 'judging', done: 15, total: 15 })
    // Each once: of topics and of three brokers.
    expect(cluster.asked.filter(({ what }) => what === 'configs').map(({ rows }) => rows)).toEqual([120, 1, 1, 1])
  })

  it('says what nobody answered for, and what was not asked for after that', async () => {
    await open(2_000)
    const untilSilent = (news: AuditProgress): void => {
      if (news.step === 'reading' && news.done > 0) for (const id of [1, 2, 3]) cluster.hang(id)
    }
    const seen = must(await settled(audits.run('c', { signal: new AbortController().signal, progress: untilSilent })))
    const unseen = seen.report!.rules.find(({ rule }) => rule === 'retention-unlimited')!.unseen as readonly {
      readonly args: { readonly count: { readonly value: number }; readonly why: { readonly id: string } }
    }[]
    expect(unseen.map(({ args }) => args.why.id).sort()).toEqual(['audit.unseen.not-asked', 'said'])
    const known = 2_000 - unseen.reduce((sum, { args }) => sum + args.count.value, 0)
    expect(known).toBeGreaterThanOrEqual(250)
  })

  it('finds what is wrong, with the change that puts it right and the command that does the same', async () => {
    await open()
    minIsrOne('topic-00001')
    const [finding] = (await run()).open
    expect(finding).toMatchObject({
      id: 'min-isr-one.may',
      rows: [{ topic: 'topic-00001', partitions: 2 }],
      fix: { kind: 'change', draft: { kind: 'config', groups: [{ topics: ['topic-00001'] }] }, left: 0 },
    })
    expect(finding!.commands).toEqual([
      'kafka-configs.sh --bootstrap-server 127.0.0.1:19001 --alter --entity-type topics --entity-name topic-00001 --add-config min.insync.replicas=2',
    ])
    cluster.topic('topic-00001')!.settings.set(MIN, '2')
    expect(openIds(await run())).toEqual([])
  })

  it('keeps since when it is so, over a restart too, and forgets it once it was not', async () => {
    await open()
    minIsrOne('topic-00001')
    const first = await run()
    await clock.advance(60_000)
    restart()
    minIsrOne('topic-00002')
    const second = await run()
    const since = (seen: AuditView) =>
      Object.fromEntries(seen.open[0]!.rows.map(({ topic }, at) => [topic, seen.open[0]!.since[at]]))
    expect(since(second)).toEqual({ 'topic-00001': first.report!.at, 'topic-00002': second.report!.at })
    expect(second.runs.map(({ at }) => at)).toEqual([first.report!.at, second.report!.at])
    cluster.topic('topic-00001')!.settings.set(MIN, '2')
    await run()
    minIsrOne('topic-00001')
    const last = await run()
    expect(since(last)).toEqual({ 'topic-00001': last.report!.at, 'topic-00002': second.report!.at })
  })

  it('keeps since when while it cannot look', async () => {
    await open()
    minIsrOne('topic-00001')
    const first = await run()
    cluster.broker(1).errors.set('configs-topic topic-00001', 29)
    cluster.broker(2).errors.set('configs-topic topic-00001', 29)
    cluster.broker(3).errors.set('configs-topic topic-00001', 29)
    const blind = await run()
    expect(openIds(blind)).not.toContain('min-isr-one.may')
    expect(outcomes(blind)['min-isr-one']).toBe('unknown')
    for (const broker of cluster.brokers.values()) broker.errors.clear()
    const again = (await run()).open.find(({ id }) => id === 'min-isr-one.may')
    expect(again?.since ?? [first.report!.at]).toEqual([first.report!.at])
  })

  it('is not clear of a broker that does not answer', async () => {
    await open()
    cluster.kill(3)
    await clock.advance(5_000)
    const seen = await run()
    expect(outcomes(seen)['brokers-differ']).toBe('unknown')
    expect(seen.report!.rules.find(({ rule }) => rule === 'brokers-differ')!.unseen).toEqual([
      { id: 'why.silent', args: { broker: 3 } },
    ])
    expect(seen.unknown).toBeGreaterThan(0)
  })

  it('that is refused the quorum and the brokers says the right that is missing', async () => {
    await open()
    for (const broker of cluster.brokers.values()) {
      broker.errors.set('quorum', 31)
      broker.errors.set('configs-broker', 31)
    }
    const seen = await run()
    const why = (rule: string): unknown => seen.report!.rules.find((one) => one.rule === rule)!.unseen[0]
    expect(why('quorum')).toMatchObject({ id: 'why.lacks', args: { right: { args: { operation: 'Describe' } } } })
    expect(why('brokers-differ')).toMatchObject({
      id: 'why.lacks',
      args: { right: { args: { operation: 'DescribeConfigs' } } },
    })
  })

  it('goes by the feature levels of now, over a connection that it used before', async () => {
    await open()
    const level = (value: number): void => {
      for (const broker of cluster.brokers.values())
        broker.features = new Map([...broker.features!, ['metadata.version', value]])
    }
    level(30)
    expect(openIds(await run())).toEqual(['metadata-version.behind'])
    level(31)
    expect(openIds(await run())).toEqual([])
  })

  it('can be cancelled, and leaves nothing behind', async () => {
    await open()
    const abort = new AbortController()
    const ended = audits.run('c', { signal: abort.signal, progress: () => abort.abort() })
    expect(await settled(ended)).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(await view()).toMatchObject({ report: null, runs: [] })
    expect(openIds(await run())).toEqual([])
  })

  it('asks for nothing more once it is cancelled in the middle', async () => {
    await open(2_000)
    const abort = new AbortController()
    const topicsAsked = (): number[] =>
      cluster.asked.filter(({ what, rows }) => what === 'configs' && rows > 1).map(({ rows }) => rows)
    cluster.asked.length = 0
    let atCancel = 0
    const ended = audits.run('c', {
      signal: abort.signal,
      progress: (news) => {
        if (news.step !== 'reading' || news.done === 0 || abort.signal.aborted) return
        atCancel = topicsAsked().length
        abort.abort()
      },
    })
    expect(await settled(ended)).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    await clock.advance(1_000)
    expect(topicsAsked()).toHaveLength(atCancel)
    expect(atCancel).toBeLessThan(8)
  })

  it('runs one at a time', async () => {
    await open()
    const first = run()
    const task = { signal: new AbortController().signal, progress: () => undefined }
    expect(await audits.run('c', task)).toMatchObject({ error: { code: 'conflict' } })
    await first
    expect(await audits.run('other', task)).toMatchObject({ error: { code: 'not-found' } })
  })
})

describe('what is accepted', () => {
  it('is silent until its end date, over a restart too', async () => {
    await open()
    endless('topic-00001')
    await run()
    expect(must(await accepted())).toMatchObject({ open: [], score: 100, accepted: [{ acceptance: { by: 'ada' } }] })
    restart()
    expect(openIds(await view())).toEqual([])
    clock.jump(30 * DAY)
    expect(await view()).toMatchObject({
      open: [{ id: 'retention-unlimited.both' }],
      accepted: [],
      ended: [{ by: 'ada' }],
      score: 98,
    })
    await clock.advance(1_000)
  })

  it('comes back when it gets worse: of more topics, and of more partitions', async () => {
    await open()
    endless('topic-00001')
    await run()
    must(await accepted())
    endless('topic-00002')
    expect((await run()).open).toMatchObject([{ id: 'retention-unlimited.both', rows: [{ topic: 'topic-00002' }] }])
    must(await accepted())
    expect(openIds(await view())).toEqual([])
    cluster.createTopic('more', 3)
    endless('more')
    await clock.advance(3_000)
    await run()
    must(await accepted())
    cluster.topic('more')!.partitions.push(structuredClone(cluster.partition('more', 0)))
    cluster.touch()
    await clock.advance(3_000)
    expect((await run()).open).toMatchObject([{ rows: [{ topic: 'more', partitions: 4 }] }])
  })

  it('may be one topic of several', async () => {
    await open()
    endless('topic-00001')
    endless('topic-00002')
    await run()
    must(await accepted({ topic: 'topic-00002' }))
    expect((await view()).open).toMatchObject([{ rows: [{ topic: 'topic-00001' }] }])
  })

  it('is open again as soon as somebody ends it', async () => {
    await open()
    endless('topic-00001')
    await run()
    const id = must(await accepted()).accepted[0]!.acceptance.id
    expect(openIds(must(await settled(audits.withdraw('c', id))))).toEqual(['retention-unlimited.both'])
    restart()
    expect((await view()).ended).toMatchObject([{ id, reason: 'can be rebuilt' }])
  })

  it.each<[string, object, string]>([
    ['for more than 180 days', { until: 180 * DAY + 1 }, 'bad-input'],
    ['until a moment that is over', { until: 0 }, 'bad-input'],
    ['where it was not found', { finding: 'unclean.on' }, 'not-found'],
    ['of a topic that it is not about', { topic: 'topic-00002' }, 'not-found'],
  ])('is not %s', async (_what, more, code) => {
    await open()
    endless('topic-00001')
    await run()
    const until = 'until' in more ? { until: clock.now() + (more.until as number) } : {}
    expect(await accepted({ ...more, ...until })).toMatchObject({ ok: false, error: { code } })
  })
})

describe('a graver risk', () => {
  it('is a finding that nobody has accepted', async () => {
    await open()
    minIsrOne('topic-00001')
    await run()
    must(await accepted({ finding: 'min-isr-one.may' }))
    const { isr, leader } = cluster.partition('topic-00001', 0)
    isr.splice(0, isr.length, leader)
    cluster.touch()
    await clock.advance(3_000)
    const seen = await run()
    expect(openIds(seen)).toEqual(['min-isr-one.alone-now', 'elr.useless'])
    expect(seen.open[0]!.risk).toBe('loses')
  })
})

describe('the book', () => {
  it('belongs to the Kafka cluster, however it is saved', async () => {
    await open()
    endless('topic-00001')
    await run()
    expect(runWhole(book.list({ cluster: 'another', clusterId: 'fake' })).runs).toHaveLength(1)
    expect(runWhole(book.list({ cluster: 'c', clusterId: 'other' })).runs).toEqual([])
  })

  it('does not use a row that is damaged, and says so', async () => {
    await open()
    endless('topic-00001')
    await run()
    must(await accepted())
    file.db.prepare("UPDATE audit SET body = replace(body, 'ada', 'eve') WHERE kind = 'acceptance'").run()
    expect(await view()).toMatchObject({ unreadable: 1, open: [{ id: 'retention-unlimited.both' }], accepted: [] })
    expect(createAuditBook(file.db, () => undefined).unreadable).toBe(1)
  })

  describe('of a report with many rows', () => {
    const owner = { cluster: 'c', clusterId: 'fake' }
    const ROWS = 1_234
    async function keepMany(): Promise<KeptReport> {
      await open()
      endless('topic-00001')
      const { report, runs } = await run()
      const many = Array.from({ length: ROWS }, (_, nth) => ({
        topic: `topic-${nth}`,
        broker: -1,
        partitions: nth,
        note: null,
      }))
      const last = {
        report: {
          ...report!,
          rules: report!.rules.map((rule) => ({
            ...rule,
            findings: rule.findings.map((found) => ({ ...found, rows: many })),
          })),
        },
        since: new Map([
          ['retention-unlimited.both', new Map(many.map((row, at) => [rowKey(row), at] as const))],
          // Of a rule that could not look this time.
          ['unclean.on', new Map([['-1/topic-00002', 7]])],
        ]),
      }
      runWhole(book.keepRun(owner, runs[0]!, last))
      return last
    }

    it('reads it as it was, in pieces, and not again where it is known', async () => {
      const last = await keepMany()
      expect(runWhole(book.list(owner)).last).toEqual(last)
      const pass = book.list(owner)
      let pieces = 1
      while (pass.next().done !== true) pieces += 1
      expect(pieces).toBeGreaterThan(6)
      file.db.prepare("UPDATE audit SET body = '{' WHERE kind = 'rows'").run()
      expect(runWhole(book.list(owner, last))).toMatchObject({ last, unreadable: 0 })
    })

    it.each([
      ['is damaged', "UPDATE audit SET body = replace(body, 'topic-700', 'topic-7') WHERE kind = 'rows'"],
      ['is gone', "DELETE FROM audit WHERE kind = 'rows' AND instr(body, 'topic-700') > 0"],
      ['was left by itself', "DELETE FROM audit WHERE kind = 'last'"],
    ])('does not tell a part of it for all of it: one of them %s', async (_what, sql) => {
      await keepMany()
      file.db.prepare(sql).run()
      expect(runWhole(book.list(owner))).toMatchObject({ last: null, unreadable: 1 })
      expect(createAuditBook(file.db, () => undefined).unreadable).toBe(1)
      expect((await view()).report).toBeNull()
      // And the next run takes its place.
      expect(await run()).toMatchObject({ unreadable: 0, report: { topics: 3 } })
    })

    it('of a Highwater of before is read, where it stood in one piece', async () => {
      const { report, since } = await keepMany()
      const times = Object.fromEntries(Array.from(since, ([id, rows]) => [id, Object.fromEntries(rows)]))
      const cells = [900, 'c', 'fake', 'last', 1, toBody({ report, since: times })] as const
      file.db.prepare("DELETE FROM audit WHERE kind IN ('last', 'rows', 'since')").run()
      file.db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)').run(...cells, cellsChecksum(cells))
      expect(runWhole(book.list(owner))).toMatchObject({ last: { report, since }, unreadable: 0 })
    })
  })

  it('keeps the last report alone, and no more runs than a person looks back', async () => {
    await open()
    const seen = await run()
    const owner = { cluster: 'c', clusterId: 'fake' }
    for (let nth = 0; nth < MOST_RUNS + 2; nth += 1)
      runWhole(book.keepRun(owner, { ...seen.runs[0]!, at: nth }, { report: seen.report!, since: new Map() }))
    const { runs } = runWhole(book.list(owner))
    expect([runs.length, runs.at(-1)?.at]).toEqual([MOST_RUNS, MOST_RUNS + 1])
    expect(file.db.prepare("SELECT count(*) AS n FROM audit WHERE kind = 'last'").get()).toMatchObject({ n: 1 })
  })
})
