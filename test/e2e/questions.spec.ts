/**
 * The 22 questions of on-call (docs/questions.md): each is asked from the board on real brokers, answered within two actions, and the answer is
 * held against what the brokers themselves say. A scene of trouble is played once, for all questions that it answers.
 */
import { userInfo } from 'node:os'
import { until, writeRecords } from '../../tools/sandbox'
import { roles } from '../../tools/sandbox/topics'
import { ask } from './ask'
import { carryOut, planSetAndRemove, planned } from './change-window'
import { clusterRow, openForm, press, typeForm } from './connect-form'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { launch } from './launch'
import { windowOnSandbox } from './open-window'
import type { Row } from './questions-witness'
import { behindOf, endAt, needsOf, refuses, rowOf, rowsOf, stopOf, sum } from './questions-witness'
import { detail, goTo, headline, recordsBehind, replicaOf, untilHeadline } from './scene-words'

const window = windowOnSandbox()
test.describe.configure({ timeout: 300_000 })

const WELL = /fully replicated/
/** How far the window may be behind the brokers' own word on a busy machine. */
const SHOWN = { timeout: 30_000 }
/** By how much the clock of a sentence and ours may differ: a poll, and whole seconds. */
const CLOCK_MS = 4_000
/** Settings are read more seldom than the rest. */
const SETTINGS_MS = 30_000
const PAIR = 'inventory.stock-levels'

const grid = () => window.page.locator('.trouble [role=grid]')
const cellsOf = async (row: ReturnType<typeof grid>): Promise<string[]> =>
  (await row.locator('[role=gridcell]').allTextContents()).map((text) => text.trim())
/** A partition in the list of the board. */
async function troubleRow(topic: string, partition: number): Promise<ReturnType<typeof grid>> {
  const rows = grid().locator('[role=row]').filter({ hasText: topic })
  const at = await until(`${topic} / ${partition} in the list`, 30_000, async () => {
    const names = await Promise.all((await rows.all()).map(cellsOf))
    const found = names.findIndex(([name]) => name === `${topic}/${partition}`)
    return found < 0 ? null : found
  })
  return rows.nth(at)
}
/** `1.4 s`, `1 min 26 s` in ms. */
function spanMs(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, min: 60_000, s: 1000, ms: 1 }
  const parts = [...text.matchAll(/([\d.]+)\s*(h|min|ms|s)\b/g)]
  return parts.length === 0 ? Number.NaN : parts.reduce((all, [, n, unit]) => all + Number(n) * units[unit!]!, 0)
}
/** The time of day that a sentence names, on this day. */
function timeIn(text: string): number {
  const match = /(\d{1,2}):(\d{2}):(\d{2})/.exec(text)
  if (match === null) return Number.NaN
  return new Date().setHours(Number(match[1]), Number(match[2]), Number(match[3]), 0)
}
async function well(): Promise<void> {
  await goTo(window.page, '/board')
  await untilHeadline(window.page, WELL, 120_000)
}
async function healed(sandbox: RunningSandbox): Promise<void> {
  await sandbox.director.heal()
  await well()
}

