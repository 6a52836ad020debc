import { WORDS } from '../../../test/e2e/change-window'
import type { Chapter } from '../stage'
import { heal } from '../stage'

/** Acknowledged records are gone: the bar over the board, and the page that says who still has them. */
export const loss: Chapter = {
  name: 'loss',
  shoot: async (stage) => {
    const { camera, director } = stage
    const { page } = camera
    await camera.goTo('/board')
    await director.play('shop-case')
    const bar = page.locator('[data-loss-bar]')
    await bar.waitFor()
    await camera.shoot('board-loss')
    await camera.goTo('/loss')
    await camera.shoot('loss')
    await heal(stage)
    await bar.getByRole('button').click()
    const { by, reason, send, heading } = WORDS.en.loss.dialog
    const dialog = page.getByRole('dialog', { name: heading })
    await dialog.getByLabel(by).fill('ada')
    await dialog.getByLabel(reason).fill('orders sent again')
    await dialog.getByRole('button', { name: send }).click()
    await bar.waitFor({ state: 'hidden' })
  },
}
