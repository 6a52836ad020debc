import type { PastAnswer } from '../../contract/past'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import type { PastPicture } from '../../domain/past/past-picture'
import { createPast, type Past } from '../../history/past'
import type { Clock } from '../../ports/clock'
import type { HistoryReader } from '../../ports/history'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

type PastChannel = Extract<keyof Routes, `past:${string}`>

export function pastRoutes(clusters: Pick<Clusters, 'get'>, clock: Clock): Pick<Routes, PastChannel> {
  /** One each cluster, so that a later question finds what an earlier one made. */
  const pasts = new WeakMap<HistoryReader, Past>()
  const pastOf = (cluster: string): Result<Past> => {
    const history = clusters.get(cluster)?.history ?? null
    if (history === null) return fail('not-found', 'This cluster is not open', { cluster })
    const { reader } = history
    if (reader === null)
      return fail('not-found', 'The cluster has not told who it is yet, so its history is not known', { cluster }, true)
    const past = pasts.get(reader) ?? createPast(reader, clock)
    pasts.set(reader, past)
    return ok(past)
  }
  async function showing<T>(
    cluster: string,
    at: number,
    show: (picture: PastPicture) => T,
  ): Promise<Result<PastAnswer<T>>> {
    const past = pastOf(cluster)
    if (!past.ok) return past
    const found = await past.value.at(at)
    if (found === 'cancelled') return fail('cancelled', 'Another moment was asked for', { cluster })
    return ok('nothing' in found ? { shown: null, nothing: found.nothing } : { shown: show(found.picture) })
  }
  return {
    'past:board': ({ cluster, at }) => showing(cluster, at, (picture) => picture.board),
    'past:topic': ({ cluster, at, topic, partition }) =>
      showing(cluster, at, (picture) => picture.topic(topic, partition)),
    'past:around': ({ cluster, at }) => {
      const past = pastOf(cluster)
      return past.ok ? ok(past.value.around(at)) : past
    },
  }
}