test.describe('while all is well', () => {
  test('7 may I restart broker 2? and 3?', async ({ sandbox }) => {
    const { page } = window
    await well()
    const rows = await rowsOf(sandbox)
    const needs = await needsOf(sandbox)
    for (const broker of [2, 3]) {
      const asking = await ask(page)
      await asking.press('G W')
      await asking.click(page.locator(`.chooser [data-broker="${broker}"]`))
      const stop = stopOf(rows, needs, broker)
      const safe = sum(stop.offline) + sum(stop.refuses) === 0
      await expect(page.locator('[data-restart] [data-light]')).toHaveAttribute(
        'data-light',
        safe ? 'go' : 'wait',
        SHOWN,
      )
      if (!safe)
        await expect(page.locator('[data-restart]')).toContainText(
          `${sum(stop.offline) + sum(stop.refuses)} partitions`,
        )
      // Chosen brokers stay chosen while the window is open.
      await page.getByRole('button', { name: 'Clear' }).click()
    }
    // Both answers were asked for.
    expect(sum(stopOf(rows, needs, 2).offline)).toBe(0)
    expect(sum(stopOf(rows, needs, 3).offline)).toBeGreaterThan(0)
  })

  test('8 what happens if broker 3 stops?', async ({ sandbox }) => {
    const { page } = window
    const stop = stopOf(await rowsOf(sandbox), await needsOf(sandbox), 3)
    const asking = await ask(page)
    await asking.press('G W')
    await asking.click(page.locator('.chooser [data-broker="3"]'))
    await expect(page.locator('[data-figures]')).toContainText(
      `${sum(stop.offline)} offline, ${sum(stop.refuses)} refuse safe writes, 0 lose records`,
      SHOWN,
    )
    expect(stop.offline.size).toBeGreaterThan(0)
    for (const [topic, n] of stop.offline) {
      if (stop.offline.size === 1) await expect(page.locator('main h1')).toContainText(topic)
      const row = page.locator('[data-topics] [role=row]', { hasText: topic })
      expect((await cellsOf(row))[1]).toBe(String(n))
    }
    await page.getByRole('button', { name: 'Clear' }).click()
  })

  test('9 which topics are set up unsafely?', async ({ sandbox }) => {
    const { page } = window
    const { minIsr } = await needsOf(sandbox)
    const rows = await rowsOf(sandbox)
    const factor = new Map(rows.map(({ topic, replicas }) => [topic, replicas.length]))
    const alone = [...minIsr].filter(([topic, n]) => n === 1 && factor.get(topic)! > 1 && !topic.startsWith('__'))
    const single = [...factor].filter(([topic, n]) => n === 1 && !topic.startsWith('__'))
    const asking = await ask(page)
    await asking.press('G A')
    await asking.click(page.locator('[data-run]'))
    const found = (id: string) => page.locator(`[data-finding^="${id}"]`)
    for (const [id, wanted] of [
      ['min-isr-one', alone],
      ['single-replica', single],
    ] as const) {
      await expect(found(id)).toHaveCount(1, { timeout: 90_000 })
      expect(wanted.length).toBeGreaterThan(0)
      // Specs before this one may have left topics of their own, more than the list names.
      const text = await found(id).innerText()
      const more = Number(/ and ([\d,]+) more\b/.exec(text)?.[1]?.replaceAll(',', '') ?? 0)
      const words = new Set(text.split(/[\s,]+/))
      const named = wanted.filter(([topic]) => words.has(topic))
      expect(named.length, text).toBeGreaterThan(0)
      expect(named.length + more, text).toBe(wanted.length)
    }
  })

  test('16 where does this value come from?', async ({ sandbox }) => {
    const { page } = window
    const told = await sandbox.admin.describeTopic(roles.slow)
    const words: Readonly<Record<number, string>> = {
      1: 'topic',
      2: 'dynamic broker setting',
      3: 'cluster default',
      4: 'broker file',
      5: "Kafka's default",
    }
    const asking = await ask(page)
    await asking.name(roles.slow)
    const minIsr = told.get('min.insync.replicas')!
    await expect(page.locator('.topic > .head')).toContainText(
      `min ISR ${minIsr.value} (${words[minIsr.source]})`,
      SHOWN,
    )
    await asking.press('E')
    for (const key of ['min.insync.replicas', 'unclean.leader.election.enable']) {
      const row = page.locator('[role=row]').filter({ has: page.getByText(key, { exact: true }) })
      await expect(row).toContainText(words[told.get(key)!.source]!, SHOWN)
    }
  })

  test('17 was a throttle forgotten?', async ({ sandbox }) => {
    const { page } = window
    const rate = 'follower.replication.throttled.rate'
    const left = page.locator('[data-finding^="throttle-left"]')
    const audited = async (): Promise<void> => {
      const asking = await ask(page)
      await asking.press('G A')
      await asking.click(page.locator('[data-run]'))
    }
    await sandbox.admin.alterBroker(3, { [rate]: '10485760' })
    try {
      await audited()
      await expect(left).toHaveCount(1, { timeout: 90_000 })
      await expect(left).toContainText('3')
    } finally {
      await sandbox.admin.alterBroker(3, { [rate]: null })
    }
    await audited()
    await expect(left).toHaveCount(0, { timeout: 90_000 })
  })

  test('18 is the quorum well?', async ({ sandbox }) => {
    const { page } = window
    const controllers = sandbox.cluster.controllers()
    const asking = await ask(page)
    await asking.press('G Q')
    expect(controllers).toHaveLength(1)
    await expect(page.locator('[data-quorum-title]')).toHaveText(
      'There is a single controller: if it fails, no leader can be elected.',
      SHOWN,
    )
    const ids = async (card: string): Promise<string[]> =>
      (await page.locator(`[data-${card}] [role=row] [role=gridcell]:first-child strong`).allInnerTexts()).sort()
    await expect.poll(() => ids('voters'), SHOWN).toEqual(controllers.map(({ id }) => String(id)))
    await expect.poll(() => ids('observers'), SHOWN).toEqual(sandbox.cluster.brokers().map(({ id }) => String(id)))
  })

  test('19 do the brokers agree?', async ({ sandbox }) => {
    const { page } = window
    const key = (rows: readonly { topic: string; partition: number }[]): unknown =>
      [...rows].sort((a, b) => `${a.topic}/${a.partition}`.localeCompare(`${b.topic}/${b.partition}`))
    const [first, ...others] = (await sandbox.admin.views()).map(({ partitions }) => key(partitions))
    for (const other of others) expect(other).toEqual(first)
    const asking = await ask(page)
    await asking.name('agreement')
    await expect(page.locator('[data-agreement-title]')).toHaveText(/^The brokers agree on the partitions/, {
      timeout: 60_000,
    })
    await expect(page.locator('[data-disputed]')).toContainText('No differences where brokers were compared.')
  })

  test('22 what load do we put on it?', async () => {
    const { app, page } = window
    // Node's own count of what went over the sockets, beside the product's.
    const carried = (): Promise<number> =>
      app.evaluate(() => {
        const handles = (
          process as unknown as {
            _getActiveHandles(): { bytesRead?: number; bytesWritten?: number; remotePort?: number }[]
          }
        )._getActiveHandles()
        return handles
          .filter(({ remotePort }) => remotePort !== undefined)
          .reduce((all, { bytesRead = 0, bytesWritten = 0 }) => all + bytesRead + bytesWritten, 0)
      })
    await well()
    await ask(page)
    const from = { at: Date.now(), bytes: await carried() }
    const seconds = await until('10 s of traffic', 30_000, () =>
      Date.now() - from.at >= 10_000 ? (Date.now() - from.at) / 1000 : null,
    )
    const perSecond = ((await carried()) - from.bytes) / seconds
    const said = await page.locator('footer').innerText()
    const [, figure, unit] = /([\d.,]+)\s*(B|KiB|MiB)\/s/.exec(said) ?? []
    const told = Number(figure?.replaceAll(',', '')) * { B: 1, KiB: 1024, MiB: 1024 ** 2 }[unit as 'B']
    console.log(`our load: the footer says ${Math.round(told)} B/s, the sockets carried ${Math.round(perSecond)} B/s`)
    expect(told).toBeGreaterThan(perSecond / 2)
    expect(told).toBeLessThan(perSecond * 2)
  })

  test('15 who changed this, and can it be undone?', async ({ sandbox }) => {
    const { page } = window
    const topic = 'e2e.questions'
    const before = { 'max.message.bytes': '2000000' }
    const everywhere = sandbox.cluster.brokers().map(({ id }) => id)
    await sandbox.admin.createTopics([{ name: topic, assignment: [everywhere], configs: before }])
    // A broker that does not have it yet would tell the page that there is no such topic.
    expect(await sandbox.admin.overrides(topic)).toEqual(before)
    try {
      await planSetAndRemove(page, 'en', topic, ['segment.ms', '2 d'], 'max.message.bytes')
      await carryOut(page, 'asked by on-call')
      const asking = await ask(page)
      await asking.press('G C')
      const row = page.locator('[role=row]', { hasText: topic })
      await expect(row).toHaveCount(1, SHOWN)
      await expect(row).toContainText(userInfo().username)
      await asking.click(row.getByRole('button', { name: /^Undo/ }))
      await planned(page)
      // What the undo would write is what there was.
      expect(await sandbox.admin.overrides(topic)).toEqual({ 'segment.ms': '172800000' })
      await expect(page.locator('[data-difference]').filter({ hasText: 'max.message.bytes' })).toContainText('2')
    } finally {
      await sandbox.admin.deleteTopic(topic)
      await well()
    }
  })

  test('21 why can I not connect?', async ({ sandbox }) => {
    const { page } = window
    const port = 1
    expect(sandbox.cluster.brokers().map((broker) => broker.port)).not.toContain(port)
    await goTo(page, '/connect')
    await openForm(page)
    await typeForm(page, { name: 'zz-elsewhere', bootstrap: `127.0.0.1:${port}` })
    await press(page, 'Save')
    await expect(clusterRow(page, 'zz-elsewhere')).toBeVisible()
    const asking = await ask(page)
    await asking.press('Ctrl 2')
    await expect(page.locator('main h1')).toHaveText('zz-elsewhere cannot be reached.', SHOWN)
    // The port is closed: it is the connection that fails, at this address, and not the name before it.
    const failed = page.locator('li.failed')
    await expect(failed.first()).toContainText(`127.0.0.1:${port}`, { timeout: 60_000 })
    await expect(failed.first()).toContainText(/refused/i)
    await page.keyboard.press('Control+1')
    await well()
  })
})

