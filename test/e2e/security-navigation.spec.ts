/** Where a page that has been taken over could go, and which files it could read. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixture'
import { appFolder } from './launch'
import { sharedWindow } from './shared-window'
import { startStranger } from './stranger'
import type { Stranger } from './stranger'

const window = sharedWindow()
let stranger: Stranger

test.beforeAll(async () => {
  stranger = await startStranger()
})
test.afterAll(async () => {
  await stranger.close()
})

const places = (): string[] => [
  `${stranger.url}/`,
  'https://kafka.apache.org/',
  'file:///etc/passwd',
  'data:text/html,<h1>x</h1>',
  'app://elsewhere/index.html',
  'javascript:document.title="x"',
]

/** Whatever was started must have had time to happen, so that "nothing happened" means something. */
const settle = (): Promise<void> => window.page.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve, 250)))

for (const how of ['location', 'link', 'form'] as const) {
  test(`the page cannot leave by ${how}`, async () => {
    const before = window.page.url()
    for (const place of places()) {
      await window.page.evaluate(
        ([url, way]) => {
          if (way === 'location') {
            try {
              location.href = url
            } catch {
              // Refused by the browser itself.
            }
            return
          }
          const element = document.createElement(way === 'link' ? 'a' : 'form')
          element.setAttribute(way === 'link' ? 'href' : 'action', url)
          document.body.append(element)
          if (element instanceof HTMLFormElement) element.submit()
          else element.click()
          element.remove()
        },
        [place, how] as const,
      )
      await settle()
      expect(window.page.url(), place).toBe(before)
    }
    expect(stranger.hits).toEqual([])
  })
}

test('an empty page, which nobody is asked about, gives way to ours at once', async () => {
  await window.page.evaluate(() => {
    location.href = 'about:blank'
  })
  await window.page.waitForURL(/^app:\/\/highwater\//)
  await window.page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true')
})

test('frames go nowhere', async () => {
  for (const place of [...places(), 'app://highwater/index.html']) {
    const title = await window.page.evaluate(async (url) => {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 250))
      let seen = 'nothing'
      try {
        seen = frame.contentDocument?.querySelector('#app, h1, pre')?.tagName ?? 'nothing'
      } catch {
        seen = 'nothing'
      }
      frame.remove()
      return seen
    }, place)
    expect(title, place).toBe('nothing')
  }
  expect(stranger.hits).toEqual([])
})

test('no window is opened, here or in the browser of the person, however often it is asked', async () => {
  await window.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Reflect.set(globalThis, 'opened', opened)
    shell.openExternal = (url) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  for (const place of [...places(), 'https://kafka.apache.org/documentation/', 'ssh://kafka.apache.org'])
    expect(
      await window.page.evaluate(
        (url) => Array.from({ length: 20 }, () => globalThis.open(url)).every((one) => one === null),
        place,
      ),
      place,
    ).toBe(true)
  await settle()
  expect(await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(await window.app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual([])
})

test('a webview is never attached', async () => {
  const before = await window.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  await window.page.evaluate((url) => {
    const view = document.createElement('webview')
    view.setAttribute('src', url)
    view.setAttribute('nodeintegration', 'on')
    document.body.append(view)
  }, stranger.url)
  await settle()
  expect(await window.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(before)
  expect(stranger.hits).toEqual([])
})

test('a download is not started', async () => {
  await window.app.evaluate(({ session }) => {
    session.defaultSession.once('will-download', (event) =>
      Reflect.set(globalThis, 'download', event.defaultPrevented ? 'prevented' : 'allowed'),
    )
  })
  await window.page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'data:text/plain,x'
    link.download = 'x.txt'
    document.body.append(link)
    link.click()
    link.remove()
  })
  await expect
    .poll(() => window.app.evaluate(() => Reflect.get(globalThis, 'download') as string | undefined))
    .toBe('prevented')
})

test('a redirect is not followed to another place, in any window this app ever makes', async () => {
  const server = await startStranger()
  // With a session of its own, where no request is held back before it leaves: what stops the redirect is the guard of navigation.
  const outcome = await window.app.evaluate(async ({ BrowserWindow }, url) => {
    const other = new BrowserWindow({ show: false, webPreferences: { partition: 'redirected', sandbox: true } })
    const answer = await other.loadURL(url).then(
      () => 'loaded',
      () => 'refused',
    )
    other.destroy()
    return answer
  }, `${server.url}/redirect`)
  expect(outcome).toBe('refused')
  expect(server.hits).toEqual(['GET /redirect'])
  await server.close()
})

test('our own scheme serves the built page, with its policy, and no other file', async () => {
  const ask = (url: string): Promise<{ status: number; policy: string; text: string }> =>
    window.app.evaluate(async ({ net }, target) => {
      const answer = await net.fetch(target)
      return {
        status: answer.status,
        policy: answer.headers.get('content-security-policy') ?? '',
        text: await answer.text(),
      }
    }, url)
  const index = await ask('app://highwater/index.html')
  expect(index).toMatchObject({
    status: 200,
    text: await readFile(join(appFolder(), 'out/renderer/index.html'), 'utf8'),
  })
  expect(index.policy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  const outside = [
    '../main/index.js',
    '..%2fmain%2findex.js',
    '%2e%2e/main/index.js',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%5cmain%5cindex.js',
    '....//main/index.js',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'assets/..%2f..%2fmain/index.js',
    'index.html%00.js',
    '%',
    'assets',
    '..%2frenderer-other%2findex.html',
  ]
  for (const path of outside)
    expect(await ask(`app://highwater/${path}`), path).toMatchObject({ status: 404, text: 'Not found' })
  expect((await ask('app://elsewhere/index.html')).status).toBe(404)
})

test('file: is of no use', async () => {
  const outcome = await window.page.evaluate(async () => {
    const image = document.createElement('img')
    const loaded = new Promise<string>((resolve) => {
      image.onload = () => resolve('loaded')
      image.onerror = () => resolve('refused')
    })
    image.src = 'file:///usr/share/pixmaps/debian-logo.png'
    const script = document.createElement('script')
    const ran = new Promise<string>((resolve) => {
      script.onload = () => resolve('loaded')
      script.onerror = () => resolve('refused')
    })
    script.src = 'file:///etc/hostname'
    document.body.append(script)
    const result = [await loaded, await ran]
    script.remove()
    return result
  })
  expect(outcome).toEqual(['refused', 'refused'])
})
