import type { SentFrame } from '../contract/frame'
import { REPLICA_IN_SYNC } from '../domain/topology/columns'
import { createSampleStore } from '../history/samples'
import type { ClusterPort } from '../ports/cluster-port'
import { cpuMs, type Clock } from '../ports/clock'
import { createSession } from '../monitor/session'
import { isrChanges, lineOf, statusLine } from './watch-lines'

export interface WatchOptions {
  readonly port: ClusterPort
  readonly clock: Clock
  readonly intervalMs: number
  /** Resolves when the watch shall end (Ctrl-C). */
  readonly ended: Promise<void>
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
}

interface Facts {
  readonly epoch: number
  readonly leader: SentFrame['columns']['leader']
  readonly flags: SentFrame['replicaFlags']
}

/** Rows whose leader or ISR differ; another epoch has other rows, so there is nothing to compare. */
function movedRows(before: Facts | null, frame: SentFrame): number[] {
  if (before === null || before.epoch !== frame.epoch) return []
  const { replicaStart, replicaFlags } = frame
  const moved: number[] = []
  for (let row = 0; row < frame.partition.length; row += 1) {
    let same = before.leader[row] === frame.columns.leader[row]
    for (let replica = replicaStart[row]!; same && replica < replicaStart[row + 1]!; replica += 1) {
      same = ((before.flags[replica]! ^ replicaFlags[replica]!) & REPLICA_IN_SYNC) === 0
    }
    if (!same) moved.push(row)
  }
  return moved
}

function describeRow(
  frame: SentFrame,
  row: number,
): { topic: string; partition: number; leader: number; isr: number[] } {
  const topic = frame.topics.start.findIndex((_, at) => frame.topics.start[at + 1]! > row)
  const isr: number[] = []
  for (let replica = frame.replicaStart[row]!; replica < frame.replicaStart[row + 1]!; replica += 1) {
    if ((frame.replicaFlags[replica]! & REPLICA_IN_SYNC) !== 0) isr.push(frame.replicaBroker[replica]!)
  }
  return {
    topic: frame.topics.names[topic]!,
    partition: frame.partition[row]!,
    leader: frame.columns.leader[row]!,
    isr,
  }
}

/** Prints a line at once and at every change until `ended`; a lost cluster is a change too, and is tried again for ever. */
export async function watchCluster({ port, clock, intervalMs, ended, print, warn }: WatchOptions): Promise<void> {
  const session = createSession({
    cluster: 'inspect',
    port,
    clock,
    intervalMs,
    samples: createSampleStore(),
    busyMs: cpuMs,
    onError: (cause) => warn(String(cause)),
  })
  let before: Facts | null = null
  let lastText = ''
  let lastStatus = ''
  const say = (text: string): void => print(`${new Date(clock.now()).toISOString()} ${text}`)
  session.onStatus((status) => {
    if (status.phase !== 'lost' && (status.phase !== 'live' || before === null)) return
    // Every try that fails is told; only the first of a kind is news.
    const text = statusLine(status, session.frame()?.summary ?? null)
    if (text !== lastStatus) say(text)
    lastStatus = text
  })
  session.reader(() => {
    const frame = session.frame()
    if (frame === null || frame.summary.headline.level === 'unread') return
    const moved = movedRows(before, frame)
    before = { epoch: frame.epoch, leader: frame.columns.leader, flags: frame.replicaFlags }
    const text = lineOf(frame.summary, [])
    if (text === lastText && moved.length === 0) return
    lastText = text
    say(lineOf(frame.summary, isrChanges(moved.map((row) => describeRow(frame, row)))))
  })
  await ended
  await session.close()
}
