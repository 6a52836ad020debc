import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPem } from '../../../src-main/compose/read-pem'
import { createLog } from '../../../src-main/shell/log'
import { saveFile } from '../../../src-main/shell/save-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a PEM file', () => {
  const path = (): string => join(folder, 'ca.pem')
  it('is read; no path is no file', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
    writeFileSync(path(), pem)
    expect(readPem('CA file', path())).toEqual({ ok: true, value: pem })
    expect(readPem('CA file', '')).toEqual({ ok: true, value: '' })
  })

  it('that cannot be used is named with what to do, never with its content', () => {
    const words = (where: string): unknown => readPem('CA file', where)
    expect(words(path())).toMatchObject({
      error: { code: 'tls', message: expect.stringContaining('does not exist') as string, detail: { file: path() } },
    })
    expect(words(folder)).toMatchObject({ error: { message: expect.stringContaining('not a file') as string } })
    writeFileSync(path(), 'root:x:0:0')
    expect(JSON.stringify(words(path()))).toMatch(/no PEM block/)
    expect(JSON.stringify(words(path()))).not.toContain('root:x')
    truncateSync(path(), 2 * 1024 * 1024)
    expect(words(path())).toMatchObject({ error: { message: expect.stringContaining('larger') as string } })
  })
})

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
