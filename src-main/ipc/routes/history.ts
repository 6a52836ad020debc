import { INCIDENTS_PER_PAGE, type EventQuestion } from '../../contract/history'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import type { History } from '../../monitor/observe/recorder'
import type { EventFilter, HistoryReader } from '../../ports/history'
import { attempt } from '../attempt'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'

type HistoryChannel = Extract<keyof Routes, `history:${string}`>

const MINUTE_MS = 60_000

const unknown = (cluster: string): Result<never> =>
  fail('not-found', 'The cluster has not told who it is yet, so its history is not known', { cluster }, true)

function filterOf({ incident, topic, partition, broker, kinds, from, until, beforeSeq }: EventQuestion): EventFilter {
  return {
    from,
    until,
    ...(incident < 0 ? {} : { incident }),
    ...(topic === '' ? {} : { topic }),
    ...(partition < 0 ? {} : { partition }),
    ...(broker < 0 ? {} : { broker }),
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(beforeSeq === 0 ? {} : { beforeSeq }),
  }
}

export function historyRoutes(clusters: Pick<Clusters, 'get'>, now: () => number): Pick<Routes, HistoryChannel> {
  const historyOf = (cluster: string): Result<History> => {
    const history = clusters.get(cluster)?.history ?? null
    return history === null ? fail('not-found', 'This cluster is not open', { cluster }) : ok(history)
  }
  const reading = <T>(cluster: string, read: (reader: HistoryReader, history: History) => T): Result<T> => {
    const history = historyOf(cluster)
    if (!history.ok) return history
    const { reader } = history.value
    if (reader === null) return unknown(cluster)
    return ok(read(reader, history.value))
  }
  const kept = (cluster: string, what: string, change: () => boolean): Result<null> => {
    const done = attempt(what, change)
    if (!done.ok) return done
    return done.value ? ok(null) : unknown(cluster)
  }
  return {
    'history:incidents': ({ cluster, before }) =>
      reading(cluster, (reader, { writes }) => ({
        ...reader.incidents(INCIDENTS_PER_PAGE, before === 0 ? undefined : before),
        writes,
      })),
    'history:incident': ({ cluster, id }) => reading(cluster, (reader) => ({ incident: reader.incident(id) })),
    'history:events': (question) =>
      reading(question.cluster, (reader) => reader.events(filterOf(question), question.limit)),
    'history:watched': ({ cluster, from, until }) =>
      reading(cluster, (reader) => ({ watched: reader.watched(from, until) })),
    'history:announce': ({ cluster, broker, by, minutes }) => {
      const history = historyOf(cluster)
      if (!history.ok) return history
      return kept(cluster, 'The announcement could not be kept', () =>
        history.value.announce({ by, broker, until: now() + minutes * MINUTE_MS }),
      )
    },
    'history:withdraw': ({ cluster, broker }) => {
      const history = historyOf(cluster)
      if (!history.ok) return history
      return kept(cluster, 'The announcement could not be withdrawn', () => history.value.withdraw(broker))
    },
  }
}
