/** Messages that our own page would never send. */
import { join } from 'node:path'
import { CHANNELS } from '../../src-main/contract/ipc'
import { expect, test } from './fixture'
import { appFolder, secondStart } from './launch'
import { sharedWindow } from './shared-window'

const window = sharedWindow()

interface Answer {
  readonly ok: boolean
  readonly error?: { readonly code: string; readonly message: string }
}

/** Calls the bridge as any script in the page could, with whatever it likes. */
const call = (channel: string, ...args: unknown[]): Promise<Answer> =>
  window.page.evaluate(
    ([name, values]) =>
      (Reflect.get(Reflect.get(globalThis, 'highwater') as object, name) as (...given: unknown[]) => Promise<Answer>)(
        ...values,
      ),
    [channel, args] as const,
  )

const profile = {
  id: '',
  name: 'x',
  environment: 'dev',
  readOnly: true,
  bootstrap: ['127.0.0.1:1'],
  tls: null,
  sasl: null,
  clusterId: '',
  intervalMs: 0,
  watch: false,
  hook: 'none',
}
const settings = {
  theme: 'dark',
  language: 'en',
  density: 'normal',
  closing: 'ask',
  chartRange: '15m',
  coach: '3',
  boardTopics: 'list',
  boardMap: 'worst',
  boardZoom: 'fit',
  clock: 'local',
}
const list = { partition: null, chart: { kind: 'none' }, rows: [] }
const settingOn = (topics: string[], value = '1'): object => ({
  kind: 'config',
  groups: [{ topics, edits: [{ key: 'retention.ms', op: 'set', value }] }],
})
const circle: { self?: unknown } = {}
circle.self = circle

const wrong: readonly (readonly [channel: string, input: unknown])[] = [
  ['app:info', { more: 1 }],
  ['settings:write', undefined],
  ['settings:write', null],
  ['settings:write', circle],
  ['settings:write', { ...settings, theme: '<script>' }],
  ['settings:write', { ...settings, nodeIntegration: true }],
  ['profiles:save', { profile: { ...profile, id: '../../etc' }, secrets: {} }],
  ['profiles:save', { profile: { ...profile, name: '' }, secrets: {} }],
  ['profiles:save', { profile: { ...profile, name: 'a\nb' }, secrets: {} }],
  ['profiles:save', { profile: { ...profile, readOnly: 'no' }, secrets: {} }],
  ['profiles:save', { profile: { ...profile, bootstrap: [] }, secrets: {} }],
  [
    'profiles:save',
    { profile: { ...profile, bootstrap: Array.from({ length: 51 }, (_, n) => `h${n}:1`) }, secrets: {} },
  ],
  ['profiles:save', { profile: { ...profile, intervalMs: 1 }, secrets: {} }],
  ['profiles:save', { profile, secrets: { password: 'x'.repeat(5000) } }],
  ['profiles:save', { profile: { ...profile, password: 'x' }, secrets: {} }],
  ['profiles:remove', { id: "x' OR 1=1" }],
  ['cluster:open', { id: '', secrets: {} }],
  ['cluster:reopen', { id: 'a', secrets: {} }],
  ['cluster:retry', { cluster: 'x', secrets: {} }],
  ['cluster:watch', { cluster: 'x', list: { ...list, rows: Array.from({ length: 501 }, (_, row) => row) } }],
  ['cluster:watch', { cluster: 'x', list: { ...list, rows: [-1] } }],
  ['cluster:watch', { cluster: 'x', list: { ...list, partition: { topic: 'x'.repeat(250), partition: 0 } } }],
  ['cluster:cadence', { cluster: 'x', intervalMs: Number.NaN }],
  ['cluster:cadence', { cluster: 'x', intervalMs: 10 }],
  ['cluster:arm', { cluster: 'x', armed: 'yes' }],
  ['cluster:arm', { cluster: 'x', armed: true, minutes: 10_000 }],
  ['loss:acknowledge', { cluster: 'x', ids: [], by: 'x', reason: 'x' }],
  ['loss:acknowledge', { cluster: 'x', ids: [1], by: 'x', reason: '' }],
  ['change:draft', { id: '', cluster: 'x', draft: settingOn(Array.from({ length: 1001 }, (_, n) => `t${n}`)) }],
  ['change:draft', { id: '', cluster: 'x', draft: settingOn(['t'], 'x'.repeat(33 * 1024)) }],
  ['change:draft', { id: '', cluster: 'x', draft: { ...settingOn(['t']), state: 'confirmed' } }],
  ['change:draft', { id: '', cluster: 'x', draft: { kind: 'election', partitions: [], unclean: true } }],
  ['change:confirm', { id: 'x', ticks: Array.from({ length: 100_000 }, (_, n) => `t${n}`), typed: '', reason: '' }],
  ['change:confirm', { id: 'x', ticks: [], typed: 'x'.repeat(601), reason: '' }],
  ['change:apply', { id: 'x', force: true }],
  ['change:undo', { id: 'x' }],
  ['journal:export', { changes: Array.from({ length: 501 }, (_, n) => `c${n}`), format: 'json' }],
  ['export:save', { suggestedName: '../../.bashrc', content: '' }],
  ['export:save', { suggestedName: 'C:\\autoexec.bat', content: '' }],
  ['export:bundle', { folder: '../x', files: [], pictures: [] }],
  ['export:bundle', { folder: 'x', files: [{ name: '../a.md', content: '' }], pictures: [] }],
  ['clipboard:write', { text: 'x'.repeat(1024 * 1024 + 1) }],
  ['window:title', { cluster: 'x'.repeat(101), environment: '' }],
]

