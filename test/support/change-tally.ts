/** What the property test of changes has done, counted for its last lines. */
export const TALLIED = [
  'changes',
  'ofThemUndos',
  'undosOfUndos',
  'applied',
  'topicsChanged',
  'keysSet',
  'keysDeleted',
  'undone',
  'undosRefused',
  'undoneTwiceRefused',
  'secondWriters',
  'conflicts',
  'stoppedPartWay',
  'brokerRefusals',
  'nothingToDo',
  'stoppedByTheCluster',
  'comparisons',
  'overridesCompared',
] as const
export type Tally = Record<(typeof TALLIED)[number], number>

export const emptyTally = (): Tally => Object.fromEntries(TALLIED.map((name) => [name, 0])) as Tally

/** "keysSet" as "keys set". */
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

export const tallyLine = (tally: Tally): string => TALLIED.map((name) => `${words(name)} ${tally[name]}`).join(', ')
