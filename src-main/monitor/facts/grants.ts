import { AclOperation, OPERATIONS_NOT_TOLD, mayDo } from '../../shared/acl-operations'
import type { PollParts } from '../poll/tick'

const LOOK_AGAIN_MS = 60_000
const TOPICS_PER_REQUEST = 200

/**
 * Notices that this login may read settings of topics that it might not, without being refused again: Metadata tells what a login may do with a topic, and
 * brokers do not log that as a denial (AuthHelper.scala, `authorizedOperations`). A request a minute, topics in turn. What a login may do with the cluster
 * itself is not asked for: who may not describe it would be logged each time.
 */
export class Grants {
  private askedAt = Number.NaN
  private cursor = 0
  private busy = false

  constructor(private readonly parts: Pick<PollParts, 'clock' | 'pool' | 'limits'>) {}

  /** Never rejects. */
  async pump(): Promise<void> {
    const { clock, limits, pool } = this.parts
    const now = clock.now()
    if (this.busy) return
    const denied = limits.denied('min-insync-replicas', now).filter((of) => of !== '')
    if (denied.length === 0) {
      this.askedAt = now
      return
    }
    const lane = pool.answering()[0]
    if (lane === undefined || now - this.askedAt < LOOK_AGAIN_MS) return
    this.busy = true
    this.askedAt = now
    const from = this.cursor < denied.length ? this.cursor : 0
    const names = denied.slice(from, from + TOPICS_PER_REQUEST)
    this.cursor = from + names.length
    try {
      const { value } = await lane.ask('configs', (link, timeoutMs) => link.operations(names, timeoutMs))
      const granted = names.filter((name) => {
        const mask = value.get(name) ?? OPERATIONS_NOT_TOLD
        return mask !== OPERATIONS_NOT_TOLD && mayDo(mask, AclOperation.DESCRIBE_CONFIGS)
      })
      for (const name of granted) limits.granted('min-insync-replicas', name)
      // They leave the list, and there are probably more of them.
      if (granted.length > 0) {
        this.cursor = from
        this.askedAt = Number.NaN
      }
    } catch {
      // In a minute.
    } finally {
      this.busy = false
    }
  }
}
