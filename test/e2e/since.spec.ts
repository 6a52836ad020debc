/**
 * Opened in the middle of trouble, started again in it, and left for another cluster in it: what is said of its beginning holds the time at which it began, the incident is the same one, and what
 * happened is there. Two real clusters.
 */
import type { Page } from '@playwright/test'
import type { Incident, KeptEvent } from '../../src-main/contract/history'
import { startSandbox } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { expect, test } from './fixture'
import { call } from './killed-change'
import { goTo, untilHeadline } from './scene-words'

test.describe.configure({ timeout: 480_000 })

/** Its rack is named only where it was seen before. */
const GONE = /Broker 2\b.* is gone/
const SHOWN = { timeout: 60_000 }

/** Every event. */
const ANY = { incident: -1, topic: '', partition: -1, kinds: [], from: 0, until: 8.64e15, beforeSeq: 0, limit: 200 }

interface Truth {
  readonly from: number
  readonly to: number
}

const save = async (page: Page, name: string, bootstrap: string): Promise<string> => {
  const profile = { id: '', name, environment: 'dev', readOnly: true, tls: null, sasl: null, clusterId: '' } as const
  const more = { bootstrap: bootstrap.split(','), intervalMs: 500, watch: false, hook: 'none' } as const
  return (
    await call(page, 'profiles:save', { profile: { ...profile, ...more, bootstrap: [...more.bootstrap] }, secrets: {} })
  ).id
}
const incidents = async (page: Page, cluster: string): Promise<readonly Incident[]> =>
  (await call(page, 'history:incidents', { cluster, before: Number.MAX_SAFE_INTEGER })).rows
const eventsOf = async (page: Page, cluster: string, broker: number): Promise<readonly KeptEvent[]> =>
  (await call(page, 'history:events', { ...ANY, cluster, broker })).rows
const detail = (page: Page): Promise<string> => page.locator('[data-headline-detail]').innerText()

/** The interval that is told holds what happened; an unknown beginning of it holds everything before. */
function holds(told: { readonly from: number; readonly to: number }, truth: Truth): void {
  const what = `told ${new Date(told.from || 0).toISOString()} to ${new Date(told.to).toISOString()}, happened ${new Date(truth.from).toISOString()}`
  expect(Number.isNaN(told.from) || told.from <= truth.to, what).toBe(true)
  expect(told.to >= truth.from, what).toBe(true)
}

async function stop(sandbox: Sandbox, broker: number): Promise<Truth> {
  const from = Date.now()
  await sandbox.cluster.kill(broker)
  return { from, to: Date.now() }
}

async function show(page: Page, nth: number, name: string): Promise<void> {
  await page.keyboard.press(`ControlOrMeta+${nth}`)
  await expect(page.locator('header.header')).toContainText(name, SHOWN)
  await page.locator('[data-headline]').waitFor(SHOWN)
}

test('opened in the middle of trouble, started again in it, another cluster meanwhile: never a wrong since', async ({
  sandbox,
  start,
  profile,
}) => {
  const other = await startSandbox({ label: 'other' })
  try {
    const first = await start({ profile })
    const a = await save(first.page, 'alpha', sandbox.cluster.bootstrap)
    const b = await save(first.page, 'beta', other.cluster.bootstrap)
    await first.close()

    // Nobody watches when broker 2 is killed, and it has been gone for a while when Highwater opens.
    const died = await stop(sandbox, 2)
    await new Promise((resolve) => setTimeout(resolve, 15_000))
    const openedAt = Date.now()
    const second = await start({ profile })
    await show(second.page, 1, 'alpha')
    await untilHeadline(second.page, GONE)
    await expect
      .poll(() => detail(second.page), SHOWN)
      .toMatch(/Incident 1\. It began before .*, when Highwater opened/)
    const [one] = await incidents(second.page, a)
    holds(one!.began, died)
    expect(Number.isNaN(one!.began.from)).toBe(true)
    expect(one!.began.to).toBeGreaterThanOrEqual(openedAt)
    await second.close()

    // Started again in it: the same incident, and the same beginning.
    const third = await start({ profile })
    const { page } = third
    await show(page, 1, 'alpha')
    await untilHeadline(page, GONE)
    await expect
      .poll(() => detail(page), SHOWN)
      .toMatch(/Incident 1\. It began before .*, when Highwater opened .* this may have started in that time/)
    const [again] = await incidents(page, a)
    expect([again!.id, again!.began]).toEqual([one!.id, one!.began])

    // To the other cluster, which is well; meanwhile broker 2 comes back and broker 3 dies, which nobody sees.
    await show(page, 2, 'beta')
    await untilHeadline(page, /fully replicated/)
    expect(await incidents(page, b)).toEqual([])
    await sandbox.director.heal()
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    const swapped = await stop(sandbox, 3)
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    await show(page, 1, 'alpha')
    await untilHeadline(page, /Broker 3\b.* is gone/)
    // It died while nobody looked: no event is made up for it, and one that is told holds its time.
    for (const told of await eventsOf(page, a, 3)) if (told.kind === 'gone') holds(told, swapped)
    // It is told as the one that went on unseen, or as another: either way its beginning is held.
    const [now] = await incidents(page, a)
    holds(now!.began, now!.id === one!.id ? died : swapped)
    await expect
      .poll(() => detail(page), SHOWN)
      .toMatch(/Incident \d+\..*(Highwater could not see the cluster|this may have started in that time)/)
    const { watched } = await call(page, 'history:watched', { cluster: a, from: 0, until: Date.now() })
    expect(watched.length).toBeGreaterThanOrEqual(3)
    expect(watched.filter(({ from, to }) => from < swapped.from && to > swapped.to)).toEqual([])

    // Seen from its beginning, it is exact.
    await sandbox.director.heal()
    await untilHeadline(page, /fully replicated/, 180_000)
    await expect
      .poll(async () => (await incidents(page, a)).every(({ ended }) => !Number.isNaN(ended.to)), { timeout: 90_000 })
      .toBe(true)
    const seen = await stop(sandbox, 1)
    await untilHeadline(page, /Broker 1\b/)
    await expect.poll(async () => (await incidents(page, a))[0]!.id, SHOWN).toBeGreaterThan(now!.id)
    const [exact] = await incidents(page, a)
    holds(exact!.began, seen)
    expect(exact!.began.to - exact!.began.from).toBeLessThan(5_000)
    await goTo(page, '/history')
    await expect(page.locator('main')).toContainText('broker 1', SHOWN)
  } finally {
    await sandbox.director.heal()
    await other.close()
  }
})
