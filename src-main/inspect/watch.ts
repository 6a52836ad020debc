import type { ClusterStatus, SentFrame } from '../contract/frame'
import { createSampleStore } from '../history/samples'
import type { ClusterPort } from '../ports/cluster-port'
import { cpuMs, type Clock } from '../ports/clock'
import { createSession } from '../monitor/session'
import { memoryLosses } from './memory-losses'
import { describeRow, movedRows } from './moved'
import type { Recording } from './record'
import type { Inspected } from './to-json'
import { isrChanges, lineOf, statusLine } from './watch-lines'

export interface WatchOptions {
  readonly port: ClusterPort
  readonly clock: Clock
  readonly intervalMs: number
  /** Resolves when the watch shall end (Ctrl-C). */
  readonly ended: Promise<void>
  /** null = nothing is kept. */
  readonly recording: Recording | null
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
}

/** What the last picture says, as `inspect` once would: nothing is known of a cluster of which nobody answers any more. */
function verdictOf({ phase }: Pick<ClusterStatus, 'phase'>, frame: SentFrame | null): Inspected['verdict'] {
  // What is lost is lost, however well the cluster is afterwards.
  if ((frame?.summary.loss.open ?? 0) > 0) return 'trouble'
  const level = phase === 'lost' ? undefined : frame?.summary.headline.level
  if (level === undefined || level === 'unread' || level === 'unknown') return 'unknown'
  return level === 'well' ? 'healthy' : 'trouble'
}

/**
 * Prints a line at once and at every change until `ended`; a lost cluster is a change too, and is tried again for ever, but not a login that was refused: nobody is
 * there who could want another try. Answers how things stood at the end.
 */
export async function watchCluster({
  port,
  clock,
  intervalMs,
  ended,
  recording,
  print,
  warn,
}: WatchOptions): Promise<Inspected['verdict']> {
  const session = createSession({
    cluster: 'inspect',
    port,
    clock,
    intervalMs,
    samples: createSampleStore(),
    losses: memoryLosses(),
    ...(recording === null ? {} : { history: recording.files }),
    busyMs: cpuMs,
    onError: (cause) => warn(String(cause)),
  })
  let stop: () => void = () => undefined
  const refused = new Promise<void>((resolve) => {
    stop = resolve
  })
  let before: SentFrame | null = null
  let lastText = ''
  /** Problems told since the cluster was last there: every try that fails is told to us, and its words differ by a few ms. */
  const told = new Set<string>()
  const say = (text: string): void => print(`${new Date(clock.now()).toISOString()} ${text}`)
  session.onStatus((status) => {
    const summary = session.frame()?.summary ?? null
    if (status.phase === 'lost') {
      const kind = `${status.problem?.step ?? ''} ${status.problem?.code ?? ''}`
      if (!told.has(kind)) say(statusLine(status, summary))
      told.add(kind)
      if (Number.isNaN(status.nextTryAt)) stop()
    } else if (status.phase === 'live') {
      if (told.size > 0) say(statusLine(status, summary))
      told.clear()
    }
  })
  session.reader(() => {
    recording?.note(session.history, session.inside.clusterId() ?? '')
    const frame = session.frame()
    if (frame === null || frame.summary.headline.level === 'unread') return
    const moved = before === null ? [] : movedRows(before, frame)
    before = frame
    const text = lineOf(frame.summary, [])
    if (text === lastText && moved.length === 0) return
    lastText = text
    say(
      lineOf(
        frame.summary,
        isrChanges(moved, (one) => describeRow(frame, one)),
      ),
    )
  })
  await Promise.race([ended, refused, ...(recording === null ? [] : [recording.refused])])
  const verdict = verdictOf(session.status, session.frame())
  await session.close()
  return verdict
}
