import { applyMetadata } from '../../src-main/domain/answers/apply-metadata'
import { Presences } from '../../src-main/domain/state/presences'
import { emptyReading } from '../../src-main/domain/topology/new-reading'
import { UNCLEAN_OFF, UNREAD_SETTINGS } from '../../src-main/domain/topology/reading'
import { buildTopology } from '../../src-main/domain/topology/topology'
import { whatIfPass } from '../../src-main/domain/what-if/what-if'
import type { WhatIfInput } from '../../src-main/domain/what-if/what-if'
import { HEALTHY } from '../../src-main/shared/states'
import { bigMetadata } from '../support/big-metadata'
import { decodeMetadata } from '../support/decode-whole'
import { median } from './report'
import type { Report } from './report'
import { threadMs } from './watch-turns'

const PARTITIONS = 200_000
const BROKERS = 12
const ROUNDS = 15
const WARM_UP = 5

/** 10,000 topics with three replicas, every fourth partition one short, in racks of four. */
function bigInput(): WhatIfInput {
  const shape = {
    partitions: PARTITIONS,
    topics: PARTITIONS / 20,
    replicationFactor: 3,
    brokers: BROKERS,
    shrunkEvery: 4,
  }
  const meta = decodeMetadata(7, bigMetadata({ ...shape, version: 7 }))
  const { topology, rowOf } = buildTopology(meta, null)
  const reading = emptyReading(topology)
  applyMetadata(reading, meta, rowOf, 1, 1)
  reading.minInSyncReplicas.fill(2)
  reading.uncleanElection.fill(UNCLEAN_OFF)
  return {
    reading,
    state: new Uint8Array(PARTITIONS).fill(HEALTHY),
    presences: new Presences(new Map()),
    settings: { ...UNREAD_SETTINGS, version: [4, 1] },
    reach: 'all',
    takenAt: 1,
    reassignmentsTold: true,
    quorum: 'leads',
    voters: [],
  }
}

interface Times {
  readonly whole: number
  /** Processor time, which other programs cannot lengthen: of the whole pass, and of its longest piece, in which nothing else has a turn. */
  readonly used: number
  readonly piece: number
}

function run(input: WhatIfInput, brokers: readonly number[]): Times {
  const pass = whatIfPass(input, brokers)
  const from = performance.now()
  const usedBefore = threadMs()
  let piece = 0
  for (let before = usedBefore, done = false; !done;) {
    done = pass.next().done === true
    const now = threadMs()
    piece = Math.max(piece, now - before)
    before = now
  }
  return { whole: performance.now() - from, used: threadMs() - usedBefore, piece }
}

/** What follows if brokers stop, at 200,000 partitions: one, a rack, and all of them at once. */
export function benchWhatIf(report: Report): Promise<void> {
  const input = bigInput()
  const all = Array.from({ length: BROKERS }, (_, at) => at + 1)
  const sets = { 'one broker': [1], 'a rack': [1, 4, 7, 10], 'all brokers': all }
  for (const [label, brokers] of Object.entries(sets)) {
    const times = Array.from({ length: WARM_UP + ROUNDS }, () => run(input, brokers)).slice(WARM_UP)
    report.atMost(`what if, 200k: ${label}`, median(times.map(({ whole }) => whole)), 'ms', 200)
    report.note(`what if, 200k: ${label}, processor time`, median(times.map(({ used }) => used)), 'ms')
    report.note(
      `what if, 200k: ${label}, processor time of the longest piece`,
      median(times.map(({ piece }) => piece)),
      'ms',
    )
  }
  return Promise.resolve()
}
