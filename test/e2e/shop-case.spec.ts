/**
 * The shop case in the window: the topic's page says the risk beforehand, the accident loses acknowledged records, "Make it safe" is planned on
 * live data and applied, and the same accident then loses nothing: the writes are refused instead.
 */
import { SHOP_TOPIC } from '../../tools/sandbox'
import { carryOut, planned, WORDS } from './change-window'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { windowOnSandbox } from './open-window'
import { goTo, untilHeadline } from './scene-words'

const highwater = windowOnSandbox()
test.describe.configure({ timeout: 600_000 })

/** Plays the accident, heals, and answers what was counted. */
async function accident({ director }: RunningSandbox): Promise<string> {
  const said: string[] = []
  await director.play('shop-case', undefined, (text) => said.push(text))
  await director.heal()
  return said.at(-1) ?? ''
}

test('acknowledged records are lost, the topic is made safe, and the same accident loses none', async ({ sandbox }) => {
  const { page } = highwater
  expect(await accident(sandbox)).toBe('acknowledged 1,500, readable 1,000, lost 500')
  await untilHeadline(page, /fully replicated/, 180_000)

  await goTo(page, `/topic/${SHOP_TOPIC}`)
  const banner = page.getByRole('note', { name: WORDS.en.config.audit.title })
  await expect(banner).toContainText(WORDS.en.config.audit.head['leader-alone'], { timeout: 90_000 })
  await expect(banner).toContainText(WORDS.en.config.audit.head.unclean)
  await expect(banner).toContainText('No partition has only its leader in sync now.')
  await banner.getByRole('button', { name: WORDS.en.config.audit.fix }).click()
  await planned(page)
  for (const key of ['min.insync.replicas', 'unclean.leader.election.enable']) {
    await expect(page.locator('[data-difference]').filter({ hasText: key })).toBeVisible()
  }
  await carryOut(page, 'orders were lost')
  for (const { id } of sandbox.cluster.brokers()) {
    const inForce = async (key: string): Promise<string | null | undefined> =>
      (await sandbox.admin.describeTopic(SHOP_TOPIC, id)).get(key)?.value
    await eventually(() => inForce('min.insync.replicas')).toBe('2')
    await eventually(() => inForce('unclean.leader.election.enable')).toBe('false')
  }

  expect(await accident(sandbox)).toBe('acknowledged 1,000, refused 500, readable 1,000, lost 0')
})
