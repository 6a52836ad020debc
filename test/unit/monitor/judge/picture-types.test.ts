import { expect, it } from 'vitest'
import { problemsOf } from '../../../support/compiled'

const HEAD = `import type { Picture } from './picture'
import type { LiveView } from '../observe/live-view'
export function spoil(picture: Picture, view: LiveView, store: { leader: Int32Array }): void {
`
/** Each of these writes what is shown, or hands it to somebody who may. */
const WRITES = [
  'picture.seq = 1',
  'picture.columns = { ...picture.columns }',
  'picture.columns.state[0] = 1',
  'picture.columns.lagRecords.fill(0)',
  'picture.columns.leader.set([1])',
  'picture.columns.leader.subarray(0, 1)[0] = 1',
  'picture.replicaFlags.sort()',
  'new Uint8Array(picture.replicaFlags.buffer)[0] = 1',
  'store.leader = picture.columns.leader',
  'picture.topology.replicaBroker[0] = 1',
  'picture.minInSyncReplicas.fill(1)',
  'picture.facts.clear()',
  'picture.throttled.add(1)',
  'picture.settings.evictionWindowMs = 1',
  'picture.summary.counts = []',
  'view.reading.leader[0] = 1',
  'view.reading.brokers = []',
  'view.reading.metadataAt = 0',
  'view.reading.lowerEpochs.clear()',
  'view.lags.settle(0)',
  'view.highWatermarkReadAt[0] = 0',
]
const READS = ['picture.columns.state[0]', 'picture.columns.leader.slice().fill(0)', 'view.reading.leader.indexOf(-1)']

it('nobody can write a picture or a reading that is shown: the compiler refuses each attempt, and only those', () => {
  const lines = [...WRITES, ...READS].map((line) => `  void (${line})`)
  const refused = problemsOf(`${HEAD}${lines.join('\n')}\n}\n`, 'src-main/monitor/judge/fixture.ts')
  const first = HEAD.split('\n').length
  const at = new Set(refused.map((problem) => Number(problem.split(':')[0]) - first))
  expect(WRITES.filter((_, line) => !at.has(line))).toEqual([])
  expect(READS.filter((_, line) => at.has(WRITES.length + line))).toEqual([])
}, 60_000)
