import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../../src-main/shell/environment'
import { FIRST_SIZE, MIN_SIZE, parseWindowState, placeWindow } from '../../../src-main/shell/window-state'

describe('what a start is told', () => {
  it('nothing: a plain start', () => {
    expect(readEnvironment({}, true)).toEqual({
      ok: true,
      options: { cluster: null, screenshot: '', size: null, profileFolder: '', devServer: '', killAt: '' },
    })
  })

  it('a cluster, its name and environment', () => {
    const reading = readEnvironment(
      { HIGHWATER_BOOTSTRAP: ' a:1, [::1]:2,', HIGHWATER_ENV: 'prod', HIGHWATER_CLUSTER_NAME: 'orders' },
      true,
    )
    expect(reading).toMatchObject({
      options: { cluster: { bootstrap: ['a:1', '[::1]:2'], name: 'orders', environment: 'prod' } },
    })
    expect(readEnvironment({ HIGHWATER_BOOTSTRAP: 'a:1,b:2' }, true)).toMatchObject({
      options: { cluster: { name: 'a:1', environment: 'dev' } },
    })
  })

  it('a picture', () => {
    const env = {
      HIGHWATER_BOOTSTRAP: 'a:1',
      HIGHWATER_SCREENSHOT: 'b.png',
      HIGHWATER_SIZE: '1440x900',
      HIGHWATER_PROFILE: '/p',
    }
    expect(readEnvironment(env, true)).toMatchObject({
      options: { screenshot: 'b.png', size: { width: 1440, height: 900 }, profileFolder: '/p' },
    })
  })

  it.each([
    [{ HIGHWATER_ENV: 'production' }, 'HIGHWATER_ENV'],
    [{ HIGHWATER_SIZE: '10' }, 'HIGHWATER_SIZE'],
    [{ HIGHWATER_SCREENSHOT: 'x.png' }, 'HIGHWATER_BOOTSTRAP'],
  ])('%j is named', (env, name) => {
    const reading = readEnvironment(env, true)
    expect(reading.ok ? '' : reading.problem).toContain(name)
  })

  it('a packaged app never loads its page from a server', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }
    expect(readEnvironment(env, true)).toMatchObject({ options: { devServer: '' } })
    expect(readEnvironment(env, false)).toMatchObject({ options: { devServer: 'http://localhost:5173' } })
  })

  it('a packaged app never ends itself for a test', () => {
    const env = { HIGHWATER_KILL_AT: 'sending:2' }
    expect(readEnvironment(env, true)).toMatchObject({ options: { killAt: '' } })
    expect(readEnvironment(env, false)).toMatchObject({ options: { killAt: 'sending:2' } })
  })
})

describe('where the window goes', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  const bounds = { x: 100, y: 50, width: 1300, height: 800 }

  it('where it was', () => {
    expect(placeWindow({ bounds, maximised: false }, [screen])).toEqual({
      size: { width: 1300, height: 800 },
      at: { x: 100, y: 50 },
    })
  })

  it('where the system likes it, the first time or when its screen is gone', () => {
    expect(placeWindow({ bounds: null, maximised: false }, [screen])).toEqual({ size: FIRST_SIZE, at: null })
    expect(placeWindow({ bounds: { ...bounds, x: 2500 }, maximised: false }, [screen]).at).toBeNull()
    expect(placeWindow({ bounds: { ...bounds, x: 1900 }, maximised: false }, [screen]).at).toBeNull()
    expect(placeWindow({ bounds: { ...bounds, y: -500 }, maximised: false }, [screen]).at).toBeNull()
    expect(
      placeWindow({ bounds: { ...bounds, x: -1920 }, maximised: false }, [screen, { ...screen, x: -1920 }]).at,
    ).toEqual({ x: -1920, y: 50 })
  })

  it('never smaller than it may be', () => {
    expect(placeWindow({ bounds: { ...bounds, width: 10, height: 10 }, maximised: false }, [screen]).size).toEqual(
      MIN_SIZE,
    )
  })

  it.each([
    undefined,
    null,
    3,
    {},
    { bounds: { x: 1 } },
    { bounds: { ...bounds, x: 1.5 } },
    { bounds: { ...bounds, width: 'wide' } },
  ])('%j is no state', (value) => {
    expect(parseWindowState(value)).toEqual({ bounds: null, maximised: false })
  })

  it('a kept state is read back', () => {
    expect(parseWindowState(JSON.parse(JSON.stringify({ bounds, maximised: true })))).toEqual({
      bounds,
      maximised: true,
    })
  })
})
