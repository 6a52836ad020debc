/** What surrounds the page: window, files, visibility, failures. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { until } from '../../tools/sandbox'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { makeProfile } from './launch'

type Bridge = Record<string, (input?: unknown) => Promise<{ ok: boolean; value?: unknown }>>

const call = (page: Page, channel: string, input?: unknown): Promise<unknown> =>
  page.evaluate(([name, given]) => (Reflect.get(globalThis, 'highwater') as Bridge)[name]?.(given), [
    channel,
    input,
  ] as const)

const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true')

test('the window comes back where it was left, in the theme that was chosen', async ({ start }) => {
  const profile = await makeProfile()
  const bounds = { x: 60, y: 40, width: 1210, height: 765 }
  const first = await start({ profile })
  expect(
    await call(first.page, 'settings:write', {
      theme: 'light',
      language: 'en',
      density: 'compact',
      closing: 'ask',
      chartRange: '15m',
      coach: '3',
      boardTopics: 'list',
      boardMap: 'worst',
      boardZoom: 'fit',
      clock: 'local',
    }),
  ).toMatchObject({ ok: true })
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds)
  await until('the bounds to be taken', 30_000, async () => {
    const now = await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
    return now?.width === bounds.width ? true : null
  })
  await first.close()

  const second = await start({ profile })
  const seen = (): Promise<object> =>
    second.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]
      return { bounds: window?.getBounds(), background: window?.getBackgroundColor().toLowerCase() }
    })
  await expect.poll(seen).toEqual({ bounds, background: '#f3f6f7' })
  expect(await call(second.page, 'settings:read')).toEqual({
    ok: true,
    value: {
      theme: 'light',
      language: 'en',
      density: 'compact',
      closing: 'ask',
      chartRange: '15m',
      coach: '3',
      boardTopics: 'list',
      boardMap: 'worst',
      boardZoom: 'fit',
      clock: 'local',
    },
  })
  expect(await second.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light')
  await second.close()
  await rm(profile, { recursive: true, force: true })
})

test('a file that cannot be read is set aside, kept, and named on screen', async ({ start }) => {
  const profile = await makeProfile()
  await mkdir(profile, { recursive: true })
  const letter = 'this is a letter to my aunt, not a database. '.repeat(100)
  await writeFile(join(profile, 'highwater.db'), letter)
  const { page, close } = await start({ profile })
  const aside = (await readdir(profile)).find((name) => name.includes('.unreadable-')) ?? ''
  expect(await readFile(join(profile, aside), 'utf8')).toBe(letter)
  expect(await call(page, 'app:info')).toMatchObject({
    value: { notes: [{ text: 'storage-set-aside', path: join(profile, aside) }] },
  })
  await expect(page.getByText(aside, { exact: false }).first()).toBeVisible()
  await close()
  await rm(profile, { recursive: true, force: true })
})

test('a page whose process dies is loaded again', async ({ highwater: { app, page } }) => {
  await page.evaluate(() => Reflect.set(globalThis, 'isOld', true))
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  // Asked of a page that is gone, a script never answers.
  const kindOfBridge = (): Promise<unknown> =>
    app.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript(
            "document.documentElement.dataset.ready === 'true' && !('isOld' in window) && typeof window.highwater",
          )
          .catch(() => null),
        new Promise((resolve) => setTimeout(() => resolve('no answer'), 1000)),
      ]),
    )
  await until('our page to be back', 60_000, async () => ((await kindOfBridge()) === 'object' ? true : null))
})

test('an export is written where the person says, the clipboard and the title are set', async ({
  highwater: { app, page, profile },
}) => {
  const path = join(profile, 'topics.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  expect(await call(page, 'export:save', { suggestedName: 'topics.csv', content: 'topic\norders\n' })).toEqual({
    ok: true,
    value: { path },
  })
  expect(await readFile(path, 'utf8')).toBe('topic\norders\n')
  await call(page, 'clipboard:write', { text: 'kafka-topics.sh --describe' })
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('kafka-topics.sh --describe')
  await call(page, 'window:title', { cluster: 'orders-eu', environment: 'prod' })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
    'orders-eu · PROD · Highwater',
  )
})

/** Waits until the brokers took this many more: time in which something could have been sent. */
async function recordsPass({ traffic }: RunningSandbox, records: number): Promise<void> {
  const taken = (): number => traffic.flows().reduce((sum, { counts }) => sum + counts.acknowledged, 0)
  const from = taken()
  await until(`${records} more records`, 60_000, () => (taken() >= from + records ? true : null))
}

test('a hidden window is sent nothing; shown again it is live at once', async ({ start, sandbox }) => {
  const { app, page } = await start({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'sandbox' } })
  // The page acknowledges every push over the same port, so counting its words counts ours.
  await page.evaluate(() => {
    const port = MessagePort.prototype as { postMessage: (this: MessagePort, ...given: [unknown]) => void }
    const post = port.postMessage
    Reflect.set(globalThis, 'acknowledged', 0)
    port.postMessage = function (...given) {
      Reflect.set(globalThis, 'acknowledged', (Reflect.get(globalThis, 'acknowledged') as number) + 1)
      post.apply(this, given)
    }
  })
  const count = (): Promise<number> => page.evaluate(() => Reflect.get(globalThis, 'acknowledged') as number)
  const more = async (than: number): Promise<true | null> => ((await count()) > than + 2 ? true : null)
  await until('pushes to arrive', 60_000, () => more(0))

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  // One may be on its way at that moment.
  await until('the last push to be dealt with', 60_000, async () => {
    const before = await count()
    await recordsPass(sandbox, 100)
    return (await count()) === before ? true : null
  })
  const whenHidden = await count()
  await recordsPass(sandbox, 500)
  expect(await count()).toBe(whenHidden)

  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show())
  await until('pushes to arrive again', 30_000, () => more(whenHidden))
})

test('closing the window ends the app', async ({ start }) => {
  const { app, page } = await start()
  await ready(page)
  const child = app.process()
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await app.evaluate(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 0)
  })
  expect(await ended).toBe(0)
})
