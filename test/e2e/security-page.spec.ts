/** What a page that has been taken over could reach: each test tries it in the real window and sees it refused. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixture'
import { sharedWindow } from './shared-window'
import { startStranger } from './stranger'
import type { Stranger } from './stranger'
import { CHANNELS } from '../../src-main/contract/ipc'

const window = sharedWindow()
let stranger: Stranger

test.beforeAll(async () => {
  stranger = await startStranger()
})
test.afterAll(async () => {
  await stranger.close()
})

test('the window is made with every protection on', async () => {
  const preferences = await window.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  })
})

test('there is no Node and no Electron in the page', async () => {
  const found = await window.page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'setImmediate',
      '__dirname',
      'ipcRenderer',
      'electron',
    ].filter((name) => name in globalThis),
  )
  expect(found).toEqual([])
  await expect(
    window.page.evaluate(() => import(/* @vite-ignore */ 'node' + ':fs').then(() => 'loaded')),
  ).rejects.toThrow()
})

test('the bridge is one function per channel and nothing else', async () => {
  const bridge = await window.page.evaluate(() =>
    Object.entries(Reflect.get(window, 'highwater') as object).map(([name, value]) => [name, typeof value]),
  )
  expect(bridge).toEqual(CHANNELS.map((channel) => [channel, 'function']))
  const exposed = await window.page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const fresh = new Set(Object.getOwnPropertyNames(frame.contentWindow))
    frame.remove()
    return Object.getOwnPropertyNames(globalThis).filter(
      (name) => !fresh.has(name) && !/^(__VUE|__INTLIFY|__playwright)/.test(name),
    )
  })
  expect(exposed.sort()).toEqual(['highwater', 'highwaterFiles'])
  // Where a file lies that a person dropped, and of one that the page made itself nothing.
  const files = await window.page.evaluate(() => {
    const bridge = Reflect.get(globalThis, 'highwaterFiles') as { readonly pathOf: (file: File) => string }
    return { names: Object.keys(bridge), path: bridge.pathOf(new File(['x'], '/etc/passwd')) }
  })
  expect(files).toEqual({ names: ['pathOf'], path: '' })
})

test('a frame inside the page gets no bridge', async () => {
  const inside = await window.page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const has = frame.contentWindow !== null && 'highwater' in frame.contentWindow
    frame.remove()
    return has
  })
  expect(inside).toBe(false)
})

test('text is never run as code', async () => {
  const outcome = await window.page.evaluate(async () => {
    const run = (attempt: () => unknown): Promise<string> =>
      new Promise((resolve) => {
        // In a task of its own, where the tool that drives this page has no say.
        setTimeout(() => {
          try {
            attempt()
            resolve('ran')
          } catch (cause) {
            resolve((cause as Error).name)
          }
        })
      })
    return {
      eval: await run(() => void (0, eval)('1')),
      function: await run(() => void (Reflect.construct(Function, ['return 1']) as () => unknown)()),
      wasm: await run(() => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
    }
  })
  expect(outcome).toEqual({ eval: 'EvalError', function: 'EvalError', wasm: 'CompileError' })
})

test('inline scripts, handlers and styles do nothing', async () => {
  const outcome = await window.page.evaluate(async () => {
    const violations: string[] = []
    const note = (event: SecurityPolicyViolationEvent): unknown => violations.push(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', note)
    const script = document.createElement('script')
    script.textContent = 'globalThis.wasRun = 1'
    const handler = document.createElement('div')
    handler.setAttribute('onclick', 'globalThis.wasRun = 2')
    const style = document.createElement('style')
    style.textContent = 'html { --was-styled: 1 }'
    const styled = document.createElement('div')
    styled.setAttribute('style', 'color: red')
    document.body.append(script, handler, style, styled)
    handler.click()
    // Told of in tasks of their own; the four kinds, or whatever there is by then.
    for (const until = Date.now() + 10_000; new Set(violations).size < 4 && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 20))
    const result = {
      ran: 'wasRun' in globalThis,
      styled: getComputedStyle(document.documentElement).getPropertyValue('--was-styled'),
      colour: styled.style.color,
    }
    for (const element of [script, handler, style, styled]) element.remove()
    document.removeEventListener('securitypolicyviolation', note)
    return { ...result, violations: [...new Set(violations)].sort() }
  })
  expect(outcome).toEqual({
    ran: false,
    styled: '',
    colour: '',
    violations: ['script-src-attr', 'script-src-elem', 'style-src-attr', 'style-src-elem'],
  })
})

test('nothing of the page reaches the network', async () => {
  const outcome = await window.page.evaluate(async (url) => {
    const settled = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'reached',
        () => 'refused',
      )
    const element = (name: 'img' | 'script' | 'link' | 'iframe' | 'audio' | 'object'): Promise<string> => {
      const made = document.createElement(name)
      const done = new Promise((resolve, reject) => {
        made.addEventListener('load', resolve)
        made.addEventListener('error', reject)
        setTimeout(reject, 500)
      })
      made.setAttribute(name === 'link' ? 'href' : name === 'object' ? 'data' : 'src', `${url}/${name}`)
      if (name === 'link') made.setAttribute('rel', 'stylesheet')
      document.body.append(made)
      // A frame that was refused shows an error page and calls that loaded: whether it got out is for the server to say.
      return settled(done)
        .then((word) => (name === 'iframe' ? 'asked' : word))
        .finally(() => made.remove())
    }
    const socket = new Promise((resolve, reject) => {
      const made = new WebSocket(url.replace('http', 'ws'))
      made.onopen = resolve
      made.onerror = reject
    })
    const events = new Promise((resolve, reject) => {
      const made = new EventSource(`${url}/events`)
      made.onopen = resolve
      made.onerror = reject
    })
    return {
      fetch: await settled(fetch(`${url}/fetch`)),
      noCors: await settled(fetch(`${url}/no-cors`, { mode: 'no-cors' })),
      own: await settled(fetch('app://highwater/index.html')),
      socket: await settled(socket),
      events: await settled(events),
      beacon: (navigator.sendBeacon(`${url}/beacon`), 'asked'),
      img: await element('img'),
      script: await element('script'),
      style: await element('link'),
      frame: await element('iframe'),
      audio: await element('audio'),
      object: await element('object'),
    }
  }, stranger.url)
  const refused = ['fetch', 'noCors', 'own', 'socket', 'events', 'img', 'script', 'style', 'audio', 'object'].map(
    (name) => [name, 'refused'],
  )
  expect(outcome).toEqual({ ...Object.fromEntries(refused), beacon: 'asked', frame: 'asked' })
  expect(stranger.hits).toEqual([])
})

