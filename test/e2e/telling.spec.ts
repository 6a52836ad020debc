/** Trouble is told outside the window, by the rules, once: the real app on real brokers, a webhook on this machine, and what the log says of notifications. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { HookReceiver } from '../support/hook-receiver'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { call } from './killed-change'
import { launch, makeProfile } from './launch'
import type { Highwater } from './launch'
import { goTo } from './scene-words'

test.describe.configure({ mode: 'serial', timeout: 480_000 })

const told = async (folder: string): Promise<string[]> => {
  const log = await readFile(join(folder, 'logs/main.log'), 'utf8').catch(() => '')
  return log.split('\n').flatMap((line) => /told (\w+ \w+ \S+ \w+)/.exec(line)?.[1] ?? [])
}
const words = (lines: readonly string[]): string[] => lines.map((line) => line.split(' ').slice(0, 2).join(' '))

async function saveWatched(page: Page, sandbox: RunningSandbox): Promise<string> {
  const profile = {
    id: '',
    name: 'sandbox',
    environment: 'prod' as const,
    readOnly: true,
    bootstrap: sandbox.cluster.bootstrap.split(','),
    tls: null,
    sasl: null,
    clusterId: '',
    intervalMs: 0,
    watch: true,
    hook: 'none' as const,
  }
  return (await call(page, 'profiles:save', { profile, secrets: {} })).id
}
const stateOf = async (page: Page): Promise<string> => {
  const { clusters } = await call(page, 'telling:read', undefined)
  return clusters.map(({ state, worst }) => `${state} ${worst ?? 'nothing'}`).join()
}

test('a watched cluster that nobody has open: one message and one notification, one of each when it is over', async ({
  sandbox,
}) => {
  const receiver = await new HookReceiver().start()
  const folder = await makeProfile()
  let highwater: Highwater = await launch({ profile: folder })
  try {
    const id = await saveWatched(highwater.page, sandbox)
    await call(highwater.page, 'telling:hook', { cluster: id, kind: 'alertmanager', secrets: { url: receiver.url } })
    await expect.poll(() => stateOf(highwater.page), { timeout: 60_000 }).toBe('watching nothing')
    const tested = await call(highwater.page, 'telling:try', { cluster: id })
    expect(tested).toMatchObject({ state: 'delivered', status: 200, answer: 'ok' })
    receiver.received.length = 0

    // The receiver is down when it begins.
    await receiver.stop()
    await Promise.all([sandbox.cluster.kill(2), sandbox.cluster.kill(3)])
    await expect.poll(async () => words(await told(folder)), { timeout: 90_000 }).toContain('webhook begins')
    await expect
      .poll(async () => (await call(highwater.page, 'telling:read', undefined)).clusters[0]?.hook?.last?.state)
      .toBe('late')
    await receiver.start()
    await expect.poll(() => receiver.received.length, { timeout: 90_000 }).toBe(1)
    // Long enough for whatever would be told twice: three more looks.
    await expect
      .poll(async () => (await call(highwater.page, 'telling:read', undefined)).clusters[0]?.hook)
      .toMatchObject({ waiting: 0, lost: 0, last: { state: 'delivered' } })
    const first = receiver.received[0]?.body as { status: string; groupKey: string; commonLabels: object }
    expect(first).toMatchObject({ status: 'firing', commonLabels: { cluster: 'sandbox', environment: 'prod' } })

    // In the middle of it Highwater is started again: nothing is told twice, and the address is asked for.
    await highwater.close()
    highwater = await launch({ profile: folder })
    await expect.poll(() => stateOf(highwater.page), { timeout: 60_000 }).toMatch(/^watching (refuses|offline)/)
    const { clusters } = await call(highwater.page, 'telling:read', undefined)
    expect(clusters[0]?.hook).toMatchObject({ kind: 'alertmanager', to: '' })

    await sandbox.director.heal()
    await expect.poll(async () => words(await told(folder)), { timeout: 180_000 }).toContain('webhook over')
    // It waits for its address.
    expect(receiver.received).toHaveLength(1)
    await call(highwater.page, 'telling:hook', { cluster: id, kind: 'alertmanager', secrets: { url: receiver.url } })
    await expect.poll(() => receiver.received.length).toBe(2)
    expect(receiver.received[1]?.body).toMatchObject({ status: 'resolved', groupKey: first.groupKey })
    const lines = await told(folder)
    console.log(lines.join('\n'))
    const count = (what: string): number => words(lines).filter((line) => line === what).length
    expect([count('webhook begins'), count('notification begins')]).toEqual([1, 1])
    expect([count('webhook over'), count('notification over')]).toEqual([1, 1])
    expect(await readFile(join(folder, 'logs/main.log'), 'utf8')).not.toContain('canary-of-the-address')
    expect((await readFile(join(folder, 'highwater.db'))).includes('canary-of-the-address')).toBe(false)
  } finally {
    await highwater.close()
    await receiver.stop()
    await sandbox.director.heal()
  }
})

test('a closed window goes on watching in the taskbar, where there is no tray; asked once, changeable', async ({
  sandbox,
  start,
  profile: folder,
}) => {
  const { app, page } = await start({ profile: folder })
  await saveWatched(page, sandbox)
  await expect.poll(() => stateOf(page), { timeout: 60_000 }).toBe('watching nothing')
  await app.evaluate(({ dialog }) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = ((_window: unknown, options: unknown) => {
      asked.push(options)
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }) as never
  })
  const close = (): Promise<void> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const isShown = (): Promise<boolean> =>
    app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return window !== undefined && window.isVisible() && !window.isMinimized()
    })
  await close()
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked.length)).toBe(1)
  await expect.poll(async () => (await call(page, 'settings:read', undefined)).closing).toBe('watch')
  const { tray } = await call(page, 'telling:read', undefined)
  // Under Xvfb no window manager minimises anything; that the window is still there, and watching goes on, is what counts.
  console.log(`tray: ${tray}, shown: ${await isShown()}`)
  await close()
  expect(await stateOf(page)).toBe('watching nothing')
  expect(await app.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked.length)).toBe(1)

  await goTo(page, '/settings')
  await page.getByRole('radio', { name: 'quit' }).click()
  await expect.poll(async () => (await call(page, 'settings:read', undefined)).closing).toBe('quit')
  await page.getByRole('checkbox', { name: 'Watch sandbox' }).uncheck()
  await expect.poll(() => stateOf(page)).toBe('off nothing')
})
