/**
 * The opened cluster. Correlation: the profile id; messages of any other cluster are left alone. Listens first, then
 * asks for a frame; a delta that does not fit (gap, new epoch) asks again and keeps the last picture meanwhile. Closing
 * drops picture, watches and points.
 */
import type { ClusterStatus, PushMessage } from '@contract/frame'
import type { PartitionName, Watch } from '@contract/ipc'
import type { LagSeries, LivePartition, LivePoint } from '@contract/live'
import type { ClusterProfile, ClusterSecrets } from '@contract/profiles'
import type { AppError, Result } from '@contract/result'
import { defineStore, storeToRefs } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useBridge } from '../bridge/bridge'
import { useClockStore } from './clock'
import { applyDelta, applyFrame } from './frame-reducer'
import { hasSameRows, type FrameView } from './frame-view'
import { withPoint } from './live-points'
import { markPicture } from './picture-mark'
import { isStale } from './staleness'
import { createWatches } from './watches'

const FRAME_WAIT_MS = 3000

export const useClusterStore = defineStore('cluster', () => {
  const { calls, onPush } = useBridge()
  const clock = useClockStore()
  const { now } = storeToRefs(clock)
  /** The saved cluster that is open, null = none. */
  const cluster = shallowRef<ClusterProfile | null>(null)
  const status = shallowRef<ClusterStatus | null>(null)
  const view = shallowRef<FrameView | null>(null)
  const live = shallowRef<LivePartition | null>(null)
  const points = shallowRef<readonly LivePoint[]>([])
  /** +1 per push that changed the view: what reads the typed arrays depends on it. */
  const version = ref(0)
  const summary = computed(() => view.value?.summary ?? null)
  const ageMs = computed(() => (view.value === null ? Number.NaN : Math.max(0, now.value - view.value.takenAt)))
  const stale = computed(() => isStale(view.value, status.value, ageMs.value))

  const id = (): string => cluster.value?.id ?? ''
  const watches = createWatches((list) => {
    if (id() !== '') void calls['cluster:watch']({ cluster: id(), list })
  })

  /** Asked for and not yet here: one request is enough, for as long as an answer may take. */
  let askedAt = -Infinity
  function fetchFrame(): void {
    if (performance.now() - askedAt < FRAME_WAIT_MS || id() === '') return
    askedAt = performance.now()
    void calls['cluster:frame']({ cluster: id() }).then((answer) => {
      if (!answer.ok) askedAt = -Infinity
    })
  }

  function take(next: FrameView, rows: number): void {
    clock.reach(next.takenAt)
    view.value = next
    version.value += 1
    markPicture(next, rows)
  }

  function receive(message: PushMessage): void {
    if (message.type === 'shown') clock.show(message.shown)
    else if (message.type === 'status') {
      if (message.status.cluster === id()) status.value = message.status
    } else if (message.type === 'frame') {
      if (message.frame.cluster !== id()) return
      askedAt = -Infinity
      const next = applyFrame(message.frame)
      if (view.value !== null && !hasSameRows(view.value, next)) watches.dropRows()
      take(next, message.frame.partition.length)
      // With a whole frame whoever sends them begins anew, and may not have heard what is on screen: this page may be a reload.
      watches.resend()
    } else if (message.type === 'delta') {
      const { delta } = message
      if (delta.cluster !== id()) return
      const next = applyDelta(view.value, delta)
      if (next === 'refetch') {
        fetchFrame()
        return
      }
      live.value = delta.live
      if (delta.point !== null) points.value = withPoint(points.value, delta.point)
      take(next, delta.rows.length)
    }
  }
  onPush(receive)

  function forget(): void {
    askedAt = -Infinity
    view.value = null
    live.value = null
    points.value = []
    status.value = null
    watches.dropRows()
    version.value += 1
  }

  /** Takes `next` in place of what is open, at once; the main process is told about the old one. */
  async function replace(next: ClusterProfile | null): Promise<void> {
    const closing = id()
    cluster.value = next
    forget()
    if (closing !== '') await calls['cluster:close']({ cluster: closing })
  }

  /**
   * Opens a saved cluster in place of the one that is open. The picture arrives by push; null, or why it could not be
   * opened at all.
   */
  async function open(profile: ClusterProfile, secrets: ClusterSecrets = {}): Promise<AppError | null> {
    // Known before the call: the first pushes may overtake its answer.
    if (id() === profile.id) cluster.value = profile
    else await replace(profile)
    const answer = await calls['cluster:open']({ id: profile.id, secrets })
    if (!answer.ok) {
      if (id() === profile.id) cluster.value = null
      return answer.error
    }
    if (id() === profile.id) {
      fetchFrame()
      watches.resend()
    }
    return null
  }

  /** Opens the cluster that the addresses lead to now in place of the one they led to; null, or why it could not be. */
  async function reopen(): Promise<AppError | null> {
    const profile = cluster.value
    if (profile === null) return null
    forget()
    const answer = await calls['cluster:reopen']({ id: profile.id })
    if (id() !== profile.id) return null
    if (!answer.ok) {
      cluster.value = null
      return answer.error
    }
    fetchFrame()
    watches.resend()
    return null
  }

  return {
    cluster,
    status,
    view,
    live,
    points,
    version,
    summary,
    now,
    ageMs,
    stale,
    open,
    reopen,
    close: (): Promise<void> => replace(null),
    /** Live points of a chart until the answered function is called; of several the newest holder's. */
    watchChart: (chart: Watch): (() => void) => watches.holdChart(chart),
    /** Live numbers of a partition's replicas, likewise. */
    watchPartition: (partition: PartitionName): (() => void) => watches.holdPartition(partition),
    /** Rows in sight whose lag should be current. */
    watchRows: (rows: readonly number[]): void => watches.setRows(rows),
    /** A person wants to go on now: a login that was refused is given once more. */
    tryAgain: async (): Promise<void> => {
      await calls['cluster:retry']({ cluster: id() })
    },
    pause: async (paused: boolean): Promise<void> => {
      await calls['cluster:pause']({ cluster: id(), paused })
    },
    /** 0 = automatic. */
    cadence: async (intervalMs: number): Promise<void> => {
      await calls['cluster:cadence']({ cluster: id(), intervalMs })
    },
    series: (watch: Watch): Promise<Result<LagSeries>> => calls['cluster:series']({ cluster: id(), watch }),
  }
})
