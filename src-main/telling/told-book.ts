import type { ToldLine } from '../contract/telling'
import type { Telling } from '../domain/telling/telling'
import { isPhrase } from '../shared/words/entries'
import type { Deliveries, Queued } from './hook-queue'

/** What must not be forgotten between two starts, as one value: what was told and what waits change together, or not at all. Times that are none are null, as JSON has no NaN. */
export interface Told {
  readonly pausedUntil: number | null
  /** `until` null: until it is over. */
  readonly mutes: readonly { readonly cluster: string; readonly incident: number; readonly until: number | null }[]
  /** By way of telling, then by subject: a cluster, or a cluster that is out of sight. */
  readonly tellings: Readonly<Record<Way, Readonly<Record<string, readonly Telling[]>>>>
  readonly queue: readonly Queued[]
  readonly deliveries: Readonly<Record<string, Deliveries>>
  readonly lines: readonly ToldLine[]
}
export type Way = 'notification' | 'webhook'

const FORMAT = 1
export const NOTHING_TOLD: Told = {
  pausedUntil: null,
  mutes: [],
  tellings: { notification: {}, webhook: {} },
  queue: [],
  deliveries: {},
  lines: [],
}

export const toldToKeep = (told: Told): unknown => ({ format: FORMAT, ...told })

/** What an older or newer Highwater kept is not guessed at: then nothing was told, and what waited is gone. A message with a phrase that there is not any more counts as lost. */
export function readTold(kept: unknown): Told {
  if (typeof kept !== 'object' || kept === null || (kept as { readonly format?: unknown }).format !== FORMAT)
    return NOTHING_TOLD
  const told = kept as unknown as Told
  const isSaid = ({ message }: Queued): boolean => [message.title, ...message.lines].every(isPhrase)
  const deliveries: Record<string, Deliveries> = { ...told.deliveries }
  for (const { message } of told.queue.filter((one) => !isSaid(one))) {
    const known = deliveries[message.cluster] ?? { last: null, lost: 0 }
    deliveries[message.cluster] = { ...known, lost: known.lost + 1 }
  }
  return { ...told, queue: told.queue.filter(isSaid), deliveries }
}
