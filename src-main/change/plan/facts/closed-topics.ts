import { cancelled } from '../../links/abortable'
import { askAny } from '../../links/ask'
import { AclOperation, mayDo, OPERATIONS_NOT_TOLD } from '../../../shared/acl-operations'
import type { Asking } from './asking'

const QUESTION_MS = 4_000

/** Topics whose records this login may not read, where the brokers tell: each question for them would be one more line in the authorizer's log. Rejects only when cancelled. */
export async function closedTopics({ links, signal }: Asking, names: readonly string[]): Promise<ReadonlySet<string>> {
  try {
    const operations = await askAny(links, (link) => link.operations(names, QUESTION_MS), signal)
    const isClosed = (mask: number): boolean => mask !== OPERATIONS_NOT_TOLD && !mayDo(mask, AclOperation.READ)
    return new Set([...operations].flatMap(([name, mask]) => (isClosed(mask) ? [name] : [])))
  } catch {
    if (signal?.aborted === true) throw cancelled()
    return new Set()
  }
}
