import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { UNWATCHED } from '../../../src-main/contract/fleet'
import { bookName } from '../../../src-main/history/book/book-name'
import { createHistoryFiles } from '../../../src-main/history/book/history-files'
import { fleetRoutes } from '../../../src-main/ipc/routes/fleet'
import type { HistoryReader } from '../../../src-main/ports/history'
import { FakeClock } from '../../support/fake-clock'
import { fillMonth } from '../../support/stores/month-of-samples'

const OURS = { cluster: 'saved-1', clusterId: 'kafka-A' }
const MINUTE = 60_000
const UNTIL = 1_699_999_800_000

let folder: string
let readers: { cluster: string; reader: HistoryReader }[]
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'highwater-fleet-'))
  const files = createHistoryFiles(folder, {
    clock: new FakeClock(UNTIL),
    onProblem: (cause) => expect.fail(String(cause)),
  })
  const writer = files.write(OURS)!
  writer.watch({ from: UNTIL - 30 * MINUTE, to: UNTIL, end: 'open' })
  writer.close()
  fillMonth(join(folder, bookName(OURS)), UNTIL, 12, 1)
  readers = [
    { cluster: 'saved-1', reader: files.read(OURS) },
    { cluster: 'never-seen', reader: files.read({ cluster: 'never-seen', clusterId: '' }) },
  ]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is of each saved cluster, of those too that are not open; what was never watched costs no samples', async () => {
  let turns = 0
  const asked: string[] = []
  const counted = readers.map(({ cluster, reader }) => ({
    cluster,
    reader: {
      ...reader,
      samples: (...question: Parameters<HistoryReader['samples']>) => {
        asked.push(cluster)
        return reader.samples(...question)
      },
    },
  }))
  const routes = fleetRoutes(
    { show: () => undefined, read: () => expect.fail('not asked'), readers: () => counted },
    {
      now: () => UNTIL,
      breathe: () => {
        turns += 1
        return Promise.resolve()
      },
    },
  )
  const answer = await routes['fleet:past']({ from: UNTIL - 60 * MINUTE, stepMs: MINUTE, cells: 60 })
  if (!answer.ok) throw new Error(answer.error.message)
  const [ours, never] = answer.value.lanes
  expect(ours?.states).toHaveLength(60)
  expect(ours?.states.slice(35)).not.toContain(UNWATCHED)
  expect(never).toEqual({ cluster: 'never-seen', states: new Array(60).fill(UNWATCHED) })
  expect(new Set(asked)).toEqual(new Set(['saved-1']))
  expect(turns).toBeGreaterThan(2)
})
