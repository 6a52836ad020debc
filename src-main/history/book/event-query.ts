/** Which rows a filter asks for, and by which indexes, so that a page costs what is on it and not what is in the file. */
import type { KeptEvent } from '../../contract/history'
import type { EventFilter } from '../../ports/history'
import { KIND_CODES } from './codes'
import { EVENT_CELLS } from './event-rows'

interface Condition {
  readonly sql: string
  readonly values: readonly number[]
}

/** `index` gives the rows that hold `first`, in the order of their numbers. */
interface Path {
  readonly index: string
  readonly first: Condition | null
}

export interface Asked {
  readonly filter: EventFilter
  /** Number of the filter's topic. */
  readonly topic: number
  /** Numbers that events of the filter's time may have, both included. */
  readonly between: readonly [first: number, last: number]
}

const is = (sql: string, ...values: readonly number[]): Condition => ({ sql, values })

/** Paths that together give every row asked for. */
function pathsOf({ filter: { incident, topic, broker, kinds }, topic: topicNumber }: Asked): Path[] {
  if (incident !== undefined && incident > 0)
    return [{ index: 'INDEXED BY event_incident', first: is('event.incident = ? AND event.incident > 0', incident) }]
  if (topic !== undefined && topicNumber > 0)
    return [{ index: 'INDEXED BY event_topic', first: is('event.topic = ? AND event.topic > 0', topicNumber) }]
  if (broker !== undefined && broker >= 0)
    return (['broker', 'other'] as const).map((column) => ({
      index: `INDEXED BY event_${column}`,
      first: is(`event.${column} = ? AND event.${column} >= 0`, broker),
    }))
  if (kinds !== undefined)
    return [...new Set(kinds)].map((kind) => ({
      index: 'INDEXED BY event_kind',
      first: is('event.kind = ?', KIND_CODES[kind]),
    }))
  return [{ index: 'NOT INDEXED', first: null }]
}

function conditionsOf({ filter, topic, between }: Asked): Condition[] {
  const { incident, partition, broker, kinds, from, until, beforeSeq } = filter
  const [first, last] = between
  return [
    is('event.seq BETWEEN ? AND ?', first, beforeSeq === undefined ? last : Math.min(last, beforeSeq - 1)),
    ...(incident === undefined ? [] : [is('event.incident = ?', incident)]),
    ...(filter.topic === undefined ? [] : [is('event.topic = ?', topic)]),
    ...(partition === undefined ? [] : [is('event.part = ?', partition)]),
    ...(broker === undefined ? [] : [is('(event.broker = ? OR event.other = ?)', broker, broker)]),
    ...(kinds === undefined ? [] : [is(`event.kind IN (${kinds.map((kind) => KIND_CODES[kind]).join(', ')})`)]),
    ...(from === undefined ? [] : [is('event.at >= ?', from)]),
    ...(until === undefined ? [] : [is('event.at < ?', until)]),
  ]
}

/** Each answers its newest rows first, at most `limit`; what two of them answer is the same row. */
export function eventQueries(asked: Asked, limit: number): Condition[] {
  const conditions = conditionsOf(asked)
  return pathsOf(asked).map(({ index, first }) => {
    const all = first === null ? conditions : [first, ...conditions]
    return {
      sql: `SELECT ${EVENT_CELLS} FROM event ${index} LEFT JOIN name ON name.id = event.topic
        WHERE ${all.map(({ sql }) => sql).join(' AND ')} ORDER BY event.seq DESC LIMIT ?`,
      values: [...all.flatMap(({ values }) => values), limit],
    }
  })
}

/** Oldest first, after a number. */
export const EVENTS_AFTER = `SELECT ${EVENT_CELLS} FROM event LEFT JOIN name ON name.id = event.topic
  WHERE event.seq > ? ORDER BY event.seq LIMIT ?`

/** The same for an event in memory. */
export function passes(
  { incident, topic, partition, broker, kinds, from, until, beforeSeq }: EventFilter,
  event: KeptEvent,
): boolean {
  return (
    (incident === undefined || event.incident === incident) &&
    (topic === undefined || event.topic === topic) &&
    (partition === undefined || event.partition === partition) &&
    (broker === undefined || event.broker === broker || event.other === broker) &&
    (kinds === undefined || kinds.includes(event.kind)) &&
    (from === undefined || event.to >= from) &&
    (until === undefined || event.to < until) &&
    (beforeSeq === undefined || event.seq < beforeSeq)
  )
}
