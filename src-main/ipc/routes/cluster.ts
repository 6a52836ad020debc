import type { ArmState } from '../../contract/change'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import type { ClusterSession } from '../../monitor/session'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'
import type { Push } from '../push'

export interface ClusterDesk {
  readonly clusters: Clusters
  /** The push of the page that is loaded now; null between two loads. */
  readonly push: () => Push | null
  readonly armState: (cluster: string) => ArmState
}

type ClusterChannel = Exclude<Extract<keyof Routes, `cluster:${string}`>, 'cluster:arm'>

export function clusterRoutes({ clusters, push, armState }: ClusterDesk): Pick<Routes, ClusterChannel> {
  const withSession = <T>(cluster: string, use: (session: ClusterSession) => T): Result<T> => {
    const session = clusters.get(cluster)
    return session === null ? fail('not-found', 'This cluster is not open', { cluster }) : ok(use(session))
  }
  const tell = (cluster: string, use: (session: ClusterSession) => void): Result<null> =>
    withSession(cluster, (session) => {
      use(session)
      return null
    })
  return {
    'cluster:open': async ({ id, secrets }) => {
      const opened = await clusters.open(id, secrets)
      return opened.ok ? ok({ cluster: opened.value.cluster }) : opened
    },
    'cluster:reopen': async ({ id }) => {
      const opened = await clusters.reopen(id)
      return opened.ok ? ok({ cluster: opened.value.cluster }) : opened
    },
    'cluster:retry': ({ cluster }) => tell(cluster, (session) => session.tryAgain()),
    'cluster:close': async ({ cluster }) => {
      await clusters.leave(cluster)
      return ok(null)
    },
    'cluster:frame': ({ cluster }) =>
      tell(cluster, () => {
        push()?.refetch(cluster)
        // A page that was loaded anew has not heard of an arming that still holds.
        push()?.tell({ type: 'armed', armed: armState(cluster) })
      }),
    'cluster:watch': ({ cluster, list }) => tell(cluster, () => push()?.watch(cluster, list)),
    'cluster:pause': ({ cluster, paused }) => tell(cluster, (session) => session.pause(paused)),
    'cluster:cadence': ({ cluster, intervalMs }) => tell(cluster, (session) => session.cadence(intervalMs)),
    'cluster:series': ({ cluster, watch }) => withSession(cluster, (session) => session.series(watch)),
    'cluster:what-if': async ({ cluster, brokers }) => {
      const found = withSession(cluster, (session) => session.whatIf(brokers))
      return found.ok ? ok(await found.value) : found
    },
  }
}
