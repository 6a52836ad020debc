/** Drives changes through the page's own bridge: as quick as it goes, so that the app can be ended in the middle of one. */
import type { Page } from '@playwright/test'
import type { ChangeDraft, ChangeView } from '../../src-main/contract/change'
import type { Channel, HighwaterBridge, Input, Output } from '../../src-main/contract/ipc'
import type { Result } from '../../src-main/contract/result'
import { until } from '../../tools/sandbox'

type Bridged = { readonly highwater: HighwaterBridge }

/** Throws with the words of a refusal. */
export async function call<C extends Channel>(page: Page, channel: C, input: Input<C>): Promise<Output<C>> {
  const answer = (await page.evaluate(
    ([name, given]) => {
      const ask = (window as unknown as Bridged).highwater[name] as (input: unknown) => Promise<unknown>
      return ask(given)
    },
    [channel, input] as const,
  )) as Result<Output<C>>
  if (!answer.ok) throw new Error(`${channel}: ${answer.error.code}: ${answer.error.message}`)
  return answer.value
}

/** Saves the cluster as a new one is, read-only; answers its id. */
export async function saveCluster(page: Page, bootstrap: string): Promise<string> {
  const profile = {
    id: '',
    name: 'kept',
    environment: 'dev',
    readOnly: true,
    bootstrap: bootstrap.split(','),
    tls: null,
    sasl: null,
    clusterId: '',
    intervalMs: 250,
    watch: false,
    hook: 'none',
  } as const
  return (
    await call(page, 'profiles:save', { profile: { ...profile, bootstrap: [...profile.bootstrap] }, secrets: {} })
  ).id
}

/** Resolves when the cluster answers questions about its settings. */
export async function openCluster(page: Page, id: string, topic: string): Promise<void> {
  await call(page, 'cluster:open', { id, secrets: {} })
  await until(
    'the cluster to be read',
    90_000,
    async () => (await call(page, 'config:topic', { cluster: id, topic, again: true })).topic,
    50,
  )
}

export const arm = (page: Page, cluster: string): Promise<unknown> =>
  call(page, 'cluster:arm', { cluster, armed: true })
export const view = (page: Page, id: string): Promise<ChangeView> => call(page, 'change:get', { id })

/** Sends what is drafted: plans it, has it validated, confirms what it asks for, and applies. */
export async function send(page: Page, id: string): Promise<void> {
  const { draft, needs } = await call(page, 'change:plan', { id })
  if (draft.kind === 'config') await call(page, 'change:validate', { id })
  await call(page, 'change:confirm', {
    id,
    ticks: [...(needs?.ticks ?? [])],
    typed: needs?.phrase ?? '',
    reason: 'to see it killed',
  })
  await call(page, 'change:apply', { id })
}

export async function begin(page: Page, cluster: string, draft: ChangeDraft): Promise<string> {
  return (await call(page, 'change:draft', { id: '', cluster, draft })).id
}

/** Waits until nothing goes on by itself any more, but for the minute of watching. */
export const rested = (page: Page, id: string): Promise<ChangeView> =>
  until(
    `change ${id} to rest`,
    90_000,
    async () => {
      const now = await view(page, id)
      const isBusy = now.progress !== null && now.progress.what !== 'watching'
      const isOnItsWay = ['applying', 'unknown', 'applied'].includes(now.state)
      const isWatched = now.state !== 'verified' || now.watching !== null
      return isBusy || isOnItsWay || !isWatched ? null : now
    },
    50,
  )
