import { OPEN_PHASES, OPEN_TOPICS, type Incident, type OpenIncident } from '../../contract/history'

const FIRST = 2

/** What of an incident goes with every picture. */
export function openIncident({ ended: _ended, phases, topics, phasesLeftOut, ...rest }: Incident): OpenIncident {
  const shown =
    phases.length <= OPEN_PHASES
      ? phases
      : [...phases.slice(0, FIRST), ...phases.slice(phases.length - OPEN_PHASES + FIRST)]
  return {
    ...rest,
    phases: shown,
    phasesLeftOut: phasesLeftOut + phases.length - shown.length,
    topics: topics.slice(0, OPEN_TOPICS),
  }
}
