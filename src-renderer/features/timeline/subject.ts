import type { SampleSubject } from '@contract/kept-samples'
import type { PartitionName } from '@contract/ipc'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

/** What a timeline is of. */
export type Subject = SampleSubject | ({ readonly kind: 'partition' } & PartitionName)

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')
const whole = (value: LocationQuery[string] | undefined): number =>
  /^\d{1,10}$/.test(text(value)) ? Number(text(value)) : -1

/** Of a page's address; the cluster where it says nothing. */
export function subjectOf({ topic, partition, broker }: LocationQuery): Subject {
  const name = text(topic)
  if (name !== '' && whole(partition) >= 0) return { kind: 'partition', topic: name, partition: whole(partition) }
  if (name !== '') return { kind: 'topic', topic: name }
  return whole(broker) >= 0 ? { kind: 'broker', broker: whole(broker) } : { kind: 'cluster' }
}

export interface AskedTime {
  readonly from: number
  readonly until: number
}
/** null = none is asked for. */
export function timeOf({ from, until }: LocationQuery): AskedTime | null {
  const [start, end] = [Number(text(from)), Number(text(until))]
  return start > 0 && end > start ? { from: start, until: end } : null
}

export function queryOf(subject: Subject, time: AskedTime | null = null): LocationQueryRaw {
  const at = time === null ? {} : { from: String(Math.floor(time.from)), until: String(Math.ceil(time.until)) }
  switch (subject.kind) {
    case 'partition':
      return { topic: subject.topic, partition: String(subject.partition), ...at }
    case 'topic':
      return { topic: subject.topic, ...at }
    case 'broker':
      return { broker: String(subject.broker), ...at }
    case 'cluster':
      return at
  }
}

export const keyOf = (subject: Subject): string => JSON.stringify(queryOf(subject))
