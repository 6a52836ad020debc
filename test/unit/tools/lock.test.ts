import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../../tools/setup/lock.mjs'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-lock-'))
  file = join(folder, '.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A process that is gone by now. */
const gone = (): string => String(spawnSync(process.execPath, ['-e', '']).pid)

describe('a lock of the checkout', () => {
  it('lets one at a time work, in turn, and is gone afterwards', async () => {
    const seen: string[] = []
    const work = (name: string) => async (): Promise<string> => {
      seen.push(`${name} begins`)
      expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${name} ends`)
      return name
    }
    const waits: string[] = []
    const first = withLock(file, work('a'))
    const second = withLock(file, work('b'), () => waits.push('b'))
    expect(await Promise.all([first, second])).toEqual(['a', 'b'])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
    expect(waits).toEqual(['b'])
    expect(existsSync(file)).toBe(false)
  })

  it('is given back by work that fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk')
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['a process that is gone', gone, Date.now()],
    ['a number that belongs to somebody else by now', () => String(process.pid), Date.now() - 3_600_000],
    ['nobody: it was never signed', () => '', Date.now() - 3_600_000],
  ])('is taken over from %s', async (_, owner, touchedAt) => {
    writeFileSync(file, owner())
    utimesSync(file, new Date(touchedAt), new Date(touchedAt))
    expect(await withLock(file, () => 'done')).toBe('done')
  })
})
