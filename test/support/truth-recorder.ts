import { performance } from 'node:perf_hooks'
import type { BrokerSummary, Headline } from '../../src-main/contract/summary'
import { REPLICA_IN_SYNC } from '../../src-main/domain/topology/columns'
import type { Topology } from '../../src-main/domain/topology/reading'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import type { ReadOnlyCells } from '../../src-main/shared/read-only'
import { createClock } from '../../src-main/ports/clock'
import { Monitor } from '../../src-main/monitor/monitor'

/** What the monitor said at one picture, copied: everything it stands for is compared with the brokers' own word later. */
export interface Statement {
  readonly topology: Topology
  readonly metadataAt: number
  readonly publishedAt: number
  readonly leader: Int32Array
  readonly state: Uint8Array
  readonly isr: readonly string[]
  readonly logEndOffset: Float64Array
  readonly sentAt: Float64Array
  readonly readAt: Float64Array
  readonly lagRecords: Float64Array
  readonly lagError: Float64Array
  readonly highWatermark: Float64Array
  readonly highWatermarkReadAt: Float64Array
  readonly next: Uint8Array
  readonly nextBroker: Int32Array
  readonly nextFrom: Float64Array
  readonly nextTo: Float64Array
  readonly silent: readonly number[]
  readonly brokers: readonly BrokerSummary[]
  readonly headline: Headline
}

export interface Recorder {
  readonly monitor: Monitor
  /** Oldest first, of the last minutes. */
  readonly statements: readonly Statement[]
  newest(): Statement
  close(): Promise<void>
}

const KEEP_MS = 150_000

/** ISR of a row as sorted text, so that order does not count. */
export function isrText(topology: Topology, flags: ReadOnlyCells<Uint8Array>, row: number): string {
  const members: number[] = []
  for (let replica = topology.replicaStart[row]!; replica < topology.replicaStart[row + 1]!; replica += 1) {
    if ((flags[replica]! & REPLICA_IN_SYNC) !== 0) members.push(topology.replicaBroker[replica]!)
  }
  return members.sort((a, b) => a - b).join('+')
}

/** The real monitor on the real client, with every published picture written down. */
export function startRecorder(bootstrap: string): Recorder {
  const parsed = parseBootstrap([bootstrap])
  if (!parsed.ok) throw new Error(parsed.error.message)
  // The witness tells wall-clock times, so this monitor's clock shall not drift from it by even a few ms.
  const clock = { ...createClock(), now: () => Date.now() }
  const statements: Statement[] = []
  const monitor = new Monitor({
    port: createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null }),
    clock,
    intervalMs: 0,
    highWatermarks: 'all',
    busyMs: () => performance.eventLoopUtilization().active,
    shownRows: () => [],
    onStatus: () => undefined,
    onError: (cause) => {
      throw cause
    },
  })
  monitor.observe((picture) => {
    const view = monitor.live
    if (view === null) throw new Error('a picture without its figures')
    const { reading, lags, highWatermarkReadAt } = view
    const { topology } = reading
    statements.push({
      topology,
      metadataAt: reading.metadataAt,
      publishedAt: Date.now(),
      leader: reading.leader.slice(),
      state: picture.columns.state.slice(),
      isr: Array.from(topology.partition, (_, row) => isrText(topology, picture.replicaFlags, row)),
      logEndOffset: reading.logEndOffset.slice(),
      sentAt: reading.sentAt.slice(),
      readAt: reading.readAt.slice(),
      lagRecords: reading.lagRecords.slice(),
      lagError: Float64Array.from(topology.partition, (_, row) => lags.lagErrorRecords(row)),
      highWatermark: reading.highWatermark.slice(),
      highWatermarkReadAt: highWatermarkReadAt.slice(),
      next: picture.columns.next.slice(),
      nextBroker: picture.columns.nextBroker.slice(),
      nextFrom: picture.columns.nextFrom.slice(),
      nextTo: picture.columns.nextTo.slice(),
      silent: [...picture.facts.values()].filter(({ answers }) => answers === 'no').map(({ id }) => id),
      brokers: picture.summary.brokers,
      headline: picture.summary.headline,
    })
    while (statements[0]!.publishedAt < Date.now() - KEEP_MS) statements.shift()
  })
  monitor.start()
  return {
    monitor,
    statements,
    newest() {
      const last = statements.at(-1)
      if (last === undefined) throw new Error('the monitor has said nothing yet')
      return last
    },
    close: () => monitor.close(),
  }
}
