/**
 * The shop case in the window: the topic's page says the risk beforehand, the accident loses acknowledged records, which is said within 2 s, over a
 * restart, until it is acknowledged with a reason, "Make it safe" is planned on
 * live data and applied, and the same accident then loses nothing: the writes are refused instead.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SHOP_TOPIC } from '../../tools/sandbox'
import { carryOut, planned, WORDS } from './change-window'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { launch } from './launch'
import { windowOnSandbox } from './open-window'
import { goTo, untilHeadline } from './scene-words'

const highwater = windowOnSandbox()
test.describe.configure({ timeout: 600_000 })

/** Plays the accident, heals, and answers what was counted. `elected`: as soon as a new leader is seen by the scene. */
async function accident(
  { director }: RunningSandbox,
  elected: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const said: string[] = []
  let alarm: Promise<void> = Promise.resolve()
  await director.play('shop-case', undefined, (text) => {
    said.push(text)
    // Awaited below: a scene does not wait for who listens.
    if (/^Broker \d+ leads\.$/.test(text)) alarm = elected()
  })
  await alarm
  await director.heal()
  return said.at(-1) ?? ''
}

const bar = () => highwater.page.locator('[data-loss-bar]')
const untilAlarm = (): Promise<void> => expect(bar()).toBeVisible({ timeout: 20_000 })

/** 500 are gone. How many of them had been read before the leader died is a matter of milliseconds: no more than that may be claimed. */
async function saysTheLoss(): Promise<void> {
  const text = (await bar().textContent()) ?? ''
  expect(text).toContain(SHOP_TOPIC)
  expect(Number(/at least (\d+)/.exec(text)?.[1] ?? 0)).toBeLessThanOrEqual(500)
}

/** It is there on every page, and goes with a name and a reason. */
async function acknowledgeLoss(reason: string): Promise<void> {
  const { page } = highwater
  await bar().getByRole('button').click()
  const dialog = page.getByRole('dialog', { name: WORDS.en.loss.dialog.heading })
  const send = dialog.getByRole('button', { name: WORDS.en.loss.dialog.send })
  await expect(send).toBeDisabled()
  await dialog.getByLabel(WORDS.en.loss.dialog.by).fill('ada')
  await dialog.getByLabel(WORDS.en.loss.dialog.reason).fill(reason)
  await send.click()
  await expect(bar()).toBeHidden()
}

/** The same profile and the same cluster in a new process: what is kept is there before anything is read. */
async function stillThereAfterRestart({ cluster }: RunningSandbox): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'highwater-loss-'))
  try {
    for (const tail of ['', '-wal']) {
      const file = join(highwater.profile, `highwater.db${tail}`)
      if (existsSync(file)) copyFileSync(file, join(folder, `highwater.db${tail}`))
    }
    const again = await launch({
      env: { BOOTSTRAP: cluster.bootstrap, CLUSTER_NAME: 'sandbox', ENV: 'dev' },
      profile: folder,
    })
    try {
      await expect(again.page.locator('[data-loss-bar]')).toContainText(SHOP_TOPIC, { timeout: 60_000 })
    } finally {
      await again.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('acknowledged records are lost, the topic is made safe, and the same accident loses none', async ({ sandbox }) => {
  const { page } = highwater
  expect(await accident(sandbox, untilAlarm)).toBe('acknowledged 1,500, readable 1,000, lost 500')
  await saysTheLoss()
  await stillThereAfterRestart(sandbox)
  await untilHeadline(page, /fully replicated/, 180_000)

  await goTo(page, `/topic/${SHOP_TOPIC}`)
  const banner = page.getByRole('note', { name: WORDS.en.config.audit.title })
  await expect(banner).toContainText(WORDS.en.config.audit.head['leader-alone'], { timeout: 90_000 })
  await expect(banner).toContainText(WORDS.en.config.audit.head.unclean)
  await expect(banner).toContainText('No partition that was read has only its leader in sync now.')
  await banner.getByRole('button', { name: WORDS.en.config.audit.fix }).click()
  await planned(page)
  for (const key of ['min.insync.replicas', 'unclean.leader.election.enable']) {
    await expect(page.locator('[data-difference]').filter({ hasText: key })).toBeVisible()
  }
  await carryOut(page, 'orders were lost')
  for (const { id } of sandbox.cluster.brokers()) {
    const inForce = async (key: string): Promise<string | null | undefined> =>
      (await sandbox.admin.describeTopic(SHOP_TOPIC, id)).get(key)?.value
    await eventually(() => inForce('min.insync.replicas')).toBe('2')
    await eventually(() => inForce('unclean.leader.election.enable')).toBe('false')
  }

  await goTo(page, '/board')
  await untilHeadline(page, /fully replicated/, 180_000)
  await acknowledgeLoss('orders sent again')
  expect(await accident(sandbox)).toBe('acknowledged 1,000, refused 500, readable 1,000, lost 0')
  await expect(bar()).toBeHidden()
})
