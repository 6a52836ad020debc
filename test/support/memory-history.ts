import type { ClusterEvent, Incident, KeptEvent, Plan, Watched } from '../../src-main/contract/history'
import type { EventFilter, HistoryFiles, HistoryWriter, PlanBook } from '../../src-main/ports/history'

/** A history in memory, with everything in view. It outlives a session, as the file does. */
export class MemoryHistory implements HistoryFiles {
  readonly events: KeptEvent[] = []
  readonly incidents = new Map<number, Incident>()
  readonly spans: Watched[] = []
  announced: readonly Plan[] = []
  /** Somebody else writes it. */
  taken = false

  get newest(): Incident | undefined {
    return [...this.incidents.values()].at(-1)
  }

  /** Events as short lines: kind, broker, where, cause. */
  told(...kinds: readonly ClusterEvent['kind'][]): string[] {
    return this.events
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .map(({ kind, broker, topic, partition, cause }) =>
        [kind, broker, topic === '' ? '' : `${topic}/${partition}`, cause]
          .filter((part) => part !== '' && part !== -1)
          .join(' '),
      )
  }

  write(): HistoryWriter | null {
    return this.taken ? null : this.opened()
  }

  plans(): PlanBook {
    return { list: () => this.announced, keep: (plans) => void (this.announced = plans) }
  }

  read(): HistoryWriter {
    return this.opened()
  }

  private opened(): HistoryWriter {
    const page = <T>(all: readonly T[], limit: number) => ({
      rows: all.slice(0, limit),
      more: all.length > limit,
      unreadable: 0,
    })
    return {
      incidents: (limit, beforeId = Infinity) =>
        page([...this.incidents.values()].filter(({ id }) => id < beforeId).reverse(), limit),
      incident: (id) => this.incidents.get(id) ?? null,
      events: (filter, limit) => page(this.events.filter((one) => matches(one, filter)).reverse(), limit),
      watched: (from, until) => this.spans.filter((span) => span.to >= from && span.from <= until),
      add: (events, incident) => {
        for (const event of events) this.events.push({ ...event, seq: this.events.length + 1, incident })
      },
      put: (incident) => void this.incidents.set(incident.id, incident),
      nextIncident: () => this.incidents.size + 1,
      watch: (watched) => {
        const at = this.spans.findIndex(({ from }) => from === watched.from)
        if (at < 0) this.spans.push(watched)
        else this.spans[at] = watched
      },
      flush: () => undefined,
      close: () => undefined,
    }
  }
}

function matches(event: KeptEvent, filter: EventFilter): boolean {
  const { incident, topic, partition, broker, kinds, from, until, beforeSeq } = filter
  return (
    (incident === undefined || event.incident === incident) &&
    (topic === undefined || event.topic === topic) &&
    (partition === undefined || event.partition === partition) &&
    (broker === undefined || event.broker === broker || event.other === broker) &&
    (kinds?.includes(event.kind) ?? true) &&
    event.to >= (from ?? Number.NEGATIVE_INFINITY) &&
    event.to < (until ?? Number.POSITIVE_INFINITY) &&
    event.seq < (beforeSeq ?? Number.POSITIVE_INFINITY)
  )
}