test('nothing of the page reaches the network by WebRTC, which no request rule sees', async () => {
  const heard: string[] = []
  const udp = createSocket('udp4').on('message', () => heard.push('udp'))
  const tcp = createServer((socket) => {
    heard.push('tcp')
    socket.destroy()
  })
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const urls = [
    `stun:127.0.0.1:${udp.address().port}`,
    `turn:127.0.0.1:${(tcp.address() as AddressInfo).port}?transport=tcp`,
  ]
  const gathered = await window.page.evaluate(async (from) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: from, username: 'u', credential: 'c' }] })
    peer.createDataChannel('x')
    const found: string[] = []
    peer.onicecandidate = ({ candidate }) => {
      if (candidate !== null) found.push(candidate.candidate)
    }
    await peer.setLocalDescription(await peer.createOffer())
    for (const until = Date.now() + 5_000; peer.iceGatheringState !== 'complete' && Date.now() < until;)
      await new Promise((resolve) => setTimeout(resolve, 20))
    peer.close()
    return found
  }, urls)
  udp.close()
  await new Promise((resolve) => tcp.close(resolve))
  expect([heard, gathered.filter((candidate) => / udp /i.test(candidate))]).toEqual([[], []])
})

test('workers cannot be made from text', async () => {
  const outcome = await window.page.evaluate(() => {
    const url = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }))
    return new Promise((resolve) => {
      try {
        const worker = new Worker(url)
        worker.onmessage = () => resolve('ran')
        worker.onerror = () => resolve('refused')
      } catch {
        resolve('refused')
      }
    })
  })
  expect(outcome).toBe('refused')
})

test('every permission is denied', async () => {
  const outcome = await window.page.evaluate(async () => {
    const settled = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        (value) => `got ${String(value)}`,
        (cause: unknown) =>
          cause instanceof Error || cause instanceof DOMException
            ? cause.name
            : `code ${(cause as GeolocationPositionError).code}`,
      )
    const chooser = (name: 'usb' | 'hid' | 'serial' | 'bluetooth'): Promise<string> => {
      const api = Reflect.get(navigator, name) as
        { requestDevice?: (o: object) => Promise<unknown>; requestPort?: () => Promise<unknown> } | undefined
      if (api === undefined) return Promise.resolve('no such thing')
      return settled(
        api.requestDevice?.({ filters: [], acceptAllDevices: name === 'bluetooth' }) ??
          api.requestPort?.() ??
          Promise.reject(new Error()),
      )
    }
    return {
      camera: await settled(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await settled(navigator.mediaDevices.getDisplayMedia({ video: true })),
      place: await settled(new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      notifications: await settled(Notification.requestPermission()),
      clipboard: await settled(navigator.clipboard.readText()),
      usb: await chooser('usb'),
      hid: await chooser('hid'),
      serial: await chooser('serial'),
      bluetooth: await chooser('bluetooth'),
    }
  })
  const states = await window.page.evaluate(
    async (names) => {
      const asked = names.map(
        async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state] as const,
      )
      return Object.fromEntries(await Promise.all(asked))
    },
    ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi', 'persistent-storage'],
  )
  // Without a handler of ours Electron grants all of these.
  expect([...new Set(Object.values(states))]).toEqual(['denied'])
  expect(outcome).toMatchObject({
    screen: 'NotAllowedError',
    place: 'code 1',
    notifications: 'got denied',
    clipboard: 'NotAllowedError',
  })
  // HID answers an empty list instead of rejecting.
  expect(['got ', 'NotAllowedError', 'no such thing']).toContain(outcome.hid)
  for (const name of ['camera', 'usb', 'serial', 'bluetooth'] as const) expect(outcome[name], name).not.toMatch(/^got/)
})
