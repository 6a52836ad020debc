import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import type { Losses } from '../../monitor/observe/loss-observer'
import { attempt } from '../attempt'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

type LossChannel = Extract<keyof Routes, `loss:${string}`>

export function lossRoutes(clusters: Pick<Clusters, 'get'>, now: () => number): Pick<Routes, LossChannel> {
  const lossesOf = (cluster: string): Result<Losses> => {
    const losses = clusters.get(cluster)?.losses ?? null
    return losses === null ? fail('not-found', 'This cluster is not open', { cluster }) : ok(losses)
  }
  return {
    'loss:list': ({ cluster }) => {
      const losses = lossesOf(cluster)
      return losses.ok ? ok({ findings: losses.value.kept, unreadable: losses.value.unreadable }) : losses
    },
    'loss:acknowledge': ({ cluster, ids, by, reason }) => {
      const losses = lossesOf(cluster)
      if (!losses.ok) return losses
      return attempt('The acknowledgement could not be kept', () => ({
        done: losses.value.acknowledge(ids, { at: now(), by, reason }),
      }))
    },
  }
}
