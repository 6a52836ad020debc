import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import type { Controllers } from '../../monitor/session'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

type QuorumChannel = Extract<keyof Routes, `quorum:${string}`>

export function quorumRoutes(clusters: Pick<Clusters, 'get'>): Pick<Routes, QuorumChannel> {
  const told = <T>(cluster: string, read: (controllers: Controllers) => T): Result<T> => {
    const session = clusters.get(cluster)
    return session === null ? fail('not-found', 'This cluster is not open', { cluster }) : ok(read(session.controllers))
  }
  return {
    'quorum:read': ({ cluster }) => told(cluster, (controllers) => controllers.quorum()),
    'quorum:isr': ({ cluster }) => told(cluster, (controllers) => controllers.shortIsr()),
    'quorum:agreement': ({ cluster }) => told(cluster, (controllers) => controllers.agreement()),
  }
}
