import { launch } from '../../../test/e2e/launch'
import { fiveRoles, LOGINS } from '../../sandbox'
import { passwordOf } from '../../sandbox/logins'
import type { Login } from '../../sandbox/logins'
import { roles } from '../../sandbox/topics'
import type { Camera } from '../camera'
import { createCamera, pictureSize } from '../camera'
import type { Chapter, Stage } from '../stage'
import { headlineSays, heal, inBoth } from '../stage'

/** The last broker: nobody else has a copy of the topic that only some of the logins may see. */
const lonely = 3
const chartMs = 12_000
/** Three polls of a watched cluster while the list is on screen. */
const watchedMs = 15_000

/** The same cluster with five logins. In a window of its own: it opens other clusters, and the next chapter wants the one that is open. */
export const rights: Chapter = {
  name: 'rights',
  shoot: async (stage) => {
    const { sandbox, director } = stage
    await director.play('rights')
    const assignment = [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ]
    await sandbox.admin.createTopics([{ name: fiveRoles.team, assignment, configs: { 'min.insync.replicas': '2' } }])
    const highwater = await launch({ env: { SIZE: `${pictureSize.width}x${pictureSize.height}` } })
    const { pid } = highwater.app.process()
    if (pid !== undefined) sandbox.cluster.folder.record(pid, 'window of logins')
    try {
      const camera = createCamera(highwater)
      await camera.choose('theme: dark')
      await well({ ...stage, camera })
      await director.play('dead-broker', lonely)
      await hurt({ ...stage, camera })
      await fleet({ ...stage, camera })
    } finally {
      await highwater.close()
      await heal(stage)
      await sandbox.admin.deleteTopic(fiveRoles.team)
    }
  },
}

/** Types the login into the form; `tested` takes the picture of its connection test before it is opened. */
async function openAs({ camera, sandbox }: Stage, login: Login, tested = ''): Promise<void> {
  const { page } = camera
  await camera.goTo('/connect')
  const form = page.locator('form.form')
  const add = page.getByRole('button', { name: 'Add a cluster' })
  await form.or(page.locator('[data-cluster-row]')).first().waitFor()
  if ((await form.count()) === 0) await add.click()
  await page.getByLabel('Name', { exact: true }).fill(login)
  await page.getByRole('radio', { name: 'DEV', exact: true }).click()
  await page.getByLabel('Bootstrap servers').fill(sandbox.cluster.bootstrapOf(LOGINS))
  await page.getByRole('radio', { name: 'PLAIN', exact: true }).click()
  await page.getByLabel('User name', { exact: true }).fill(login)
  await page.getByLabel('Password', { exact: true }).fill(passwordOf(login))
  if (tested !== '') await shootTest(camera, tested)
  await page.getByRole('button', { name: 'Save and open', exact: true }).click()
  await page.locator('[data-headline][data-level]:not([data-level=unread])').waitFor()
}

async function shootTest({ page, shoot }: Camera, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.locator('.doctor:not([aria-busy=true])').waitFor()
  await page.locator('.doctor').scrollIntoViewIfNeeded()
  await shoot(name)
}

async function well(stage: Stage): Promise<void> {
  const { camera } = stage
  await openAs(stage, 'nothing')
  await headlineSays(stage, /No topic is seen/)
  await camera.shoot('rights-nothing')
  await openAs(stage, 'one-topic', 'rights-test')
  await headlineSays(stage, /of the only topic seen/)
  await camera.page.waitForTimeout(chartMs)
  await camera.shoot('rights-one-topic')
  await openAs(stage, 'no-configs')
  await headlineSays(stage, /lacks DescribeConfigs/)
  await camera.page.waitForTimeout(chartMs)
  await camera.shoot('rights-no-configs')
  await camera.goTo(`/topic/${roles.slow}`)
  await camera.page.locator('[data-writes]').waitFor()
  await camera.shoot('rights-no-configs-topic')
}

/** The same moment with two logins. */
async function hurt(stage: Stage): Promise<void> {
  const { camera } = stage
  for (const login of ['team', 'all'] as const) {
    await openAs(stage, login)
    await headlineSays(stage, login === 'team' ? /Broker 3.* is gone/ : /partitions are offline/)
    await camera.page.waitForTimeout(chartMs)
    await camera.shoot(`rights-${login}`)
  }
}

/** Several logins of one cluster stand in for several clusters: each row says what its own login is told. */
async function fleet(stage: Stage): Promise<void> {
  const { page, goTo } = stage.camera
  await goTo('/connect')
  for (const login of ['nothing', 'no-configs', 'team'])
    await page.locator(`[data-cluster-row][data-cluster="${login}"] input[type=checkbox]`).click()
  await page.waitForTimeout(watchedMs)
  await page.mouse.move(0, 0)
  await inBoth(stage, 'clusters')
}
