import type { BrokerLane } from '../poll/broker-lane'
import { limitReason } from '../../ports/limit-reason'
import type { PollParts } from '../poll/tick'

/** A folder comes back by a restart of its broker, which is seen at once; this is for a second one that fails. */
const AGAIN_MS = 60_000

/** The folders that failed, of brokers that hold replicas on them; nobody else is asked. What is refused stays unknown: the sentence goes without the folder. */
export class LogDirs {
  private known = new Map<number, { dueAt: number; folders: readonly string[] }>()
  private wanted: readonly number[] = []

  constructor(private readonly parts: Pick<PollParts, 'clock' | 'pool' | 'limits'>) {}

  /** By broker; empty = not read. */
  get folders(): ReadonlyMap<number, readonly string[]> {
    return new Map([...this.known].map(([id, { folders }]) => [id, folders]))
  }

  /** These brokers and no others. */
  want(brokers: readonly number[]): void {
    this.wanted = brokers
    for (const id of this.known.keys()) if (!brokers.includes(id)) this.known.delete(id)
  }

  async pump(): Promise<void> {
    const { clock, pool, limits } = this.parts
    const now = clock.now()
    const due = this.wanted.filter(
      (id) => !(now < (this.known.get(id)?.dueAt ?? Number.NaN)) && limits.mayAsk('log-dirs', now, String(id)),
    )
    await Promise.all(
      due.map(async (id) => {
        const lane = pool.get(id)
        if (lane?.connected === undefined || lane.connected === null) return
        await this.read(id, lane, now)
      }),
    )
  }

  private async read(id: number, lane: BrokerLane, now: number): Promise<void> {
    const entry = { dueAt: now + AGAIN_MS, folders: this.known.get(id)?.folders ?? [] }
    this.known.set(id, entry)
    try {
      entry.folders = (await lane.ask('configs', (link, timeoutMs) => link.failedLogDirs(timeoutMs))).value
      this.parts.limits.turnOn('log-dirs', String(id))
    } catch (error) {
      // Not answered: asked again in a minute.
      const reason = limitReason(error)
      if (reason !== null) this.parts.limits.turnOff('log-dirs', reason, this.parts.clock.now(), String(id))
    }
  }
}
