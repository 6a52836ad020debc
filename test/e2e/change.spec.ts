/**
 * A change from edit to undo in the real window on real brokers, with Kafka's own command-line tools as witness before, after and after the
 * undo; in English by the whole minute of watching, in Chinese with an undo in the middle of it.
 */
import { until } from '../../tools/sandbox'
import { arm, carryOut, planSetAndRemove, planUndo, step, confirmAll, WORDS } from './change-window'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import { kafkaScripts } from '../support/kafka-scripts'
import type { KafkaScripts } from '../support/kafka-scripts'
import { copiedByY, windowOnSandbox } from './open-window'
import { goTo } from './scene-words'
import { notChinese } from './words-on-screen'

const highwater = windowOnSandbox()
test.describe.configure({ timeout: 480_000 })

const OVERRIDES = { 'max.message.bytes': '2000000', 'min.insync.replicas': '2', 'retention.ms': '604800000' }
let scripts: KafkaScripts
let bootstrap = ''

test.beforeAll(async ({ sandbox }) => {
  scripts = await kafkaScripts()
  bootstrap = sandbox.cluster.bootstrap
  const everywhere = sandbox.cluster.brokers().map(({ id }) => id)
  const topics = ['e2e.settings', 'e2e.chinese', 'e2e.by-hand', 'e2e.raced']
  await sandbox.admin.createTopics(topics.map((name) => ({ name, assignment: [everywhere], configs: OVERRIDES })))
  await until('the new topics on every broker', 90_000, async () => {
    for (const id of everywhere) for (const topic of topics) await sandbox.admin.overrides(topic, id)
    return true
  })
})
test.afterAll(async () => {
  await scripts.remove()
})

/** The topic's own settings by kafka-configs.sh, sorted. */
async function told(topic: string): Promise<string[]> {
  const output = await scripts.run(
    `kafka-configs.sh --bootstrap-server ${bootstrap} --describe --entity-type topics --entity-name ${topic}`,
  )
  return [...output.matchAll(/^\s+([\w.]+=\S*) sensitive/gm)].map(([, pair]) => pair!).sort()
}
/** The tool asks any of the brokers. */
const untilTold = (topic: string, overrides: Readonly<Record<string, string>>): Promise<void> =>
  eventually(() => told(topic)).toEqual(pairs(overrides))
const pairs = (overrides: Readonly<Record<string, string>>): string[] =>
  Object.entries(overrides)
    .map(([key, value]) => `${key}=${value}`)
    .sort()

test('English: edit, plan, apply, verify, watch a minute, journal, undo', async () => {
  const { page } = highwater
  expect(await told('e2e.settings')).toEqual(pairs(OVERRIDES))
  await planSetAndRemove(page, 'en', 'e2e.settings', ['segment.ms', '2 d'], 'max.message.bytes')
  await expect(page.locator('main h1')).toContainText('e2e.settings')
  for (const key of ['segment.ms', 'max.message.bytes'])
    await expect(page.locator('[data-difference]').filter({ hasText: key })).toBeVisible()
  await expect(page.locator('[data-effect]').first()).toBeVisible()
  const command = await copiedByY(highwater)
  expect(await told('e2e.settings'), 'a plan sends nothing').toEqual(pairs(OVERRIDES))

  await carryOut(page, 'smaller records, shorter segments')
  const after = { 'min.insync.replicas': '2', 'retention.ms': '604800000', 'segment.ms': '172800000' }
  await untilTold('e2e.settings', after)
  // The line that the page offers does the same when it is run by hand.
  await scripts.run(command.replaceAll('e2e.settings', 'e2e.by-hand'))
  await untilTold('e2e.by-hand', after)

  await expect(page.locator('[data-watch]')).toHaveText(WORDS.en.change.watch.calm, { timeout: 180_000 })
  await goTo(page, '/changes')
  const line = page.locator('[role=row]', { hasText: 'e2e.settings' })
  await expect(line).toHaveCount(1)
  await line.click()
  await expect(page.locator('main h1')).toContainText('e2e.settings')

  await planUndo(page)
  await carryOut(page, 'back to what it was')
  await untilTold('e2e.settings', OVERRIDES)
  await goTo(page, '/board')
})

test('what another hand changed between plan and apply is shown three ways, and not written over', async ({
  sandbox,
}) => {
  const { page } = highwater
  await planSetAndRemove(page, 'en', 'e2e.raced', ['segment.ms', '3 d'], 'max.message.bytes')
  await arm(page)
  await confirmAll(page, 'raced')
  await sandbox.admin.alterTopic('e2e.raced', { 'segment.ms': '3600000' })
  const theirs = { ...OVERRIDES, 'segment.ms': '3600000' }
  // Whichever broker is re-read has to know of it, or there is nothing to be seen.
  for (const { id } of sandbox.cluster.brokers())
    await eventually(() => sandbox.admin.overrides('e2e.raced', id)).toEqual(theirs)
  await step(page, 'apply').click({ timeout: 60_000 })
  await expect(page.locator('[data-conflict]').first()).toContainText('3600000', { timeout: 60_000 })
  expect(await told('e2e.raced')).toEqual(pairs(theirs))
  await goTo(page, '/board')
})

test('Chinese: the same, undone in the middle of the watch', async () => {
  const { page } = highwater
  await goTo(page, '/settings')
  await page.getByRole('radio', { name: '中文', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  expect(await told('e2e.chinese')).toEqual(pairs(OVERRIDES))
  await planSetAndRemove(page, 'zh', 'e2e.chinese', ['segment.ms', '2 天'], 'max.message.bytes')
  await carryOut(page, '分段更短')
  await untilTold('e2e.chinese', { 'min.insync.replicas': '2', 'retention.ms': '604800000', 'segment.ms': '172800000' })
  await expect(page.locator('[data-watch]')).toHaveText(/[\u4e00-\u9fff]/)
  await planUndo(page)
  expect(await notChinese(page), 'the plan of the undo').toEqual({ keys: [], english: [] })
  await carryOut(page, '恢复')
  await untilTold('e2e.chinese', OVERRIDES)
  await goTo(page, '/settings')
  await page.getByRole('radio', { name: 'English', exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
