import { FIGURES } from '../../contract/kept-samples'
import type { Figure } from '../../contract/kept-samples'
import { TIERS } from './tiers'

/** A column for each figure. */
export const columnsOf = (column: (place: number) => readonly number[]): Record<Figure, readonly number[]> => {
  const columns: Partial<Record<Figure, readonly number[]>> = {}
  for (const [place, figure] of FIGURES.entries()) columns[figure] = column(place)
  return columns as Record<Figure, readonly number[]>
}

/** The coarsest tier that is at least as fine as `resolutionMs`, or the first one that reaches `ageMs` back. */
export function tierFor(resolutionMs: number, ageMs: number): number {
  let tier = 0
  while (tier + 1 < TIERS.length && (TIERS[tier + 1]!.everyMs <= resolutionMs || TIERS[tier]!.keptMs < ageMs)) tier += 1
  return tier
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/** What of a time no stretch covers, oldest first. */
export function gapsOf(stretches: readonly Stretch[], from: number, until: number): Stretch[] {
  const gaps: Stretch[] = []
  let covered = from
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    if (stretch.from > covered) gaps.push({ from: covered, to: Math.min(stretch.from, until) })
    covered = Math.max(covered, stretch.to)
    if (covered >= until) return gaps
  }
  if (covered < until) gaps.push({ from: covered, to: until })
  return gaps
}
