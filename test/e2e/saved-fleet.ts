/** Saved clusters beside each other on their page: so many connections to one sandbox under names of their own, one that is not watched and one that leads nowhere. */
import type { Page } from '@playwright/test'
import { clusterRow } from './connect-form'
import { expect } from './fixture'
import type { RunningSandbox } from './fixture'
import { call } from './killed-change'
import { launch } from './launch'
import type { Highwater } from './launch'
import { goTo } from './scene-words'

export const WATCHED = 20

export const inState = (page: Page, state: string) => page.locator(`[data-cluster-row][data-state="${state}"]`)

export async function openFleet(sandbox: RunningSandbox): Promise<Highwater> {
  const highwater = await launch()
  const bootstrap = sandbox.cluster.bootstrap.split(',')
  for (let n = 1; n <= WATCHED + 2; n += 1) {
    const profile = {
      id: '',
      name: `orders-${String(n).padStart(2, '0')}`,
      environment: (['prod', 'staging', 'dev'] as const)[n % 3]!,
      readOnly: true,
      bootstrap: n === WATCHED + 2 ? ['127.0.0.1:1'] : bootstrap,
      tls: null,
      sasl: null,
      clusterId: '',
      intervalMs: 0,
      watch: n <= WATCHED,
      hook: 'none' as const,
    }
    await call(highwater.page, 'profiles:save', { profile, secrets: {} })
  }
  // The list is read when the page is opened.
  await goTo(highwater.page, '/settings')
  await goTo(highwater.page, '/connect')
  await expect(highwater.page.locator('[data-cluster-row]')).toHaveCount(WATCHED + 2)
  return highwater
}

/** Every watched one is read, and what is not known of the others is said. */
export async function untilRead(page: Page): Promise<void> {
  await expect(inState(page, 'healthy')).toHaveCount(WATCHED, { timeout: 120_000 })
  await expect(clusterRow(page, 'orders-21')).toContainText('Not watched, state unknown.')
  await expect(page.locator('[data-fleet-headline]')).toHaveText(`No trouble seen in ${WATCHED} clusters.`)
}
