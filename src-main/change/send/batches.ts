import type { ChangeView, ItemResult } from '../../contract/change'
import { PortError } from '../../ports/cluster-port'
import { endOutcome } from '../book/outcome'
import type { Step, StopReason } from '../book/step'
import type { Sent } from './send'

/** Why nothing more may be sent; 'conflict' = the change has ended in it. */
export type Halt = StopReason | 'conflict'

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

/** A reading that fails stops the change; a line that cannot be written is not caught here. */
async function attempt(work: () => Promise<Halt | null>): Promise<Halt | null> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof PortError) return { by: 'error', why: { id: 'said', args: { text: cause.message } } }
    throw cause
  }
}

/**
 * Runs batch after batch until one says halt, then ends the change by what became of its items. Throws StorageFailed; nothing is sent after
 * that, and the change stays 'applying' in the journal, to be settled later.
 */
export async function runBatches(
  step: Step,
  batches: readonly (readonly number[])[],
  doBatch: (batch: number, rows: readonly number[]) => Promise<Halt | null>,
): Promise<ChangeView> {
  const { book } = step
  const total = batches.reduce((sum, rows) => sum + rows.length, 0)
  let done = 0
  for (const [batch, rows] of batches.entries()) {
    book.progress({ what: 'applying', done, total, stoppable: true })
    const halt = step.stop() ?? (await attempt(() => doBatch(batch, rows)))
    if (halt === 'conflict') return book.view()
    done += rows.length
    if (halt !== null) {
      // Whoever asked to stop is the reason, also where a reading broke off because of it.
      book.append({ type: 'stopped', ...(step.stop() ?? halt) })
      step.reach('stopped')
      break
    }
    step.reach('between-batches')
  }
  const ended = book.append({ type: 'ended', outcome: endOutcome(book.view().results) })
  step.reach('ended')
  return ended
}

/** Writes down what goes out, sends it, writes down the answer, and settles what had none. null = go on. */
export async function writeBatch(
  step: Step,
  sending: {
    readonly batch: number
    readonly rows: readonly number[]
    readonly before: readonly Readonly<Record<string, string>>[]
    readonly broker: number
  },
  send: () => Promise<Sent>,
  settle: (sentAt: number) => Promise<void>,
): Promise<{ readonly halt: Halt | null; readonly results: readonly ItemResult[] }> {
  const { book, clock } = step
  book.append({ type: 'sending', ...sending })
  const sentAt = clock.now()
  step.reach('sending')
  const { results, trouble } = await send()
  step.reach('sent')
  book.append({ type: 'answered', batch: sending.batch, results })
  step.reach('answered')
  if (results.some(({ outcome }) => outcome === 'unknown')) {
    book.progress({ what: 'settling', done: 0, total: sending.rows.length, stoppable: false })
    await settle(sentAt)
  }
  return { halt: trouble === null ? null : { by: 'error', why: trouble }, results }
}
