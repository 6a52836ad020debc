import type { LateHour, LateRecord } from '../../contract/advisor'
import { fail, ok } from '../../contract/result'
import { LateTallies } from '../../domain/advisor/tally'
import type { Sliced } from '../../domain/slices'
import type { Clock } from '../../ports/clock'
import type { ExcursionReader } from '../../ports/excursion-book'
import { inSlices } from '../../ports/slices'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

type AdvisorChannel = Extract<keyof Routes, `advisor:${string}`>

const KEPT_MS = 30 * 86_400_000
/** Of 30 days together; each hour has fewer. */
const TOPICS = 2_000

interface Read {
  readonly from: number
  readonly unreadable: number
  readonly sum: LateHour
}

/** An hour a piece. */
function* readHours(reader: ExcursionReader, since: number): Sliced<Read> {
  const tallies = new LateTallies(TOPICS)
  const hours = reader.excursionHours(since)
  let unreadable = 0
  for (const at of hours) {
    const hour = reader.excursionHour(at)
    if (hour === null) unreadable += 1
    else tallies.add(hour)
    yield
  }
  const from = hours[0] ?? Number.NaN
  return { from, unreadable, sum: tallies.take(from) }
}

export function advisorRoutes(
  clusters: Pick<Clusters, 'get'>,
  clock: Pick<Clock, 'now' | 'breathe'>,
): Pick<Routes, AdvisorChannel> {
  return {
    'advisor:record': async ({ cluster }) => {
      const session = clusters.get(cluster)
      const history = session?.history ?? null
      if (session === null || history === null) return fail('not-found', 'This cluster is not open', { cluster })
      const { reader } = history
      if (reader === null)
        return fail(
          'not-found',
          'The cluster has not told who it is yet, so its history is not known',
          { cluster },
          true,
        )
      const { from, unreadable, sum } = await inSlices(clock, readHours(reader, clock.now() - KEPT_MS))
      const { evictionWindows, sessionTimeoutMs } = session.inside.settings()
      const record: LateRecord = {
        from,
        unreadable,
        watchedMs: sum.watchedMs,
        unfollowed: sum.unfollowed,
        tallies: sum.tallies,
        open: history.underWay,
        windows: [...evictionWindows].sort(([a], [b]) => a - b).map(([broker, ms]) => ({ broker, ms })),
        sessionTimeoutMs,
      }
      return ok(record)
    },
  }
}
