import { OPEN_PHASES, type Incident, type OpenIncident } from '@contract/history'

type Phased = Pick<Incident, 'phases' | 'phasesLeftOut'>

/** All the phases there were, those that are left out too. */
export const phasesOf = ({ phases, phasesLeftOut }: Phased): number => phases.length + phasesLeftOut

/** So many of the newest phases come with every picture; those before them are the first ones. */
const NEWEST = OPEN_PHASES - 2

/** The kept ones have all phases, those of the picture the newest figures. */
function phases(open: OpenIncident, kept: Incident): Phased {
  const newest = Math.min(NEWEST, open.phases.length, kept.phases.length)
  if (newest === 0 || phasesOf(open) !== phasesOf(kept)) return kept
  return {
    phases: [...kept.phases.slice(0, -newest), ...open.phases.slice(-newest)],
    phasesLeftOut: kept.phasesLeftOut,
  }
}

/** The open incident of the picture, with what only its kept row has: `kept` null = it is not read yet. */
export function liveIncident(open: OpenIncident, kept: Incident | null): Incident {
  const ended = { from: Number.NaN, to: Number.NaN }
  if (kept === null) return { ...open, ended }
  const worst = new Set(open.topics.map(({ topic }) => topic))
  return {
    ...open,
    ...phases(open, kept),
    ended,
    topics: [...open.topics, ...kept.topics.filter(({ topic }) => !worst.has(topic))],
  }
}
