import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Host } from '../../../tools/sandbox/host'
import { planNodes } from '../../../tools/sandbox/layout'
import type { NodePlan } from '../../../tools/sandbox/layout'
import { plainShape } from '../../../tools/sandbox/shape'
import { formatStorage } from '../../../tools/sandbox/storage'

const SNAPSHOT = join('__cluster_metadata-0', '00000000000000000000-0000000000.checkpoint')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-storage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** As StorageTool of 4.4 formats it. */
function formatted(directory: string): string {
  mkdirSync(join(directory, '__cluster_metadata-0'), { recursive: true })
  writeFileSync(join(directory, 'meta.properties'), 'version=1\ncluster.id=of-the-first\nnode.id=100\n')
  writeFileSync(join(directory, SNAPSHOT), 'levels')
  return directory
}
const noTool: Host = {
  bind: '127.0.0.1',
  start: () => Promise.reject(new Error('not asked for')),
  tool: () => Promise.reject(new Error('not asked for')),
  close: () => undefined,
}
const plan = (combined: boolean): Promise<NodePlan[]> =>
  planNodes({ shape: plainShape(), combined, controllerCount: 3, zookeeper: false, folder })
const hasSnapshot = ({ logDirs: [directory] }: NodePlan): boolean => existsSync(join(directory, SNAPSHOT))

it.each([false, true])(
  'whichever controller leads first begins with the feature levels (combined nodes: %s)',
  async (combined) => {
    const nodes = await plan(combined)
    await formatStorage(noTool, nodes, () => '', { formatted: formatted(join(folder, 'formatted')) })
    expect(nodes.filter(hasSnapshot).map(({ id }) => id)).toEqual(combined ? [1, 2, 3] : [100, 101, 102])
    for (const { id, logDirs } of nodes)
      expect(readFileSync(join(logDirs[0], 'meta.properties'), 'utf8')).toMatch(
        new RegExp(`^version=1\\ncluster\\.id=(?!of-the-first).*\\nnode\\.id=${id}\\n$`),
      )
  },
)

it('so does one whose storage the tool formats now', async () => {
  const nodes = await plan(false)
  const host: Host = {
    ...noTool,
    tool: () => {
      formatted(nodes[0]!.logDirs[0])
      return Promise.resolve({ code: 0, output: '' })
    },
  }
  await formatStorage(host, nodes, () => '', { release: '4.1' })
  expect(nodes.filter(hasSnapshot).map(({ id }) => id)).toEqual([100, 101, 102])
})
