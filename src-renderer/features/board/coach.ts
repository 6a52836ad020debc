/** How often the first lines of a board are shown. */
import type { Settings } from '@contract/ipc'

export type CoachLeft = Settings['coach']

/** After a board on which they were shown. */
export const coachLeft = (left: CoachLeft): CoachLeft => (left === '3' ? '2' : left === '2' ? '1' : '0')

/** Boards of this run that were counted: going to another page and back is no other time. */
const counted = new Set<string>()
export function countsAsShown(cluster: string): boolean {
  if (counted.has(cluster)) return false
  counted.add(cluster)
  return true
}
