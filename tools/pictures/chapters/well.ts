import { roles } from '../../sandbox/topics'
import type { Chapter } from '../stage'
import { headlineSays } from '../stage'

/** Long enough for charts to have a line worth looking at. */
const historyMs = 60_000

/** Every screen with a healthy cluster, and a connection test that fails. */
export const well: Chapter = {
  name: 'well',
  shoot: async (stage) => {
    const { camera, sandbox } = stage
    const { page } = camera
    await camera.goTo('/board')
    await headlineSays(stage, /fully replicated/)
    await page.waitForTimeout(historyMs)
    await camera.shoot('board-well')
    await page.keyboard.press('Control+k')
    await camera.shoot('palette')
    await page.keyboard.press('Escape')
    await camera.goTo('/topics')
    await camera.shoot('topics')
    await page.keyboard.press('x')
    await camera.shoot('export')
    await page.keyboard.press('Escape')
    await camera.goTo(`/partition/${roles.busy}/0`)
    await page.waitForTimeout(5000)
    await camera.shoot('partition-well')
    await camera.goTo('/brokers')
    await camera.shoot('brokers')
    await camera.goTo('/settings')
    await camera.shoot('settings')
    await page.keyboard.press('?')
    await camera.shoot('keys')
    await page.keyboard.press('Escape')
    await failingTest(stage, sandbox.cluster.bootstrap.split(',')[0] ?? '')
  },
}

/** TLS asked of a port that speaks plaintext: the steps before it pass, the failing one says what to do. */
const failingTest = async ({ camera }: Parameters<Chapter['shoot']>[0], address: string): Promise<void> => {
  const { page } = camera
  await camera.goTo('/connect')
  if ((await page.locator('form').count()) === 0) await page.getByRole('button', { name: 'Add a cluster' }).click()
  await page.getByLabel('Name', { exact: true }).fill('orders-eu')
  await page.getByLabel('Bootstrap servers').fill(address)
  await page.getByRole('radio', { name: 'TLS' }).click()
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.locator('.doctor').waitFor()
  await page.locator('.doctor').scrollIntoViewIfNeeded()
  await camera.shoot('connect-doctor')
  await page.getByRole('button', { name: 'Cancel' }).click()
}
