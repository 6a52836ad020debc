/**
 * Pushes frames, deltas and status to one page load over its MessagePort.
 *
 * State per cluster: a reader of its session (which knows what was sent last and what the page watches), the seq of the push that the page has not
 * acknowledged yet (null = none), and whether something changed since. Correlation: `seq` is ours, +1 per push of this page load, since a
 * consumer that skips ticks would see gaps in the session's own. Nothing is queued: what is sent is read from the session at that moment,
 * so the latest wins. While hidden nothing is read or sent; when shown again there is one refresh. `close` drops all of it, readers and what they watched
 * included: a page that is loaded anew says again what it shows.
 */
import type { ClusterStatus, PushAck, PushMessage } from '../contract/frame'
import type { WatchList } from '../contract/ipc'
import type { Reader } from '../monitor/observe/readers'
import type { ClusterSession } from '../monitor/session'

export const ACK_DEADLINE_MS = 1000

export interface PushTimers {
  set(callback: () => void, ms: number): unknown
  clear(timer: unknown): void
}

export interface Push {
  attach(session: ClusterSession): void
  detach(cluster: string): void
  acknowledged(ack: Pick<PushAck, 'cluster' | 'seq'>): void
  /** The page lost track (first fetch, gap, new epoch) and wants a whole frame. */
  refetch(cluster: string): void
  /** What the page shows of this cluster, in place of what it showed before. */
  watch(cluster: string, list: WatchList): void
  shown(visible: boolean): void
  /**
   * News of a change or a task, or how a cluster is armed. Small, so they are not acknowledged. For a hidden window the latest of each change and
   * cluster waits, and all of each task, in order: they are parts of its answer.
   */
  tell(news: SmallNews): void
  close(): void
}

export type SmallNews = Extract<PushMessage, { type: 'change' | 'armed' | 'task' | 'show' | 'telling' | 'fleet' }>

/** Of several news of one subject a hidden window is told the latest only. */
function subjectOf(message: SmallNews): string {
  switch (message.type) {
    case 'change':
      return `change ${message.news.id}`
    case 'armed':
      return `armed ${message.armed.cluster}`
    case 'task':
      return `task ${message.news.id} ${message.news.seq}`
    case 'show':
    case 'telling':
    case 'fleet':
      return message.type
  }
}

interface Lane {
  readonly reader: Reader
  /** Hears no more of the session's status. */
  readonly stop: () => void
  waitingFor: number | null
  changed: boolean
  timer: unknown
  unsentStatus: ClusterStatus | null
}

export function createPush(options: {
  readonly post: (message: PushMessage) => void
  readonly timers: PushTimers
  readonly visible: boolean
  readonly onError: (cause: unknown) => void
}): Push {
  const { post, timers, onError } = options
  const lanes = new Map<string, Lane>()
  const untold = new Map<string, SmallNews>()
  let visible = options.visible
  let seq = 0

  const settle = (lane: Lane): void => {
    if (lane.timer !== null) timers.clear(lane.timer)
    lane.timer = null
    lane.waitingFor = null
  }

  const next = ({ reader }: Lane): PushMessage | null => {
    const news = reader.next()
    if (news === null) return null
    seq += 1
    return news.type === 'delta'
      ? { type: 'delta', delta: { ...news.delta, seq } }
      : { type: 'frame', frame: { ...news.frame, seq } }
  }

  const pump = (lane: Lane): void => {
    if (!visible || !lane.changed || lane.waitingFor !== null) return
    lane.changed = false
    try {
      const message = next(lane)
      if (message === null) return
      post(message)
    } catch (cause) {
      lane.reader.restart()
      onError(cause)
      return
    }
    lane.waitingFor = seq
    lane.timer = timers.set(() => {
      settle(lane)
      pump(lane)
    }, ACK_DEADLINE_MS)
  }

  const changed = (lane: Lane): void => {
    lane.changed = true
    pump(lane)
  }

  const tell = (lane: Lane, status: ClusterStatus): void => {
    if (visible) post({ type: 'status', status })
    else lane.unsentStatus = status
  }

  const detach = (cluster: string): void => {
    const lane = lanes.get(cluster)
    if (lane === undefined) return
    lanes.delete(cluster)
    settle(lane)
    lane.stop()
    lane.reader.close()
  }

  return {
    attach(session) {
      detach(session.cluster)
      const lane: Lane = {
        reader: session.reader(() => changed(lane)),
        stop: session.onStatus((status) => tell(lane, status)),
        waitingFor: null,
        changed: false,
        timer: null,
        unsentStatus: null,
      }
      lanes.set(session.cluster, lane)
      lane.reader.shown(visible)
      tell(lane, session.status)
      changed(lane)
    },
    detach,
    acknowledged(ack) {
      const lane = lanes.get(ack.cluster)
      if (lane === undefined || lane.waitingFor !== ack.seq) return
      settle(lane)
      pump(lane)
    },
    refetch(cluster) {
      const lane = lanes.get(cluster)
      if (lane === undefined) return
      // Only a page that is through with what it had asks again, so this is an acknowledgement too.
      settle(lane)
      lane.reader.restart()
      changed(lane)
    },
    watch(cluster, list) {
      lanes.get(cluster)?.reader.watch(list)
    },
    shown(nowVisible) {
      if (visible === nowVisible) return
      visible = nowVisible
      post({ type: 'shown', shown: visible })
      if (visible) {
        for (const news of untold.values()) post(news)
        untold.clear()
      }
      for (const lane of lanes.values()) {
        lane.reader.shown(visible)
        if (!visible) continue
        if (lane.unsentStatus !== null) post({ type: 'status', status: lane.unsentStatus })
        lane.unsentStatus = null
        changed(lane)
      }
    },
    tell(news) {
      if (visible) post(news)
      else untold.set(subjectOf(news), news)
    },
    close() {
      untold.clear()
      for (const cluster of [...lanes.keys()]) detach(cluster)
    },
  }
}
