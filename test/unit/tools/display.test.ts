import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { displayPackagesCommand, hasDisplay } from '../../../tools/setup/display'

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

describe.runIf(process.platform === 'linux')('the packages of a bare machine', () => {
  it.each([
    ['Debian 12', 100, 'libasound2'],
    ['Ubuntu 24.04', 0, 'libasound2t64'],
  ])('on %s: after an update, with the sound library by its name there', (_, known, sound) => {
    const folder = mkdtempSync(join(tmpdir(), 'highwater-apt-'))
    const script = (name: string, body: string): void => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    script('apt-get', `echo "$@" >> ${join(folder, 'asked')}`)
    script('apt-cache', `exit ${known}`)
    execFileSync('/bin/sh', ['-c', displayPackagesCommand], { env: { PATH: folder } })
    const [update = '', install = ''] = readFileSync(join(folder, 'asked'), 'utf8').split('\n')
    expect(update).toBe('update')
    expect(install.split(' ').filter((word) => word.startsWith('libasound'))).toEqual([sound])
    expect(install).toMatch(/install -y --no-install-recommends xvfb xauth libgtk-3-0 /)
    // It is shown as the argument of sh -c in single quotes.
    expect(displayPackagesCommand).not.toContain("'")
    rmSync(folder, { recursive: true, force: true })
  })
})
