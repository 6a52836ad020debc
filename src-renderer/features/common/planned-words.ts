/** An announced restart in sentences, and what it says of an incident. Pure. */
import type { Announcement, Incident, OpenIncident } from '@contract/history'
import { coverOf, type Cover } from '@shared/maintenance'
import type { Say } from './say'
import { listed, sentences } from './say'

export const coverIn = (incident: Incident | OpenIncident, now: number): Cover => coverOf(incident, now)

/** Who announced what until when, and where that does not cover all of the incident, that too; '' = nothing was announced. */
export function plannedSentence(say: Say, incident: Incident | OpenIncident, now: number): string {
  const { planned } = incident
  if (planned === null) return ''
  const { by, broker, until } = planned
  const cover = coverIn(incident, now)
  return sentences(say, [
    say.t('board.incident.planned', { by, broker, until: say.f.time(until, now) }),
    cover === 'overdue' || cover === 'beyond' ? say.t(`planned.cover.${cover}`) : '',
  ])
}

/** `planned: broker 4`, where there is no room for more; '' = nothing is announced. */
export function standingShort(say: Say, plans: readonly Announcement[]): string {
  const [first, ...others] = plans
  if (first === undefined) return ''
  return others.length === 0
    ? say.t('planned.short', { broker: first.broker })
    : say.t('planned.shortSeveral', { n: plans.length })
}

/** `planned: broker 4, until 03:40, by ann`; of several until when the last one is. */
export function standingWords(say: Say, plans: readonly Announcement[], now: number): string {
  const [first, ...others] = plans
  if (first === undefined) return ''
  const until = say.f.time(Math.max(...plans.map((plan) => plan.until)), now)
  if (others.length === 0) return say.t('planned.one', { broker: first.broker, by: first.by, until })
  return say.t('planned.several', {
    who: listed(
      say,
      plans.map(({ broker }) => String(broker)),
    ),
    until,
  })
}
