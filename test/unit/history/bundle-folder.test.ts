import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeBundle } from '../../../src-main/history/bundle-folder'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'highwater-bundle-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const files = [
  { name: 'incident.md', content: '# 1' },
  { name: 'lanes.png', content: Buffer.from([1, 2]) },
]

it('is a folder with all of it, and a second one stands beside the first', async () => {
  expect(await writeBundle(folder, 'orders incident 1', files)).toBe(join(folder, 'orders incident 1'))
  expect(await writeBundle(folder, 'orders incident 1', files)).toBe(join(folder, 'orders incident 1 (2)'))
  expect(readdirSync(folder).sort()).toEqual(['orders incident 1', 'orders incident 1 (2)'])
  expect(readFileSync(join(folder, 'orders incident 1', 'lanes.png'))).toEqual(Buffer.from([1, 2]))
})

it('where one cannot be written nothing is left', async () => {
  await expect(writeBundle(folder, 'a', [...files, { name: 'no/such.md', content: '' }])).rejects.toThrow()
  expect(readdirSync(folder)).toEqual([])
})

it('a folder that cannot hold it is refused', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(writeBundle(join(folder, 'file'), 'a', files)).rejects.toThrow()
})
