import { roles } from '../../sandbox/topics'
import type { Chapter } from '../stage'
import { headlineSays, heal } from '../stage'

/** A topic that refuses writes, on the board and on the page of one of its partitions. */
export const minIsrBlock: Chapter = {
  name: 'min-isr-block',
  shoot: async (stage) => {
    const { camera, director } = stage
    await camera.goTo('/board')
    await director.play('min-isr-block', 2)
    await headlineSays(stage, /\(rack-b\) is gone .*refuses? acks=all writes/)
    await camera.page.waitForTimeout(5000)
    await camera.shoot('board-refused')
    await camera.page.getByRole('radio', { name: 'Map', exact: true }).click()
    await camera.shoot('board-map')
    await camera.page.getByRole('radio', { name: 'List', exact: true }).click()
    await camera.goTo('/topics')
    await camera.shoot('topics-refused')
    await camera.goTo(`/partition/${roles.guarded}/0`)
    await camera.page.locator('[data-accepts]').waitFor()
    await camera.shoot('partition-refused')
    await heal(stage)
  },
}
