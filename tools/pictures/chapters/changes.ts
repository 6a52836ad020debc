import type { Sandbox } from '../../sandbox'
import { SHOP_TOPIC, commitOffsets, prepareShop, secondWriter, writeRecords } from '../../sandbox'
import { roles } from '../../sandbox/topics'
import { carryOut, giveConfirmation, planEdit, planned, press, arm, statusSays } from '../change-steps'
import type { Chapter, Stage } from '../stage'
import { headlineSays } from '../stage'

const HOUR_MS = 3_600_000
const invoices = 'invoices'
const ledgers = Array.from({ length: 45 }, (_, index) => `ledger.${String(index + 1).padStart(2, '0')}`)

/** Settings and changes, from the reading to the journal. Leaves settings behind, so it comes last. */
export const changes: Chapter = {
  name: 'changes',
  shoot: async (stage) => {
    await prepare(stage.sandbox)
    await reading(stage)
    await losing(stage)
    await raced(stage)
    await shop(stage)
    await many(stage)
    await election(stage)
    await journal(stage)
  },
}

/** A topic with three days of records and a group that has read one of them, a shop, and many topics alike. */
async function prepare(sandbox: Sandbox): Promise<void> {
  const everywhere = [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ]
  await sandbox.admin.createTopics([
    { name: invoices, assignment: everywhere, configs: { 'min.insync.replicas': '2', 'segment.ms': '60000' } },
    ...ledgers.map((name, at) => ({
      name,
      assignment: [everywhere[at % 3] ?? []],
      configs: { 'min.insync.replicas': '1' },
    })),
  ])
  await prepareShop(sandbox)
  const records = { topic: invoices, count: 7200, bytes: 2000, firstAt: Date.now() - 72 * HOUR_MS, stepMs: HOUR_MS }
  for (const partition of [0, 1, 2]) await writeRecords(sandbox.cluster, { ...records, partition })
  await commitOffsets(sandbox.cluster, 'billing', invoices, [2000, 2100, 1900])
}

async function reading({ camera }: Stage): Promise<void> {
  await camera.goTo(`/topic/${roles.slow}/config`)
  await camera.page.locator('[role=row]', { hasText: 'retention.ms' }).first().waitFor()
  await camera.shoot('config')
  await camera.goTo('/topics/config?q=min.insync.replicas%20%3C%202')
  await camera.page.locator('[role=row]', { hasText: roles.busy }).waitFor()
  await camera.shoot('config-search')
}

/** A retention that would delete what a group has not read: plan, confirmation, verification, undo. */
async function losing({ camera }: Stage): Promise<void> {
  const { page } = camera
  await planEdit(camera, invoices, 'retention.ms', '24 h')
  await camera.shoot('change-plan')
  await camera.choose('language: 中文')
  await camera.shoot('change-plan-chinese')
  await camera.choose('english')
  await arm(camera)
  await page.locator('[data-next="apply"]').waitFor()
  await giveConfirmation(camera, 'disk of broker 2 at 91 %, agreed with billing')
  await camera.shoot('change-confirm')
  await page.keyboard.press('Escape')
  await camera.goTo('/board')
  await planEdit(camera, roles.slow, 'max.message.bytes', '2 MiB')
  await carryOut(camera, 'larger orders from the new shop')
  await page.locator('[data-watch]').waitFor({ timeout: 60_000 })
  await camera.shoot('change-watch')
  await camera.choose('theme: light')
  await camera.shoot('change-watch-light')
  await camera.choose('theme: dark')
  await page.locator('main').getByRole('button', { name: /^Undo/ }).first().click()
  await planned(camera)
  await camera.shoot('change-undo')
}

/** Another hand between plan and apply. */
async function raced({ camera, sandbox }: Stage): Promise<void> {
  await planEdit(camera, roles.slow, 'retention.bytes', '256 MiB')
  await arm(camera)
  await camera.page.locator('[data-next="apply"]').waitFor()
  await giveConfirmation(camera, 'room for a day of orders')
  await secondWriter(sandbox).write(roles.slow, { 'retention.bytes': '33554432', 'retention.ms': '43200000' })
  await press(camera, 'apply')
  await camera.page.locator('[data-conflict]').first().waitFor({ timeout: 60_000 })
  await camera.shoot('change-conflict')
}

async function shop({ camera }: Stage): Promise<void> {
  await camera.goTo(`/topic/${SHOP_TOPIC}`)
  await camera.page.getByRole('button', { name: 'Make it safe' }).waitFor()
  await camera.shoot('shop-banner')
  await camera.page.getByRole('button', { name: 'Make it safe' }).click()
  await planned(camera)
  await camera.shoot('shop-plan')
  await carryOut(camera, 'orders were lost in October')
  await statusSays(camera, /applied|Verified|brokers|watch/i)
}

async function many({ camera }: Stage): Promise<void> {
  const { page } = camera
  await camera.goTo('/topics')
  await page.keyboard.press('/')
  await page.keyboard.type('ledger')
  await page.getByText('ledger.01').waitFor()
  await page.getByRole('button', { name: 'Edit settings' }).click()
  await page.locator('#config-key').fill('min.insync.replicas')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByLabel('New value of min.insync.replicas').fill('2')
  await page.getByLabel('New value of min.insync.replicas').press('Enter')
  await page.getByRole('button', { name: /^Plan/ }).click()
  await planned(camera)
  await camera.shoot('change-many')
  await carryOut(camera, 'ledgers survive the loss of any broker')
  await page.locator('[data-progress]').first().waitFor()
  await camera.shoot('change-applying', 'at once')
  await page.locator('[data-watch]').waitFor({ timeout: 60_000 })
}

/** A broker that was away leads nothing when it is back. */
async function election({ camera, sandbox, director }: Stage): Promise<void> {
  await director.play('dead-broker', 2)
  await camera.goTo('/board')
  await headlineSays({ camera, sandbox, director }, /is gone/)
  await sandbox.cluster.restart(2)
  await headlineSays({ camera, sandbox, director }, /fully replicated/, 120_000)
  await camera.goTo('/broker/2')
  await camera.page.locator('[data-leaders-back]').click({ timeout: 60_000 })
  await planned(camera)
  await camera.shoot('election-plan')
}

async function journal({ camera }: Stage): Promise<void> {
  await camera.goTo('/changes')
  await camera.page.getByRole('radio', { name: 'all', exact: true }).click()
  await camera.shoot('changes')
  // The undo of it stands below.
  await camera.page.locator('[role=row]', { hasText: 'max.message.bytes' }).first().click()
  const steps = camera.page.getByText('Steps of this change')
  await steps.click()
  await camera.page.locator('.timeline').scrollIntoViewIfNeeded()
  await camera.shoot('change-timeline')
}
