import { UNREAD_SETTINGS } from '../../domain/topology/reading'
import type { Clock } from '../../ports/clock'
import type { ClusterPort } from '../../ports/cluster-port'
import type { ClusterInside } from '../../ports/live-cluster'
import type { Picture } from '../judge/picture'
import type { LiveView } from './live-view'
import type { Observer } from './observers'

interface Waiting {
  readonly since: number
  resolve(fresh: boolean): void
}

/** What the view of a change is made of. */
export interface InsideParts {
  readonly clock: Clock
  readonly port: ClusterPort
  picture(): Picture | null
  live(): LiveView | null
  denied: ClusterInside['denied']
  noteDenied: ClusterInside['noteDenied']
  /** Nothing is asked, so nothing fresh will come. */
  resting(): boolean
  /** Asks now instead of at the end of the interval. */
  lookNow(): void
  observe(observer: Observer): () => void
}

/** The opened cluster as a change sees it. After `close` it gives no links, and who waits for a fresh reading is told that none came. */
export function createInside(parts: InsideParts): ClusterInside & { close(): void } {
  const { clock, port } = parts
  const waiting = new Set<Waiting>()
  let closed = false
  parts.observe(({ metadataSentAt }) => {
    for (const one of [...waiting]) if (metadataSentAt >= one.since) one.resolve(true)
  })
  return {
    clusterId: () => parts.picture()?.clusterId ?? null,
    reading: () => parts.live()?.reading ?? null,
    facts: () => parts.live()?.facts ?? new Map(),
    settings: () => parts.picture()?.settings ?? UNREAD_SETTINGS,
    elr: () => parts.picture()?.eligibleLeaders ?? null,
    controller: () => parts.picture()?.controller ?? -1,
    denied: (what, of) => parts.denied(what, of),
    noteDenied: (what, of) => parts.noteDenied(what, of),
    link(broker) {
      const address = parts.live()?.reading.brokers.find((listed) => listed.id === broker)
      return address === undefined || closed ? null : port.link(address)
    },
    freshReading(timeoutMs) {
      if (closed || parts.resting()) return Promise.resolve(false)
      return new Promise((resolve) => {
        const settle = (fresh: boolean): void => {
          stopWaiting()
          waiting.delete(one)
          resolve(fresh)
        }
        const one = { since: clock.now(), resolve: settle }
        const stopWaiting = clock.after(timeoutMs, () => settle(false))
        waiting.add(one)
        parts.lookNow()
      })
    },
    onPicture: (listener) => parts.observe(() => listener()),
    close() {
      closed = true
      for (const one of [...waiting]) one.resolve(false)
    },
  }
}
