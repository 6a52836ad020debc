import { describe, expect, it } from 'vitest'
import { hasDisplay } from '../../../tools/setup/display'

describe.runIf(process.platform === 'linux')('a display', () => {
  it.each([
    [{ DISPLAY: ':0' }, true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
    [{ DISPLAY: '' }, false],
    [{}, false],
  ])('%o: %s', (env, there) => {
    expect(hasDisplay(env)).toBe(there)
  })

  it('is not hidden by an empty DISPLAY beside a Wayland session', () => {
    expect(hasDisplay({ DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  })
})
