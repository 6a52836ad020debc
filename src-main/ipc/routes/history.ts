import { INCIDENTS_PER_PAGE, type EventQuestion, type HistoryPage, type KeptEvent } from '../../contract/history'
import { MOST_POINTS } from '../../contract/kept-samples'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { joinPartitionSeries, joinSeries } from '../../domain/samples/join'
import type { History } from '../../monitor/observe/recorder'
import type { Clock } from '../../ports/clock'
import type { EventFilter, HistoryReader } from '../../ports/history'
import { attempt } from '../attempt'
import type { Clusters } from '../clusters'
import type { Routes } from '../handle'
import { inPieces } from '../in-pieces'
import { unwatchedOf } from './unwatched'

type HistoryChannel = Extract<keyof Routes, `history:${string}`>

const MINUTE_MS = 60_000
/** Events that are read in one go. */
const PAGE = 200

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

/** As many as are asked for, in pages of some milliseconds with a turn of the event loop between two. */
async function eventsInPages(
  reader: HistoryReader,
  clock: Pick<Clock, 'breathe'>,
  question: EventQuestion,
): Promise<HistoryPage<KeptEvent>> {
  const rows: KeptEvent[] = []
  let unreadable = 0
  let { beforeSeq } = question
  for (;;) {
    const page = reader.events(filterOf({ ...question, beforeSeq }), Math.min(PAGE, question.limit - rows.length))
    for (const event of page.rows) rows.push(event)
    unreadable += page.unreadable
    const last = page.rows.at(-1)
    if (!page.more || last === undefined || rows.length >= question.limit) return { rows, more: page.more, unreadable }
    beforeSeq = last.seq
    await clock.breathe()
  }
}

export function historyRoutes(
  clusters: Pick<Clusters, 'get'>,
  clock: Pick<Clock, 'now' | 'breathe'>,
): Pick<Routes, HistoryChannel> {
  const historyOf = (cluster: string): Result<History> => {
    const history = clusters.get(cluster)?.history ?? null
    return history === null ? fail('not-found', 'This cluster is not open', { cluster }) : ok(history)
  }
  const readerOf = (cluster: string): Result<{ reader: HistoryReader; history: History }> => {
    const history = historyOf(cluster)
    if (!history.ok) return history
    const { reader } = history.value
    if (reader === null) return unknown(cluster)
    return ok({ reader, history: history.value })
  }
  const reading = <T>(cluster: string, read: (reader: HistoryReader, history: History) => T): Result<T> => {
    const found = readerOf(cluster)
    return found.ok ? ok(read(found.value.reader, found.value.history)) : found
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
    'history:events': async (question) => {
      const found = readerOf(question.cluster)
      return found.ok ? ok(await eventsInPages(found.value.reader, clock, question)) : found
    },
    'history:watched': ({ cluster, from, until }) =>
      reading(cluster, (reader) => ({ watched: reader.watched(from, until) })),
    'history:samples': async ({ cluster, subject, ...question }) => {
      const found = readerOf(cluster)
      if (!found.ok) return found
      const { reader } = found.value
      const { whole, pieces } = await inPieces(clock, question, MOST_POINTS, (from, until, resolutionMs) =>
        reader.samples(subject, from, until, resolutionMs),
      )
      return ok(joinSeries(pieces, { ...whole, unwatched: unwatchedOf(reader, question) }))
    },
    'history:partition-samples': async ({ cluster, topic, partition, ...question }) => {
      const found = readerOf(cluster)
      if (!found.ok) return found
      const { reader } = found.value
      const { whole, pieces } = await inPieces(clock, question, MOST_POINTS, (from, until, resolutionMs) =>
        reader.partitionSamples({ topic, partition }, from, until, resolutionMs),
      )
      return ok(joinPartitionSeries(pieces, { ...whole, unwatched: unwatchedOf(reader, question) }))
    },
    'history:announce': ({ cluster, broker, by, minutes }) => {
      const history = historyOf(cluster)
      if (!history.ok) return history
      return kept(cluster, 'The announcement could not be kept', () =>
        history.value.announce({ by, broker, until: clock.now() + minutes * MINUTE_MS }),
      )
    },
    'history:withdraw': ({ cluster, broker }) => {
      const history = historyOf(cluster)
      if (!history.ok) return history
      return kept(cluster, 'The announcement could not be withdrawn', () => history.value.withdraw(broker))
    },
  }
}
