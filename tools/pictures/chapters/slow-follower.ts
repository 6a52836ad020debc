import { roles } from '../../sandbox/topics'
import type { Chapter, Stage } from '../stage'
import { headlineSays, heal, replicaSays } from '../stage'

const slow = 3

/** A follower that is alive but late: the countdown, the eviction, and the way back. */
export const slowFollower: Chapter = {
  name: 'slow-follower',
  shoot: async (stage) => {
    const { camera, director } = stage
    let said = ''
    await camera.goTo(`/partition/${roles.slow}/0`)
    await director.play('slow-follower', slow, (text) => (said += text))
    const partition = Number(/partitions? (\d+)/.exec(said)?.[1])
    await camera.goTo(`/partition/${roles.slow}/${partition}`)
    await replicaSays(stage, slow, /time lag [5-9](\.\d)? s.*leaves ISR in/)
    await camera.shoot('partition-late', 'at once')
    await replicaSays(stage, slow, /out of ISR|out \d/)
    await camera.page.waitForTimeout(20_000)
    await camera.shoot('partition-evicted')
    await pointAtChart(stage)
    await camera.shoot('chart-point')
    await camera.page.mouse.move(0, 0)
    await camera.page.getByRole('radio', { name: 'seconds' }).click()
    await camera.shoot('partition-evicted-seconds')
    await camera.choose('language: 中文')
    await camera.shoot('partition-evicted-chinese')
    await camera.goTo('/board')
    await camera.shoot('board-slow-chinese')
    await camera.choose('english')
    await headlineSays(stage, /Broker 3/)
    await camera.shoot('board-slow')
    await camera.choose('theme: light')
    await camera.goTo(`/partition/${roles.slow}/${partition}`)
    await camera.shoot('partition-evicted-light')
    await camera.choose('theme: dark')
    await camera.goTo(`/topic/${roles.slow}`)
    await camera.shoot('topic')
    await camera.goTo(`/broker/${slow}`)
    await camera.shoot('broker')
    await camera.goTo(`/partition/${roles.slow}/${partition}`)
    await comeBack(stage, partition)
    await heal(stage)
  },
}

/** Between the moment in which it left the ISR and now. */
async function pointAtChart({ camera: { page } }: Stage): Promise<void> {
  const box = await page.locator('main [role=application]').boundingBox()
  if (box === null) throw new Error('There is no chart to point at')
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.4)
  await page.locator('[data-cursor]').waitFor()
}

/** A backlog and a throttle that lets it: the estimate shows while it is fetched. */
async function comeBack(stage: Stage, partition: number): Promise<void> {
  const { camera, sandbox } = stage
  const flow = {
    topic: roles.slow,
    partitions: [partition],
    recordsPerSecond: 150,
    recordBytes: 10_000,
    acks: 1 as const,
  }
  const backlog = sandbox.traffic.start(flow)
  await camera.page.waitForTimeout(15_000)
  backlog.stop()
  await sandbox.admin.alterBroker(slow, { 'follower.replication.throttled.rate': '1000000' })
  await replicaSays(stage, slow, /caught up in \d/)
  await camera.shoot('partition-recovering', 'at once')
}