for (const [at, [channel, input]] of wrong.entries()) {
  test(`${channel} refuses what it does not take (${at})`, async () => {
    expect(await call(channel, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })
}

for (const [channel, input] of [
  ['cluster:arm', { cluster: 'no-such', armed: true }],
  ['loss:list', { cluster: 'no-such' }],
  ['quorum:read', { cluster: 'no-such' }],
  ['loss:acknowledge', { cluster: 'no-such', ids: [1], by: 'x', reason: 'x' }],
  ['change:draft', { id: '', cluster: 'no-such', draft: settingOn(['t']) }],
  ['change:apply', { id: 'no-such' }],
  ['change:confirm', { id: 'no-such', ticks: [], typed: '', reason: '' }],
  ['change:undo', { id: 'no-such', cluster: 'no-such' }],
] as const) {
  test(`${channel} refuses what is well formed and names nothing that is open`, async () => {
    const answer = await call(channel, input)
    expect(answer.ok).toBe(false)
    expect(['bad-input', 'unexpected']).not.toContain(answer.error?.code)
  })
}

test('an export that would fill the disk is refused before a dialog is shown', async () => {
  const answer = await window.page.evaluate(() => {
    const content = 'x'.repeat(64 * 1024 * 1024 + 1)
    const save = Reflect.get(Reflect.get(globalThis, 'highwater') as object, 'export:save') as (
      input: object,
    ) => Promise<Answer>
    return save({ suggestedName: 'a.csv', content })
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } })
})

test('a refusal never repeats the value', async () => {
  const answer = await call('profiles:save', { profile, secrets: { password: 42, canary: 'kingfisher-7' } })
  expect(JSON.stringify(answer)).not.toContain('kingfisher-7')
})

test('only the channels of the contract are listened to', async () => {
  const listened = await window.app.evaluate(({ ipcMain }) => ({
    calls: [...(Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>).keys()],
    events: ipcMain.eventNames(),
  }))
  expect(listened.calls).toEqual([...CHANNELS])
  // Electron's own.
  expect(listened.events).toEqual(['error'])
})

test('another page with the same preload is refused on every channel, and gets no frame port', async () => {
  const preload = join(appFolder(), 'out/preload/preload.cjs')
  const answers = await window.app.evaluate(
    async ({ BrowserWindow }, [channels, path]) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } })
      await other.loadURL('data:text/html,<h1>stranger</h1>')
      const script = `(async () => {
      let port = false
      addEventListener('message', () => { port = true })
      const answers = {}
      for (const channel of ${JSON.stringify(channels)}) answers[channel] = (await window.highwater[channel]({})).error?.code ?? 'answered'
      return { answers, port }
    })()`
      const result = (await other.webContents.executeJavaScript(script)) as {
        answers: Record<string, string>
        port: boolean
      }
      other.destroy()
      return result
    },
    [CHANNELS, preload] as const,
  )
  expect(answers).toEqual({
    answers: Object.fromEntries(CHANNELS.map((channel) => [channel, 'untrusted-sender'])),
    port: false,
  })
})

test('after all that the page is answered as before', async () => {
  expect(await call('app:info')).toMatchObject({ ok: true })
})

test('a second start on the same profile ends at once and leaves the first alone', async () => {
  const { code, said } = await secondStart(window.profile)
  expect(code).toBe(0)
  expect(said).toContain('already running')
})
