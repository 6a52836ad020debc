/** Incidents, events and watches for tests, each overridable field by field. */
import type { Incident, KeptEvent, Watched } from '@contract/history'
import { clusterEvent, type EventParts } from '../../src-main/domain/events/cluster-event'
import { buildIncident, NOW } from './summaries'

export const buildKeptIncident = (changes: Partial<Incident> = {}): Incident => ({
  ...buildIncident(),
  ended: { from: NOW - 60_500, to: NOW - 60_000 },
  ...changes,
})

/** Seen half a second after the look before it, `ago` ms before NOW. */
export const buildEvent = (
  seq: number,
  kind: KeptEvent['kind'],
  ago: number,
  parts: EventParts & Partial<Pick<KeptEvent, 'from' | 'incident'>> = {},
): KeptEvent => {
  const { from = NOW - ago - 500, incident = 214, ...rest } = parts
  return { ...clusterEvent(kind, { from, to: NOW - ago }, rest), seq, incident }
}

export const buildWatched = (from: number, to: number, end: Watched['end'] = 'open'): Watched => ({ from, to, end })