/** The first trouble of this window: what comes within ten minutes of it belongs to the same incident, and has its start. */
test.describe('a broker dies and a topic refuses writes', () => {
  test.describe.configure({ mode: 'serial', timeout: 300_000 })
  let killedFrom = 0
  let killedTo = 0
  let before: readonly Row[] = []
  let short: readonly Row[] = []
  let shortAt = 0

  test.beforeAll(async ({ sandbox }) => {
    await well()
    before = await rowsOf(sandbox)
  })

  test('12 who is elected if the leader dies?', async ({ sandbox }) => {
    const { page } = window
    const { partition } = (await rowsOf(sandbox)).find(({ topic, leader }) => topic === roles.slow && leader === 2)!
    const asking = await ask(page)
    await asking.name(`${roles.slow} ${partition}`)
    await expect(page.locator('[data-what-if]')).toHaveText(/^Broker \d+ takes over from the ISR/, SHOWN)
    const foretold = Number(/^Broker (\d+)/.exec(await page.locator('[data-what-if]').innerText())?.[1])

    killedFrom = Date.now()
    await sandbox.director.play('min-isr-block', 2)
    killedTo = Date.now()
    const next = await until('another leader', 60_000, async () => {
      const { leader } = await rowOf(sandbox, roles.slow, partition, 1)
      return leader >= 0 && leader !== 2 ? leader : null
    })
    expect(foretold).toBe(next)
  })

  test('2 which broker is it?', async ({ sandbox }) => {
    const { page } = window
    await ask(page)
    const away = sandbox.cluster
      .brokers()
      .filter(({ state }) => state !== 'running')
      .map(({ id }) => id)
    expect(away).toEqual([2])
    await untilHeadline(page, /Broker 2 \(rack-b\) is gone/)
    expect(await headline(page)).not.toMatch(/[Bb]rokers? [13]\b/)
  })

  test('3 since when?', async () => {
    const { page } = window
    await ask(page)
    const since = await until(
      'a since',
      30_000,
      async () => /Since (\d\d:\d\d:\d\d)/.exec(await detail(page))?.[1] ?? null,
    )
    expect(timeIn(since)).toBeGreaterThan(killedFrom - CLOCK_MS)
    expect(timeIn(since)).toBeLessThan(killedTo + CLOCK_MS)
  })

  test('3 since when? for who opens it in the middle', async ({ sandbox }) => {
    const late = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'sandbox', ENV: 'dev' } })
    try {
      await untilHeadline(late.page, /Broker 2/)
      const said = await detail(late.page)
      expect(said).toMatch(/It began before \d\d:\d\d:\d\d, when Highwater opened/)
      expect(timeIn(said)).toBeGreaterThan(killedTo)
    } finally {
      await late.close()
    }
  })

  test('1 is data at risk?', async ({ sandbox }) => {
    const { page } = window
    await ask(page)
    // Whoever leads now was in the ISR before: nothing that was acknowledged is lost.
    const were = new Map(before.map((row) => [`${row.topic}/${row.partition}`, row.isr]))
    for (const { topic, partition, leader } of await rowsOf(sandbox))
      expect(were.get(`${topic}/${partition}`) ?? [leader], `${topic} ${partition}`).toContain(leader)
    await expect.poll(() => detail(page), SHOWN).toMatch(/No (acknowledged record|sign of lost records)/)
    await expect(page.locator('[data-loss-bar]')).toHaveCount(0)
  })

  test('4 where are acks=all writes refused?', async ({ sandbox }) => {
    const { page } = window
    const needs = await needsOf(sandbox)
    const refusing = (await rowsOf(sandbox, 1)).filter((row) => refuses(needs, row))
    expect(refusing.length).toBeGreaterThan(0)
    const asking = await ask(page)
    const figure = page.locator('.figure.under-min-isr')
    await expect(figure.locator('b')).toHaveText(String(refusing.length), SHOWN)
    await asking.click(figure)
    await expect(grid()).toHaveAttribute('aria-rowcount', String(refusing.length + 1), SHOWN)
    const shown = await grid().locator('[role=row] [role=gridcell]:first-child').allTextContents()
    expect([...new Set(shown.map((name) => name.trim().replace(/\/\d+$/, '')))]).toEqual([
      ...new Set(refusing.map(({ topic }) => topic)),
    ])
  })

  test('15 who changed this? when it was nobody here', async ({ sandbox }) => {
    const { page } = window
    // The scene asked for three in-sync replicas, past Highwater.
    const asking = await ask(page)
    await asking.name(roles.guarded)
    await asking.press('T')
    const told = page.locator('[data-event=setting]')
    await expect(told).toHaveCount(1, SHOWN)
    await expect(told).toContainText('min.insync.replicas: 2 → 3')
    expect(timeIn(await told.innerText())).toBeGreaterThan(killedFrom - CLOCK_MS)
    expect(timeIn(await told.innerText())).toBeLessThan(killedTo + SETTINGS_MS)
    await sandbox.admin.alterTopic(roles.guarded, { 'retention.ms': '3600000' })
    try {
      await expect(told).toHaveCount(2, SHOWN)
      await expect(told.filter({ hasText: 'retention.ms' })).toContainText('retention.ms: 7 d → 1 h')
    } finally {
      await sandbox.admin.alterTopic(roles.guarded, { 'retention.ms': null })
    }
  })

  test('14 what would min ISR 2 break now?', async ({ sandbox }) => {
    const { page } = window
    const rows = (await rowsOf(sandbox, 1)).filter(({ topic }) => topic === PAIR)
    shortAt = Date.now()
    short = rows
    const refusing = rows.filter(({ leader, isr }) => leader >= 0 && isr.length < 2).length
    expect(refusing).toBeGreaterThan(0)
    const asking = await ask(page)
    await asking.name(PAIR)
    await expect(page.locator('[data-with-min-isr]')).toContainText(
      `With min ISR 2, ${refusing === rows.length ? `all ${rows.length}` : `${refusing} of ${rows.length}`} partitions would refuse acks=all writes now.`,
      SHOWN,
    )
    await healed(sandbox)
  })

  test('10 what did the ISR look like then?', async ({ sandbox }) => {
    const { page } = window
    const isrOf = (rows: readonly Row[]) =>
      [...rows]
        .sort((a, b) => a.partition - b.partition)
        .map(({ partition, isr }) => [String(partition), [...isr].sort().join(', ')])
    const then = isrOf(short)
    expect(then).not.toEqual(isrOf((await rowsOf(sandbox)).filter(({ topic }) => topic === PAIR)))
    const asking = await ask(page)
    await asking.name(`${Math.ceil((Date.now() - shortAt) / 1000)} s ago`)
    await asking.name(PAIR)
    await expect(page.locator('[data-past-topic] h1')).toContainText(PAIR, SHOWN)
    const seen = (
      await Promise.all((await page.locator('[data-past-topic] [role=rowgroup] [role=row]').all()).map(cellsOf))
    )
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([partition, , , , isr = '']) => [partition, isr.split(', ').sort().join(', ')])
    expect(seen).toEqual(then)
    await page.keyboard.press('n')
    await expect(page.locator('[data-past-bar]')).toHaveCount(0)
  })
})

