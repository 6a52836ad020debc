import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../src-main/shell/log'
import { saveFile } from '../../../src-main/shell/save-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the log file', () => {
  it('holds what was said without the secrets, in strings, objects and errors alike', () => {
    const log = createLog({ folder, secrets: () => ['kingfisher'], console: false })
    log.info('open', { user: 'ops', nested: { note: 'kingfisher' } })
    log.error('failed', new Error('login with kingfisher'))
    const text = readFileSync(join(folder, 'logs', 'main.log'), 'utf8')
    expect(text).toMatch(/user: 'ops'/)
    expect(text).toMatch(/Error: login with •••/)
    expect(text).not.toContain('kingfisher')
  })
})

describe('saving a file', () => {
  const dialog = (filePath: string, canceled = false): Parameters<typeof saveFile>[0] => ({
    showSaveDialog: () => Promise.resolve({ canceled, filePath }),
  })
  const save = (filePath: string, canceled = false): Promise<string> =>
    saveFile(dialog(filePath, canceled), {} as never, folder, 'a.csv', 'topic,state\n')

  it('writes where the person said', async () => {
    const path = join(folder, 'b.csv')
    expect(await save(path)).toBe(path)
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['topic,state\n', ['b.csv']])
  })

  it('writes nothing when the person changed their mind', async () => {
    expect(await save(join(folder, 'b.csv'), true)).toBe('')
    expect(readdirSync(folder)).toEqual([])
  })

  it('that cannot be written leaves nothing half done', async () => {
    await expect(save(join(folder, 'missing', 'b.csv'))).rejects.toThrow('ENOENT')
    expect(readdirSync(folder)).toEqual([])
  })
})
