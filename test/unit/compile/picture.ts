import type { Fixture } from './compile'

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

const fixture = (line: string, at: number, refused: RegExp | null): Fixture => ({
  what: line,
  path: `src-main/monitor/judge/fixture-${at}.ts`,
  text: `import type { Picture } from './picture'
import type { LiveView } from '../observe/live-view'
export function spoil(picture: Picture, view: LiveView, store: { leader: Int32Array }): unknown {
  void [picture, view, store]
  return (${line})
}
`,
  refused,
})

const REFUSED =
  /read-only|only permits reading|does not exist on type|missing the following properties|is not assignable/

/** Nobody can write a picture or a reading that is shown. */
export const picture = [
  ...WRITES.map((line, at) => fixture(line, at, REFUSED)),
  ...READS.map((line, at) => fixture(line, WRITES.length + at, null)),
]