test.describe('a follower is slow', () => {
  test.describe.configure({ mode: 'serial', timeout: 300_000 })
  const FOLLOWER = 3
  let partition = -1
  let playedFrom = 0
  let playedTo = 0

  test.beforeAll(async ({ sandbox }) => {
    await well()
    let said = ''
    playedFrom = Date.now()
    await sandbox.director.play('slow-follower', FOLLOWER, (text) => (said += text))
    playedTo = Date.now()
    partition = Number(/partitions? (\d+)/.exec(said)?.[1])
  })

  test('6 when is it evicted?', async ({ sandbox }) => {
    const { page } = window
    const asking = await ask(page)
    await asking.name(`${roles.slow} ${partition}`)
    const promised = await until('a countdown', 60_000, async () => {
      const { notes } = await replicaOf(page, FOLLOWER)
      const range = /leaves ISR in (?:(\d+)[–-])?(\d+) s/.exec(notes)
      return range === null
        ? null
        : { at: Date.now(), from: Number(range[1] ?? range[2]) * 1000, to: Number(range[2]) * 1000 }
    })
    const leftAt = await until(
      'the brokers to evict it',
      90_000,
      async () => ((await rowOf(sandbox, roles.slow, partition, 1)).isr.includes(FOLLOWER) ? null : Date.now()),
      50,
    )
    console.log(`eviction: promised in ${promised.from}-${promised.to} ms, came after ${leftAt - promised.at} ms`)
    expect(leftAt - promised.at).toBeGreaterThan(promised.from - CLOCK_MS)
    expect(leftAt - promised.at).toBeLessThan(promised.to + CLOCK_MS)
  })

  test('5 how far behind, in records and seconds?', async ({ sandbox }) => {
    const { page } = window
    await ask(page)
    const row = await troubleRow(roles.slow, partition)
    const least = await behindOf(sandbox, roles.slow, partition, FOLLOWER)
    const at = Date.now()
    const cells = await cellsOf(row)
    const most = await behindOf(sandbox, roles.slow, partition, FOLLOWER)
    const behind = recordsBehind(`${cells[3]} behind`)
    const late = spanMs(cells[4] ?? '')
    // Written at 40 records a second and more: what a reading of a moment ago lacks.
    const slack = 60 * (CLOCK_MS / 1000)
    console.log(`behind: ${cells[3]}, ${cells[4]} late; the brokers: ${least} to ${most}`)
    expect(behind).toBeGreaterThan(least - slack)
    expect(behind).toBeLessThan(most + slack)
    expect(late).toBeGreaterThan(at - playedTo - CLOCK_MS)
    expect(late).toBeLessThan(at - playedFrom + CLOCK_MS)
  })

  test('20 is replica.lag.time.max.ms right?', async ({ sandbox }) => {
    const { page } = window
    const windowMs = Number((await sandbox.admin.describeBroker(FOLLOWER)).get('replica.lag.time.max.ms')?.value)
    const gone = async (): Promise<number> =>
      (await rowsOf(sandbox, 1)).filter(({ replicas, isr }) => replicas.includes(FOLLOWER) && !isr.includes(FOLLOWER))
        .length
    const asking = await ask(page)
    await asking.press('G E')
    // Minutes of watching are no ground for advice.
    await expect(page.locator('[data-advice]')).toContainText('Not enough data for advice', SHOWN)
    await expect(page.locator('[data-detail]')).toContainText(/of watching and \d+ stalls? more/)
    await expect(page.locator('[data-result=cost]')).toContainText(
      `instead of ${windowMs / 1000}–${(windowMs * 1.5) / 1000} s`,
    )
    let told = ''
    // The page reads anew every 15 s.
    await until('as many out of the ISR as the brokers have', 60_000, async () => {
      const said = await page.locator('[data-reach]').innerText()
      told = /([\d,]+) of them out of the ISR/.exec(said)?.[1] ?? ''
      return told === String(await gone()) || null
    })
    console.log(`late: the page has ${told} out of the ISR, as the brokers have`)
    await healed(sandbox)
  })
})

