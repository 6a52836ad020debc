import type { WhatIf } from '../../src-main/contract/what-if'
import { runWhole } from '../../src-main/domain/slices'
import { Presences } from '../../src-main/domain/state/presences'
import type { Reading } from '../../src-main/domain/topology/reading'
import { whatIfPass } from '../../src-main/domain/what-if/what-if'
import type { WhatIfInput } from '../../src-main/domain/what-if/what-if'
import { HEALTHY } from '../../src-main/shared/states'
import { factsOf, settings, START } from './columns'

/** What follows if these brokers stop; three brokers that answer and a quorum of strangers unless said otherwise. Every row is judged. */
export function whatIf(reading: Reading, brokers: readonly number[], changes: Partial<WhatIfInput> = {}): WhatIf {
  const input: WhatIfInput = {
    reading,
    state: new Uint8Array(reading.leader.length).fill(HEALTHY),
    presences: new Presences(factsOf([1, 2, 3])),
    settings: settings({ version: [4, 1] }),
    reach: 'all',
    takenAt: START,
    reassignmentsTold: true,
    quorum: 'leads',
    voters: [101, 102, 103].map((id) => ({ id, live: true })),
    ...changes,
  }
  return runWhole(whatIfPass(input, brokers))
}

/** An answer with nothing in it, for pages. */
export const buildWhatIf = (changes: Partial<WhatIf> = {}): WhatIf => ({
  brokers: [2],
  takenAt: START,
  reach: 'all',
  loses: { atLeast: 0, complete: true },
  offline: { atLeast: 0, complete: true },
  refuses: { atLeast: 0, complete: true },
  oneLossAway: { atLeast: 0, complete: true },
  byDesign: 0,
  unknown: { unjudged: 0, silentLeader: 0, minIsr: 0, unheard: 0, unclean: 0 },
  moves: [],
  leaders: [],
  quorum: { effect: 'keeps', stopped: [], left: 3, total: 3, needed: 2 },
  coordinators: [],
  topics: [],
  topicCount: 0,
  reassigning: 0,
  ...changes,
})
