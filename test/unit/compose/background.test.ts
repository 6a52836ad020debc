import { describe, expect, it, vi } from 'vitest'
import { trayState } from '../../../src-main/compose/tray-state'
import { languageOf } from '../../../src-main/compose/telling'
import { closingOf, guardClosing, type Closing } from '../../../src-main/shell/closing'
import { linuxShowsTray, systemShowsTray, trayMenu, type TrayDeeds } from '../../../src-main/shell/tray'

type Shown = Parameters<typeof trayState>[0][number]
const shown = (changes: Partial<Shown>): Shown => ({
  cluster: 'a',
  name: 'orders',
  environment: 'prod',
  watch: true,
  state: 'watching',
  problem: '',
  worst: null,
  known: true,
  incident: 0,
  mutedUntil: Number.NaN,
  ...changes,
})

describe('the tray', () => {
  it.each<[string, Partial<Shown>[], string]>([
    ['nothing is watched', [], 'unknown'],
    ['what is off does not count', [{ state: 'off', worst: 'lost' }], 'unknown'],
    ['all is well', [{}, {}], 'well'],
    ['one is not known', [{}, { known: false }], 'unknown'],
    ['one cannot be watched', [{}, { state: 'password', known: false }], 'unknown'],
    ['one is out of sight', [{}, { state: 'blind', worst: 'blind', known: false }], 'unknown'],
    ['replicas are missing', [{ known: false, state: 'connecting' }, { worst: 'short' }], 'trouble'],
    ['writes are refused', [{ worst: 'short' }, { worst: 'refuses' }], 'danger'],
  ])('%s', (_what, clusters, sign) => {
    expect(trayState(clusters.map(shown), false, 'en').sign).toBe(sign)
  })

  it('has a row a cluster, in words, and what a person may do', () => {
    const did: string[] = []
    const deeds: TrayDeeds = {
      open: () => did.push('open'),
      show: (cluster, incident) => did.push(`show ${cluster} ${incident}`),
      pause: (minutes) => did.push(`pause ${minutes}`),
      quit: () => did.push('quit'),
    }
    const state = trayState(
      [shown({ worst: 'offline', incident: 7, name: 'a\u202Eb' }), shown({ cluster: 'b' })],
      false,
      'en',
    )
    const menu = trayMenu(state, deeds)
    expect(menu.map(({ label }) => label)).toEqual([
      'PROD a⟨U+202E⟩b: partitions are offline',
      'PROD orders: no trouble seen',
      undefined,
      'Open Highwater',
      'Pause notifications for 1 h',
      undefined,
      'Quit Highwater',
    ])
    for (const { click } of menu) (click as (() => void) | undefined)?.()
    expect(did).toEqual(['show a 7', 'show b 0', 'open', 'pause 60', 'quit'])
    expect(state.words.tip).toBe('Highwater: PROD a⟨U+202E⟩b: partitions are offline')
    const paused = trayState([shown({})], true, 'zh-CN')
    expect(trayMenu(paused, deeds).map(({ label }) => label)).toContain('恢复通知')
    expect(paused.words.tip).toContain('通知已暂停')
  })

  it('is not counted on where nobody is known to draw it', async () => {
    expect(await linuxShowsTray({})).toBe(false)
    expect(await systemShowsTray('linux', { DBUS_SESSION_BUS_ADDRESS: '' })).toBe(false)
    expect([await systemShowsTray('win32', {}), await systemShowsTray('darwin', {})]).toEqual([true, true])
  })
})

describe('closing the window', () => {
  it.each([
    [{ watched: 0 }, 'close'],
    [{ quitting: true }, 'close'],
    [{ setting: 'quit' }, 'close'],
    [{}, 'ask'],
    [{ setting: 'watch' }, 'hide'],
    [{ setting: 'watch', tray: false }, 'minimise'],
  ] as const)('%o: %s', (changes, closing) => {
    expect(closingOf({ quitting: false, watched: 2, setting: 'ask', tray: true, ...changes })).toBe(closing)
  })

  it('asks once at a time, and does what was answered', async () => {
    let closing: Closing = 'ask'
    let wish: (event: { preventDefault: () => void }) => void = () => undefined
    const did: string[] = []
    const window = {
      isDestroyed: () => false,
      hide: () => did.push('hide'),
      minimize: () => did.push('minimise'),
      on: (_name: string, listener: typeof wish) => (wish = listener),
    }
    const answers: ((answer: 'hide' | 'minimise' | 'quit' | null) => void)[] = []
    const ask = (): Promise<'hide' | 'minimise' | 'quit' | null> => new Promise((resolve) => answers.push(resolve))
    guardClosing(
      window as never,
      () => closing,
      ask,
      () => void did.push('quit'),
    )
    let prevented = 0
    const close = (): void => wish({ preventDefault: () => void (prevented += 1) })
    close()
    close()
    expect([prevented, answers.length]).toEqual([2, 1])
    answers[0]?.('minimise')
    await vi.waitUntil(() => did.length === 1)
    close()
    await vi.waitUntil(() => answers.length === 2)
    answers[1]?.('quit')
    await vi.waitUntil(() => did.length === 2)
    close()
    await vi.waitUntil(() => answers.length === 3)
    answers[2]?.(null)
    closing = 'hide'
    close()
    closing = 'close'
    close()
    expect([did, prevented]).toEqual([['minimise', 'quit', 'hide'], 5])
  })
})

it('speaks the language of the window', () => {
  expect([languageOf('system', 'zh-TW'), languageOf('system', 'de'), languageOf('en', 'zh-CN')]).toEqual([
    'zh-CN',
    'en',
    'en',
  ])
})