test.describe('it comes and goes', () => {
  test('11 who flaps?', async ({ sandbox }) => {
    const { page } = window
    await well()
    const flap = page.locator('[data-flap="broker 2"]')
    const told = async (): Promise<number> =>
      (await flap.count()) === 0 ? 0 : Number((await flap.locator('td').first().innerText()).replaceAll(',', ''))
    await goTo(page, '/history/churn')
    await expect(page.locator('[data-reach]')).toBeVisible(SHOWN)
    const before = await told()

    await sandbox.director.play('flapping', 2)
    // The brokers' own word, as often as it can be asked: from how many ISRs broker 2 went.
    const inside = new Set<string>()
    let left = 0
    let rounds = 0
    await until(
      'two departures and two returns',
      180_000,
      async () => {
        const rows = await rowsOf(sandbox, 1)
        const all = rows.filter(({ replicas }) => replicas.includes(2))
        const were = inside.size
        for (const { topic, partition, isr } of all) {
          const key = `${topic}/${partition}`
          if (isr.includes(2)) inside.add(key)
          else if (inside.delete(key)) left++
        }
        if (were < all.length && inside.size === all.length) rounds++
        // The first round is the one in which it is found to be in.
        return rounds >= 3 ? true : null
      },
      50,
    )
    await sandbox.director.heal()
    const asking = await ask(page)
    await asking.name('who flaps')
    await expect(page.locator('main h1')).toContainText('Flapping: broker 2', { timeout: 90_000 })
    // The page reads anew every minute.
    await expect.poll(async () => (await told()) - before, { timeout: 120_000 }).toBe(left)
    console.log(`flapping: the page counts ${(await told()) - before} departures, the brokers ${left}`)
    await well()
  })
})

