import type { ChangeEvent, ChangeView, ItemResult, PlanConflict } from '../../contract/change'
import { PortError } from '../../ports/cluster-port'
import type { BrokerLink } from '../../ports/cluster-port'
import { endOutcome } from '../book/outcome'
import type { Step, StopReason } from '../book/step'
import { shownId } from '../links/elsewhere'
import { NO_CONFLICT, whyConflict } from '../plan/compare'
import type { UnsettledBatch } from '../settle/settle'
import type { Sent } from './send'

type Overrides = readonly Readonly<Record<string, string>>[]

/** What a last look before a batch says: send it, do not and end in conflict, or do not and stop. */
export type LastLook =
  | { readonly kind: 'send'; readonly link: BrokerLink; readonly before: Overrides }
  | { readonly kind: 'conflict'; readonly conflict: PlanConflict }
  | { readonly kind: 'stop'; readonly stop: StopReason }

export const stopWith = (stop: StopReason): LastLook => ({ kind: 'stop', stop })
/** The addresses lead to this cluster and not to the one of the plan. */
export const leadingTo = (otherCluster: string): LastLook => ({
  kind: 'conflict',
  conflict: { ...NO_CONFLICT, otherCluster },
})

/** How one kind of change is sent. `rows` are rows of its plan. */
export interface Sender {
  readonly begins: Extract<ChangeEvent, { type: 'applying' }>
  readonly batches: readonly (readonly number[])[]
  /** Reads again what the plan stands on. `before` holds the overrides as they are a moment before the write, aligned with `rows`. */
  look(batch: number, rows: readonly number[]): Promise<LastLook>
  /** Never rejects. */
  send(link: BrokerLink, rows: readonly number[]): Promise<Sent>
  /** Reads until it can be told what became of a batch that had no answer. */
  settle(batch: UnsettledBatch): Promise<void>
  /** What has to be waited for before the next batch. */
  rest(rows: readonly number[], results: readonly ItemResult[]): Promise<StopReason | null>
}

/** Ranges of rows: the first `first` of them, then `size` at a time. */
export function batchesOf(count: number, size: number, first = size): number[][] {
  const batches: number[][] = []
  for (let from = 0; from < count;) {
    const to = Math.min(count, from + (from === 0 ? first : size))
    batches.push(Array.from({ length: to - from }, (_, i) => from + i))
    from = to
  }
  return batches
}

/** Writes down what goes out, sends it, writes down the answer, and settles what had none. null = go on. */
async function sendBatch(
  step: Step,
  sender: Sender,
  batch: number,
  rows: readonly number[],
  { link, before }: Extract<LastLook, { kind: 'send' }>,
): Promise<StopReason | null> {
  const { book, clock, links } = step
  const broker = link.address.id
  book.append({ type: 'sending', batch, rows, before, broker })
  const sentAt = clock.now()
  step.reach('sending')
  const { results, trouble } = await sender.send(link, rows)
  if (trouble !== null) links.failed(link)
  step.reach('sent')
  book.append({ type: 'answered', batch, results })
  step.reach('answered')
  if (results.some(({ outcome }) => outcome === 'unknown')) {
    book.progress({ what: 'settling', done: 0, total: rows.length, stoppable: false })
    await sender.settle({ rows, before, broker, sentAt })
  }
  return trouble === null ? sender.rest(rows, results) : { by: 'error', why: trouble }
}

const saidBy = (cause: PortError): StopReason => ({ by: 'error', why: { id: 'said', args: { text: cause.message } } })

/** A reading that fails is a reason to stop, unless it failed because it would have been one of another cluster. */
async function lastLook(sender: Sender, batch: number, rows: readonly number[]): Promise<LastLook> {
  try {
    return await sender.look(batch, rows)
  } catch (cause) {
    if (!(cause instanceof PortError)) throw cause
    return cause.kind === 'other-cluster' ? leadingTo(shownId(cause.leadsTo)) : stopWith(saidBy(cause))
  }
}

/** One batch from the last look to the rest after it. A line that cannot be written is thrown. */
async function oneBatch(
  step: Step,
  sender: Sender,
  batch: number,
  rows: readonly number[],
): Promise<StopReason | 'conflict' | null> {
  const look = await lastLook(sender, batch, rows)
  if (look.kind === 'stop') return look.stop
  if (look.kind === 'conflict' && batch > 0) return { by: 'error', why: whyConflict(look.conflict) }
  if (look.kind === 'conflict') {
    step.book.append({ type: 'conflicted', conflict: look.conflict })
    return 'conflict'
  }
  try {
    // A stop that came while reading is still in time.
    return step.stop() ?? (await sendBatch(step, sender, batch, rows, look))
  } catch (cause) {
    if (cause instanceof PortError) return saidBy(cause)
    throw cause
  }
}

/**
 * Sends batch after batch until there is a reason to stop, then ends the change by what became of its items. Throws StorageFailed; nothing is
 * sent after that, and the change stays 'applying' in the journal, to be settled later.
 */
export async function sendBatches(step: Step, sender: Sender): Promise<ChangeView> {
  const { book } = step
  const total = sender.batches.reduce((sum, rows) => sum + rows.length, 0)
  let done = 0
  step.mayWrite(true)
  book.append(sender.begins)
  step.reach('applying')
  for (const [batch, rows] of sender.batches.entries()) {
    book.progress({ what: 'applying', done, total, stoppable: true })
    const stop = step.stop() ?? (await oneBatch(step, sender, batch, rows))
    if (stop === 'conflict') {
      step.mayWrite(false)
      return book.view()
    }
    done += rows.length
    if (stop !== null) {
      // Whoever asked to stop is the reason, also where a reading broke off because of it.
      book.append({ type: 'stopped', ...(step.stop() ?? stop) })
      step.reach('stopped')
      break
    }
    step.reach('between-batches')
  }
  const ended = book.append({ type: 'ended', outcome: endOutcome(book.view().results) })
  step.reach('ended')
  step.mayWrite(false)
  return ended
}
