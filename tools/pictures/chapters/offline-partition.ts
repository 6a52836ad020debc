import { roles } from '../../sandbox/topics'
import { pictureSize } from '../camera'
import type { Chapter } from '../stage'
import { headlineSays, heal } from '../stage'

/** Partitions without a leader, on the smallest window as well. */
export const offlinePartition: Chapter = {
  name: 'offline-partition',
  shoot: async (stage) => {
    const { camera, director } = stage
    await camera.goTo('/board')
    await director.play('offline-partition')
    await headlineSays(stage, /3 partitions are offline/)
    await camera.page.waitForTimeout(3000)
    await camera.shoot('board-offline')
    await camera.goTo(`/partition/${roles.lonely}/0`)
    await camera.shoot('partition-offline')
    await camera.resize({ width: 1100, height: 700 })
    await camera.goTo('/board')
    await camera.shoot('board-offline-small')
    await camera.goTo(`/partition/${roles.slow}/2`)
    await camera.shoot('partition-small')
    await camera.resize(pictureSize)
    await heal(stage)
  },
}
