import type { Chapter, Stage } from '../stage'
import { headlineSays, heal, inBoth } from '../stage'

const readMs = 60_000

/** An announced restart, an incident from beginning to end, and what is made of what is remembered. */
export const remembered: Chapter = {
  name: 'remembered',
  shoot: async (stage) => {
    await announced(stage)
    await incident(stage)
    await reasoned(stage)
    await notified(stage)
  },
}

async function announced(stage: Stage): Promise<void> {
  const { camera, director } = stage
  const { page } = camera
  await camera.goTo('/broker/2')
  await page.locator('[data-announce-open]').click()
  await camera.shoot('announce')
  await page.getByRole('button', { name: 'Announce', exact: true }).click()
  await page.locator('[data-planned]').waitFor()
  await director.play('shutdown', 2)
  await camera.goTo('/board')
  await headlineSays(stage, /Maintenance/)
  await headlineSays(stage, /is gone/)
  await camera.shoot('board-maintenance')
  await heal(stage)
}

async function incident(stage: Stage): Promise<void> {
  const { camera, director } = stage
  const { page } = camera
  await director.play('slow-follower')
  await page.waitForTimeout(30_000)
  await heal(stage)
  await director.play('dead-broker', 3)
  await camera.goTo('/board')
  await headlineSays(stage, /Broker 3 .*is gone/)
  await page.keyboard.press('i')
  await page.locator('[data-phases]').waitFor()
  await camera.shoot('incident-open')
  await heal(stage)
  await page.keyboard.press('i')
  await page.locator('[data-line]', { hasText: 'over.' }).waitFor({ timeout: readMs })
  await inBoth(stage, 'incident')
  await page.locator('[data-phase-board]').nth(1).click()
  await page.locator('[data-past-board]').first().waitFor()
  await inBoth(stage, 'past-board')
  await page.keyboard.press('n')
  await page.keyboard.press('i')
  await page.locator('main').getByRole('link', { name: 'Timeline' }).click()
  await page.waitForTimeout(2_000)
  await inBoth(stage, 'timeline')
  await camera.goTo('/history')
  await inBoth(stage, 'history')
  await camera.goTo('/history/churn')
  await inBoth(stage, 'churn')
  await camera.goTo('/history/lag')
  await inBoth(stage, 'advisor')
}

async function reasoned(stage: Stage): Promise<void> {
  const { camera } = stage
  const { page } = camera
  await camera.goTo('/what-if')
  await page.locator('.chooser [data-broker="2"]').click()
  await page.locator('[data-light]').waitFor({ timeout: readMs })
  await inBoth(stage, 'what-if')
  await camera.goTo('/audit')
  await page.locator('[data-run]').click()
  await page.locator('[data-line]').waitFor({ timeout: readMs })
  await inBoth(stage, 'audit')
  await camera.goTo('/quorum')
  await page.locator('main table').first().waitFor()
  await inBoth(stage, 'quorum')
  await camera.goTo('/agreement')
  await inBoth(stage, 'agreement')
}

async function notified(stage: Stage): Promise<void> {
  const { camera } = stage
  const { page } = camera
  await camera.goTo('/settings')
  await page.getByRole('heading', { name: 'Notifications' }).scrollIntoViewIfNeeded()
  await page.locator('[data-watch]').first().scrollIntoViewIfNeeded()
  await inBoth(stage, 'notifications')
}
