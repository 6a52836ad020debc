/** Twenty saved clusters that are watched, beside each other on the page: twenty connections of their own to one sandbox. How soon trouble is seen is printed; what they cost is in `long/fleet-costs.spec.ts`. */
import { clusterRow } from './connect-form'
import { expect, test } from './fixture'
import { call } from './killed-change'
import type { Highwater } from './launch'
import { inState, openFleet, untilRead, WATCHED } from './saved-fleet'
import { goTo } from './scene-words'

test.describe.configure({ mode: 'serial', timeout: 480_000 })

let highwater: Highwater
test.beforeAll(async ({ sandbox, built }) => {
  expect(built).toBe(true)
  highwater = await openFleet(sandbox)
})
test.afterAll(() => highwater.close())

test('each is read, and of the others is said that nothing is known', () => untilRead(highwater.page))

test('a broker that dies is seen on the page at each of them, and how soon is printed', async ({ sandbox }) => {
  const { page } = highwater
  await sandbox.cluster.kill(2)
  const killedAt = Date.now()
  await expect(inState(page, 'healthy')).not.toHaveCount(WATCHED, { timeout: 30_000 })
  const first = Date.now() - killedAt
  await expect(inState(page, 'healthy')).toHaveCount(0, { timeout: 30_000 })
  const all = Date.now() - killedAt
  console.log(`fleet of ${WATCHED}: trouble seen at the first after ${first} ms, at all after ${all} ms`)
  await expect(page.locator('[data-fleet-headline]')).toContainText('20 of 22 clusters need you')
  await expect(page.locator('[data-cluster-row]').first()).toContainText(/Broker 2/)
  await sandbox.director.heal()
  await expect(inState(page, 'healthy')).toHaveCount(WATCHED, { timeout: 120_000 })
})

test('what is watched goes on when another is opened: charts and incident are there on return', async () => {
  const { page } = highwater
  const ids = new Map((await call(page, 'profiles:list', undefined)).map(({ profile }) => [profile.name, profile.id]))
  const id = (name: string): string => ids.get(name)!
  const points = (name: string): Promise<readonly number[]> =>
    page.evaluate(async (cluster) => {
      const answer = await window.highwater['cluster:series']({ cluster, watch: { kind: 'cluster' } })
      return answer.ok ? [...answer.value.at] : []
    }, id(name))
  await clusterRow(page, 'orders-01').getByRole('button', { name: 'orders-01', exact: true }).click()
  await expect(page).toHaveURL(/#\/board/)
  const before = await points('orders-01')
  expect(before.length).toBeGreaterThan(5)
  await goTo(page, '/connect')
  await clusterRow(page, 'orders-02').getByRole('button', { name: 'orders-02', exact: true }).click()
  await expect(page).toHaveURL(/#\/board/)
  const left = Date.now()
  await expect
    .poll(async () => (await points('orders-01')).filter((at) => at > left).length, { timeout: 60_000 })
    .toBeGreaterThan(1)
  await goTo(page, '/connect')
  await clusterRow(page, 'orders-01').getByRole('button', { name: 'orders-01', exact: true }).click()
  await expect(page).toHaveURL(/#\/board/)
  const after = await points('orders-01')
  expect(after[0]).toBeLessThanOrEqual(before[0]!)
  // It ends when all was whole for half a minute.
  const hasEnded = async (): Promise<boolean> => {
    const { rows } = await call(page, 'history:incidents', { cluster: id('orders-01'), before: 0 })
    return rows.length > 0 && !Number.isNaN(rows[0]!.ended.to)
  }
  await expect.poll(hasEnded, { timeout: 90_000 }).toBe(true)
})

test('is worked by keyboard: down, Enter, and the filter', async () => {
  const { page } = highwater
  await goTo(page, '/connect')
  await page.locator('[data-row-list]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const chosen = page.locator('[data-cluster-row][aria-selected=true]')
  await expect(chosen).toHaveCount(1)
  const name = (await chosen.getAttribute('data-cluster')) ?? ''
  await page.keyboard.press('/')
  await page.keyboard.type('orders-22')
  await expect(page.locator('[data-cluster-row]')).toHaveCount(1)
  await page.getByRole('searchbox').fill('')
  await page.locator('[data-row-list]').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/board/)
  await expect(page.locator('header .switch')).toContainText(name)
})
