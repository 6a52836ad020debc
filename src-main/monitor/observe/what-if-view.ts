import type { WhatIf } from '../../contract/what-if'
import { Presences } from '../../domain/state/presences'
import type { Reading } from '../../domain/topology/reading'
import { whatIfPass } from '../../domain/what-if/what-if'
import type { Clock } from '../../ports/clock'
import { inSlices } from '../../ports/slices'
import type { Picture } from '../judge/picture'
import type { LiveView } from './live-view'

/**
 * The reading as it was judged: answers go on coming in between two slices. What the picture holds is of its moment; the rest changes rarely and is copied now, which takes less than a
 * millisecond at 600,000 replicas.
 */
function asJudged(reading: Reading, { columns, replicaFlags }: Picture): Reading {
  return {
    ...reading,
    leader: columns.leader,
    replicaFlags,
    replicaElr: reading.replicaElr.slice(),
    uncleanElection: reading.uncleanElection.slice(),
    minInSyncReplicas: reading.minInSyncReplicas.slice(),
    reassigning: reading.reassigning.slice(),
    handedOver: new Map(reading.handedOver),
  }
}

/** What follows if these brokers stopped together, by the newest picture; asks no broker anything. Rejects never for what the cluster is. */
export function whatIfView(
  clock: Pick<Clock, 'now' | 'breathe'>,
  picture: Picture,
  live: LiveView,
  brokers: readonly number[],
): Promise<WhatIf> {
  const { summary, settings, columns, controllers } = picture
  const reading = asJudged(live.reading, picture)
  const pass = whatIfPass(
    {
      reading,
      state: columns.state,
      presences: new Presences(picture.facts, picture.judgedAt, reading.withoutListener),
      settings,
      reach: summary.reach,
      takenAt: summary.takenAt,
      reassignmentsTold: !summary.limits.some(({ what }) => what === 'reassignments'),
      ...controllers,
    },
    brokers,
  )
  return inSlices(clock, pass)
}
