/** Topics that come, go and grow while their page is open; the window paused. */
import type { Admin } from 'kafkajs'
import { trafficClient } from '../../tools/sandbox/kafkajs-client'
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo } from './scene-words'

/** Everything Kafka allows: one letter, only marks, dots in a row, and 249 letters. */
const ODD_NAMES = ['a', '-', '...', '__-.-__', 'x'.repeat(249)] as const
const COMING = 'comes.and-goes'

const highwater = windowOnSandbox()
let admin: Admin

test.describe.configure({ mode: 'serial', timeout: 240_000 })
test.beforeAll(async ({ sandbox }) => {
  admin = trafficClient(sandbox.cluster.bootstrap).admin()
  await admin.connect()
})
test.afterAll(async () => {
  const topics = (await admin.listTopics()).filter(
    (name) => name === COMING || (ODD_NAMES as readonly string[]).includes(name),
  )
  if (topics.length > 0) await admin.deleteTopics({ topics })
  await admin.disconnect()
})

const create = (topic: string): Promise<boolean> =>
  admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 3 }], waitForLeaders: false })

test('topics with the oddest names are found, opened, and read', async () => {
  const { page } = highwater
  for (const name of ODD_NAMES) await create(name)
  // Until all of them are there and well, rows of the table move, also from under a pointer that is about to press.
  for (const name of ODD_NAMES) {
    await goTo(page, `/partition/${name}/0`)
    await expect(page.locator('li.row')).toHaveCount(3)
    await expect(page.locator('main')).toContainText('in step')
  }
  for (const name of ODD_NAMES) {
    await goTo(page, '/topics')
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    const row = page.locator('main [role=row]').filter({ has: page.locator(`[title="${name}"]`) })
    // Rows keep their place once the pointer is inside, so where the row is then is where it is pressed.
    await row.hover()
    await row.click()
    await expect(page.locator('main h1')).toHaveText(name)
    await page.locator('main [role=rowgroup] [role=row]').first().click()
    await expect(page).toHaveURL(/#\/partition\//)
    await expect(page.locator('main h1')).toHaveText(`${name} / 0`)
    await expect(page.locator('li.row')).toHaveCount(3)
    await expect(page.locator('main')).toContainText('in step')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await expect(page).toHaveURL(/#\/topics/)
    await page.keyboard.press('/')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Escape')
  }
})

test('a topic deleted while its page is open keeps its last picture, and comes back by itself', async ({ sandbox }) => {
  const { page } = highwater
  await create(COMING)
  const flow = sandbox.traffic.start({ topic: COMING, recordsPerSecond: 50 })
  await goTo(page, `/partition/${COMING}/0`)
  const ladder = page.getByRole('region', { name: 'Replica ladder' })
  await expect(ladder.locator('[data-notes]').first()).toContainText(/LEO [1-9]/, { timeout: 60_000 })
  flow.stop()
  await admin.deleteTopics({ topics: [COMING] })
  const gone = page.getByRole('status').filter({
    hasText: 'This partition is no longer seen: deleted, or hidden from this login. This is its last state',
  })
  await expect(gone).toBeVisible({ timeout: 60_000 })
  await expect(ladder).toHaveClass(/stale/)
  await expect(ladder.locator('[data-notes]').first()).toContainText(/LEO [1-9]/)
  await expect(page.locator('footer .phase')).toHaveClass(/live/)

  await create(COMING)
  await expect(ladder.locator('[data-notes]').first()).toContainText('LEO 0', { timeout: 60_000 })
  await expect(ladder).not.toHaveClass(/stale/)
  await expect(gone).toHaveCount(0)
})

test('what is not there is said, page by page', async () => {
  const { page } = highwater
  await goTo(page, '/topic/no-such-topic')
  await expect(page.getByText('No topic no-such-topic is seen')).toBeVisible()
  await goTo(page, '/partition/no-such-topic/0')
  await expect(page.getByText('No partition 0 of no-such-topic is seen')).toBeVisible()
  await goTo(page, '/broker/99')
  await expect(page.getByText('The cluster does not list broker 99, and no partition seen refers to it.')).toBeVisible()
})

test('partitions that are added appear by themselves', async () => {
  const { page } = highwater
  await goTo(page, `/partition/${COMING}/2`)
  await expect(page.getByText(`No partition 2 of ${COMING} is seen`)).toBeVisible()
  await admin.createPartitions({ topicPartitions: [{ topic: COMING, count: 3 }] })
  await expect(page.locator('li.row')).toHaveCount(3, { timeout: 60_000 })
  await expect(page.getByText(`No partition 2 of ${COMING} is seen`)).toHaveCount(0)
  await goTo(page, `/topic/${COMING}`)
  await expect(page.locator('main')).toContainText('3 partitions')
})

const newestPicture = (): Promise<number> =>
  highwater.page.evaluate(
    () =>
      (performance.getEntriesByName('highwater:picture').at(-1) as unknown as { detail: { takenAt: number } }).detail
        .takenAt,
  )

/** Waits until the brokers took in `records` more: time in which a window that should stand still could have moved. */
async function recordsPass(records: number): Promise<void> {
  const end = async (): Promise<number> =>
    (await admin.fetchTopicOffsets(roles.busy)).reduce((sum, { high }) => sum + Number(high), 0)
  const from = await end()
  await expect.poll(end, { timeout: 90_000 }).toBeGreaterThan(from + records)
}

test('Space pauses and goes on; the picture stands still, greyed, with its age', async () => {
  const { page } = highwater
  await goTo(page, '/board')
  await page.locator('main h1').click()
  await page.keyboard.press('Space')
  await expect(page.getByText(/^Paused\. Data is .* old\.$/)).toBeVisible()
  await expect(page.locator('footer .phase')).toHaveClass(/paused/)
  await expect(page.getByRole('region', { name: 'Topics', exact: true })).toHaveClass(/stale/)
  // What was being read when it was paused may still arrive.
  await recordsPass(60)
  const at = await newestPicture()
  await recordsPass(180)
  expect(await newestPicture()).toBe(at)
  await page.keyboard.press('Space')
  await expect(page.locator('footer .phase')).toHaveClass(/live/)
  await expect(page.getByRole('region', { name: 'Topics', exact: true })).not.toHaveClass(/stale/)
  await expect.poll(newestPicture).toBeGreaterThan(at)
})
