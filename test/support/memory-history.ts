import type { LateHour } from '../../src-main/contract/advisor'
import { addHours } from '../../src-main/domain/advisor/tally'
import type { ClusterEvent, Incident, KeptEvent, Plan, Watched } from '../../src-main/contract/history'
import type { PartitionSample } from '../../src-main/domain/samples/partition-sample'
import type { ClusterSample } from '../../src-main/domain/samples/sample'
import type { EventFilter, HistoryFiles, HistoryWriter, MomentHead, PlanBook } from '../../src-main/ports/history'

/** A history in memory, with everything in view. It outlives a session, as the file does. */
export class MemoryHistory implements HistoryFiles {
  readonly events: KeptEvent[] = []
  readonly incidents = new Map<number, Incident>()
  readonly spans: Watched[] = []
  readonly samples: ClusterSample[] = []
  readonly partitionSamples: PartitionSample[] = []
  readonly hours = new Map<number, LateHour>()
  readonly moments: { readonly head: MomentHead; readonly parts: readonly Uint8Array[] }[] = []
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
      keep: (moments) => {
        for (const { kind, from, at, parts } of moments) {
          const head = { kind, from, at, id: this.moments.length + 1, event: this.events.length, parts: parts.length }
          this.moments.push({ head: { ...head, isWhole: true }, parts })
        }
      },
      moments: (at) => {
        const heads = this.moments.map(({ head }) => head)
        const whole = heads.findLast((head) => head.kind === 'whole' && head.at <= at)
        const rest = heads.filter(
          ({ id, kind, from }) => whole !== undefined && id > whole.id && kind !== 'whole' && !(from > at),
        )
        return whole === undefined ? [] : [whole, ...rest]
      },
      momentPart: (id, part) => this.moments[id - 1]?.parts[part] ?? null,
      eventsAfter: (seq, limit) => page(this.events.slice(seq), limit),
      firstMoment: () => this.moments[0]?.head.at ?? Number.NaN,
      put: (incident) => void this.incidents.set(incident.id, incident),
      nextIncident: () => this.incidents.size + 1,
      watch: (watched) => {
        const at = this.spans.findIndex(({ from }) => from === watched.from)
        if (at < 0) this.spans.push(watched)
        else this.spans[at] = watched
      },
      samples: () => {
        throw new Error('look at `samples`')
      },
      partitionSamples: () => {
        throw new Error('look at `partitionSamples`')
      },
      addSample: (sample, partitions) => {
        this.samples.push(sample)
        this.partitionSamples.push(...partitions)
      },
      excursionHours: (from) => [...this.hours.keys()].filter((at) => at >= from),
      excursionHour: (at) => this.hours.get(at) ?? null,
      addExcursions: (part) => {
        const known = this.hours.get(part.at)
        this.hours.set(part.at, known === undefined ? part : addHours(known, part))
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
