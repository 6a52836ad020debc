/** How a saved cluster stands, for its sign and its place in the list. Pure. */
import type { FleetRow } from '@contract/fleet'
import { UNWATCHED } from '@contract/fleet'
import type { Environment } from '@contract/profiles'
import { ENVIRONMENT } from '@contract/profiles'
import type { Condition } from '@contract/telling'
import { CONDITIONS } from '@contract/telling'
import { HEALTHY, STATE_NAMES, UNKNOWN } from '@shared/states'

/** Name of the colour and glyph of each condition: that of the state it is about. */
const STATE_OF = {
  short: 'under-replicated',
  away: 'under-replicated',
  oneAway: 'at-min-isr',
  blind: 'unknown',
  refuses: 'under-min-isr',
  offline: 'offline',
  lost: 'lost',
} as const satisfies Readonly<Record<Condition, string>>
export type StandingState = (typeof STATE_OF)[Condition] | 'lagging' | 'healthy' | 'unknown'

/** It is asked, and answers. */
export const isSeen = ({ state }: Pick<FleetRow, 'state'>): boolean => state === 'watching'

/** Neither open nor watched: nothing is known of it, and nobody tries. */
export const isUnwatched = ({ state }: Pick<FleetRow, 'state'>): boolean =>
  state === 'off' || state === 'password' || state === 'full' || state === 'failed'

/** What is wrong with it now; null = nothing is, as far as it is known. */
export const troubleOf = ({ state, worst }: Pick<FleetRow, 'state' | 'worst'>): Condition | null =>
  isSeen({ state }) && worst !== 'blind' ? worst : null

/** Followers that are late are no trouble yet, and no calm either. */
export const isLagging = ({ summary }: Pick<FleetRow, 'summary'>): boolean => summary?.headline.level === 'watch'

export function stateOf(row: FleetRow): StandingState {
  const trouble = troubleOf(row)
  if (trouble !== null) return STATE_OF[trouble]
  if (!isSeen(row) || !row.known) return 'unknown'
  return isLagging(row) ? 'lagging' : 'healthy'
}

/** Higher = further up in its environment: trouble by gravity, then what cannot be seen though somebody wants to, then late followers, calm, and what nobody watches. */
export function rankOf(row: FleetRow): number {
  const trouble = troubleOf(row)
  if (trouble !== null) return 10 + CONDITIONS.indexOf(trouble)
  if (isUnwatched(row)) return row.watch ? 5 : 0
  if (row.state === 'blind') return 6
  if (!isSeen(row)) return 3
  if (!row.known) return 4
  return isLagging(row) ? 2 : 1
}

const PLACE: Readonly<Record<Environment, number>> = Object.fromEntries(
  ENVIRONMENT.values.map((environment, place) => [environment, place]),
) as Record<Environment, number>

export const byGravity = (a: FleetRow, b: FleetRow): number =>
  PLACE[a.environment] - PLACE[b.environment] ||
  rankOf(b) - rankOf(a) ||
  a.name.localeCompare(b.name, 'en', { numeric: true }) ||
  a.cluster.localeCompare(b.cluster, 'en')

/** States of a time with that of now in the last cell, which is not kept yet. */
export function withNow(states: readonly number[], row: FleetRow | undefined): readonly number[] {
  const last = states.at(-1)
  if (last === undefined || row === undefined || !isSeen(row)) return states
  const name = stateOf(row)
  // Lost records are no state of a partition; what is kept says which one it was.
  const now = name === 'lost' ? last : Math.max(UNKNOWN, (STATE_NAMES as readonly string[]).indexOf(name))
  const isWorse = last > HEALTHY && last >= now
  return isWorse ? states : [...states.slice(0, -1), now]
}

export interface Run {
  readonly state: number
  readonly cells: number
}

/** Neighbours of one state as one. */
export function runsOf(states: readonly number[]): readonly Run[] {
  const runs: Run[] = []
  for (const state of states) {
    const last = runs.at(-1)
    if (last?.state === state) runs[runs.length - 1] = { state, cells: last.cells + 1 }
    else runs.push({ state, cells: 1 })
  }
  return runs
}

export const stateName = (state: number): string =>
  state === UNWATCHED ? 'unwatched' : (STATE_NAMES[state] ?? 'unknown')