test.describe('records are lost', () => {
  test.describe.configure({ mode: 'serial', timeout: 300_000 })
  let lost = 0
  let partition = -1
  let follower = -1
  /** What the steady traffic may have added between our look and the end of the leader. */
  const MORE = 20

  test.beforeAll(async ({ sandbox }) => {
    const { cluster } = sandbox
    const { page } = window
    await well()
    const rows = (await rowsOf(sandbox)).filter((row) => row.topic === PAIR && !row.replicas.includes(3))
    const chosen = rows[0]!
    const { leader } = chosen
    partition = chosen.partition
    follower = chosen.replicas.find((id) => id !== leader)!
    await goTo(page, `/partition/${PAIR}/${partition}`)
    await cluster.freeze(follower)
    await until('the leader to be alone', 90_000, async () => {
      return (await rowOf(sandbox, PAIR, partition, leader)).isr.join() === String(leader) || null
    })
    await writeRecords(cluster, { topic: PAIR, partition, count: 300 })
    const written = await endAt(sandbox, leader, PAIR, partition)
    // Who dies before it was read is known for what it had before.
    await until('the window to have read them', 60_000, async () => {
      const told = await page.locator(`li.row[data-broker="${leader}"]`).innerText()
      return Number(/LEO ([\d,]+)/.exec(told)?.[1]?.replaceAll(',', '')) >= written || null
    })
    const had = await endAt(sandbox, leader, PAIR, partition)
    await cluster.kill(leader)
    await cluster.thaw(follower)
    lost = had - (await endAt(sandbox, follower, PAIR, partition))
    await until('it to be offline', 90_000, async () => {
      return (await rowOf(sandbox, PAIR, partition, follower)).leader === -1 || null
    })
  })

  test('13 what would an unclean election lose?', async () => {
    const { page } = window
    const asking = await ask(page)
    await asking.name(`${PAIR} ${partition}`)
    const card = page.locator('[data-survivors]')
    await expect(card).toContainText(/records would be lost/, { timeout: 60_000 })
    const said = Number(
      /(?:at least )?([\d,]+) records would be lost/.exec(await card.innerText())?.[1]?.replaceAll(',', ''),
    )
    console.log(`unclean: ${said} would be lost, the logs part by ${lost}`)
    expect(said).toBeGreaterThanOrEqual(300)
    expect(said).toBeLessThanOrEqual(lost + MORE)
  })

  test('1 is data at risk? when it is lost', async ({ sandbox }) => {
    const { page } = window
    const { admin, cluster } = sandbox
    await admin.alterTopic(PAIR, { 'unclean.leader.election.enable': 'true' })
    // The controllers look for a leader when a broker comes in.
    await cluster.kill(follower)
    await cluster.restart(follower)
    await until('an unclean leader', 90_000, async () => {
      return (await rowOf(sandbox, PAIR, partition, follower)).leader === follower || null
    })
    await ask(page)
    const bar = page.locator('[data-loss-bar]')
    await expect(bar).toContainText(PAIR, { timeout: 90_000 })
    const said = Number(/at least ([\d,]+)/.exec(await bar.innerText())?.[1]?.replaceAll(',', ''))
    console.log(`loss: at least ${said} by the bar, the logs part by ${lost}`)
    expect(said).toBeGreaterThan(0)
    expect(said).toBeLessThanOrEqual(lost + MORE)
    await admin.alterTopic(PAIR, { 'unclean.leader.election.enable': null })
    await healed(sandbox)
  })
})
