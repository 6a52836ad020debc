import type { Chapter } from '../stage'
import { headlineSays, heal } from '../stage'

/** Between "does not answer" and the fence lie some eight seconds; the second theme gets a freeze of its own. */
export const frozenBroker: Chapter = {
  name: 'frozen-broker',
  shoot: async (stage) => {
    const { camera, director } = stage
    for (const theme of ['dark', 'light']) {
      await camera.choose(`theme: ${theme}`)
      await camera.goTo('/board')
      await director.play('frozen-broker', 2)
      await headlineSays(stage, /does not answer.*fenced in about/s)
      await camera.shoot(theme === 'dark' ? 'board-frozen' : 'board-frozen-light')
      if (theme === 'dark') {
        await headlineSays(stage, /Broker 2.* is gone/)
        await camera.page.waitForTimeout(3000)
        await camera.shoot('board-gone')
        await camera.goTo('/brokers')
        await camera.shoot('brokers-gone')
      }
      await heal(stage)
    }
    await camera.choose('theme: dark')
  },
}
