import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installFolder } from '../../../tools/setup/install-folder'
import { holdsKafka } from '../../../tools/setup/kafka-maven'

let cache = ''
let folder = ''
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'highwater cache '))
  folder = join(cache, 'kafka-4.4.0')
})
afterEach(() => rmSync(cache, { recursive: true, force: true }))

const jar = join('lib', 'kafka-clients-4.4.0.jar')
function fill(work: string, content = 'jar'): string {
  mkdirSync(join(work, 'lib'))
  writeFileSync(join(work, jar), content)
  return work
}

describe('a folder of the cache', () => {
  it('is there whole, or not at all', async () => {
    const late = installFolder(
      folder,
      (work) => {
        fill(work)
        expect(existsSync(folder)).toBe(false)
        return Promise.resolve(work)
      },
      holdsKafka,
    )
    expect(await late).toBe(folder)
    expect(holdsKafka(folder)).toBe(true)
    await expect(
      installFolder(join(cache, 'other'), () => Promise.reject(new Error('the line broke'))),
    ).rejects.toThrow('the line broke')
    expect(readdirSync(cache)).toEqual(['kafka-4.4.0'])
  })

  it('is left alone by the slower of two', async () => {
    await installFolder(
      folder,
      (work) => {
        mkdirSync(folder)
        fill(folder, 'of the quicker one')
        return Promise.resolve(fill(work))
      },
      holdsKafka,
    )
    expect(readFileSync(join(folder, jar), 'utf8')).toBe('of the quicker one')
    expect(readdirSync(cache)).toEqual(['kafka-4.4.0'])
  })

  it('is replaced when somebody deleted in it', async () => {
    mkdirSync(join(folder, 'lib'), { recursive: true })
    expect(holdsKafka(folder)).toBe(false)
    await installFolder(folder, (work) => Promise.resolve(fill(work)), holdsKafka)
    expect(holdsKafka(folder)).toBe(true)
  })

  it('takes what an ended run left behind with it, and nothing that somebody works in', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    for (const owner of [gone, process.pid]) mkdirSync(`${folder}.part-${owner}-abc`)
    await installFolder(folder, (work) => Promise.resolve(fill(work)), holdsKafka)
    expect(readdirSync(cache).sort()).toEqual(['kafka-4.4.0', `kafka-4.4.0.part-${process.pid}-abc`])
  })
})
