/** What an announced restart says of an incident. Pure. */
interface Announced {
  readonly planned: { readonly broker: number; readonly until: number } | null
  readonly brokers: readonly number[]
  readonly lostAtLeast: number
  readonly ended?: { readonly to: number }
}

/**
 * none: nothing was announced. maintenance: all of it is the broker that was announced, in its time. overdue: its time is over, and the incident is not, or ended later.
 * beyond: another broker is in it, or records were lost, which no restart explains.
 */
export type Cover = 'none' | 'maintenance' | 'overdue' | 'beyond'

export function coverOf({ planned, brokers, lostAtLeast, ended }: Announced, now: number): Cover {
  if (planned === null) return 'none'
  if (lostAtLeast > 0 || brokers.some((broker) => broker !== planned.broker)) return 'beyond'
  const isOver = ended !== undefined && !Number.isNaN(ended.to)
  return (isOver ? ended.to : now) > planned.until ? 'overdue' : 'maintenance'
}
