/**
 * From what the board says is wrong to the cure applied: each press, field and hold counts as one action. Outside PROD and in PROD, on real brokers, which are
 * asked afterwards what they show.
 */
import { until } from '../../tools/sandbox'
import { roles } from '../../tools/sandbox/topics'
import { arm, step } from './change-window'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { windowOnSandbox } from './open-window'
import type { OpenWindow } from './open-window'
import { goTo, headline, untilHeadline } from './scene-words'

const WELL = /fully replicated/
const LIMIT = { timeout: 120_000 }
/** By environment: the cure of refused writes, which empties the ELR and so is typed everywhere, and of a throttle that was left. */
const MOST = { dev: { minIsr: 5, throttle: 3 }, prod: { minIsr: 5, throttle: 4 } } as const

test.describe.configure({ mode: 'serial', timeout: 480_000 })

/** Presses the plan on the board and gives what it asks for, and no more; answers how many actions that took. */
async function cure({ page }: OpenWindow, name: 'min-isr' | 'throttle'): Promise<number> {
  let actions = 0
  const act = async (done: Promise<unknown>): Promise<void> => {
    await done
    actions += 1
  }
  await act(page.locator(`[data-do="${name}"]`).click(LIMIT))
  await expect(page).toHaveURL(/#\/change\//)
  await page.locator('[data-next="arm"], [data-next="apply"]').first().waitFor(LIMIT)
  for (const tick of await page.locator('fieldset input[type=checkbox]').all()) await act(tick.check())
  const phrase = page.locator('input[data-phrase], [data-phrase] input')
  if ((await phrase.count()) > 0) await act(phrase.fill((await phrase.getAttribute('placeholder')) ?? ''))
  if ((await page.locator('[data-next="arm"]').count()) > 0) await act(arm(page))
  if ((await step(page, 'apply').count()) === 0)
    await act(page.locator('input[data-reason], [data-reason] input').fill('on call, 3 am'))
  await act(step(page, 'apply').click())
  await expect(page.locator('[data-head]')).toContainText(/^Applied, confirmed by brokers/, LIMIT)
  return actions
}

async function healed({ page }: OpenWindow, sandbox: RunningSandbox): Promise<void> {
  await sandbox.director.heal()
  await goTo(page, '/board')
  await untilHeadline(page, WELL)
}

for (const environment of ['dev', 'prod'] as const)
  test.describe(environment, () => {
    const window = windowOnSandbox(environment)

    test('min-isr-block: writes are refused, and taken again', async ({ sandbox }) => {
      const { page } = window
      await sandbox.director.play('min-isr-block', undefined, () => undefined)
      await untilHeadline(page, /\d partitions? refuses? acks=all writes/)
      const plan = page.locator('[data-do="min-isr"]')
      await expect(plan).toContainText(`min ISR 3 → 2 on ${roles.guarded}`, LIMIT)
      // Nothing moves back to a broker that is dead.
      const shown = page.locator('[data-do="show"]')
      const figure = Number(/\d+/.exec(await shown.innerText())?.[0])
      await shown.click()
      await expect(page.locator('.trouble [role=row]')).toHaveCount(figure + 1)

      const actions = await cure(window, 'min-isr')
      console.log(`${environment}, min-isr-block: ${actions} actions`)
      expect(actions).toBeLessThanOrEqual(MOST[environment].minIsr)
      for (const { id } of sandbox.cluster.brokers().filter((one) => one.id !== 2))
        await eventually(() => sandbox.admin.overrides(roles.guarded, id)).toMatchObject({ 'min.insync.replicas': '2' })
      // The way back is offered wherever one goes, for a minute.
      await goTo(page, '/board')
      await expect(page.locator('[data-undo-offer]')).toBeVisible()
      await expect.poll(() => headline(page), LIMIT).toMatch(/No partition .* refuses acks=all writes/)
      await healed(window, sandbox)
    })

    test('slow-follower: the throttle that was left is taken off', async ({ sandbox }) => {
      const { page } = window
      await goTo(page, '/board')
      let said = ''
      await sandbox.director.play('slow-follower', 3, (text) => (said += text))
      const slow = [...(/partitions? ([\d, ]+)\./.exec(said)?.[1] ?? '').matchAll(/\d+/g)].map(([text]) => Number(text))
      expect(slow).not.toEqual([])
      // A plan stands on the ISRs it saw, and is not applied on others: it is made once they have shrunk.
      await until('the throttled replicas to leave the ISR', 120_000, async () => {
        const rows = (await sandbox.admin.view(1)).partitions.filter(({ topic }) => topic === roles.slow)
        return slow.every((partition) => rows.find((row) => row.partition === partition)?.isr.includes(3) === false)
          ? true
          : null
      })
      await expect(page.locator('[data-do="throttle"]')).toContainText(roles.slow, LIMIT)
      const actions = await cure(window, 'throttle')
      console.log(`${environment}, slow-follower: ${actions} actions`)
      expect(actions).toBeLessThanOrEqual(MOST[environment].throttle)
      const throttled = async (): Promise<boolean> =>
        'follower.replication.throttled.replicas' in (await sandbox.admin.overrides(roles.slow, 1))
      await eventually(throttled).toBe(false)
      await until('every replica of the topic in the ISR again', 120_000, async () => {
        const rows = (await sandbox.admin.view(1)).partitions.filter(({ topic }) => topic === roles.slow)
        return rows.every(({ isr, replicas }) => isr.length === replicas.length) ? true : null
      })
      await healed(window, sandbox)
    })
  })
