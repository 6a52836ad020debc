/**
 * A body of any format that was ever written, as a step of today. Each format has its upcaster to the next one, so that reading an old row is a
 * chain of small steps, and the rest of Highwater knows the present format alone. To change what a body holds: raise FORMAT, add the upcaster
 * from the format before, and hold the old rows against test/fixtures.
 */
import type { ChangeEvent } from '../contract/change'
import { isEvent, misfitOf } from './event-schema'
import { fromFormat1 } from './from-format-1'
import { fromFormat2 } from './from-format-2'
import { fromBody } from './journal-body'

/** Of what is written now. */
export const FORMAT = 3

type Upcaster = (body: unknown) => unknown

/** By the format they read: a body of it becomes one of the next. */
const UPCASTERS: ReadonlyMap<number, Upcaster> = new Map([
  [1, fromFormat1],
  [2, fromFormat2],
])

/** Why a row cannot be read. The row stays as it is. */
export class UnreadableRow extends Error {
  constructor(seq: number, why: string, cause?: unknown) {
    super(`line ${seq} of the journal ${why}`, { cause })
    this.name = 'UnreadableRow'
  }
}

export interface StoredBody {
  readonly seq: number
  /** Column of its own, beside the one in the body. */
  readonly type: string
  readonly format: number
  readonly body: string
}

/** Throws UnreadableRow. */
export function readEvent({ seq, type, format, body }: StoredBody): ChangeEvent {
  if (format > FORMAT) throw new UnreadableRow(seq, `was written by a later Highwater (format ${format})`)
  let event: unknown
  try {
    event = fromBody(body)
  } catch (cause) {
    throw new UnreadableRow(seq, 'is damaged', cause)
  }
  for (let from = format; from < FORMAT; from += 1) {
    const upcast = UPCASTERS.get(from)
    if (upcast === undefined) throw new UnreadableRow(seq, `is damaged: there is no format ${format}`)
    event = upcast(event)
  }
  if (!isEvent(event)) throw new UnreadableRow(seq, `is damaged: ${misfitOf(event)} does not fit`)
  if (event.type !== type)
    throw new UnreadableRow(seq, `is damaged: "${event.type}" stands in a line of type "${type}"`)
  return event
}
