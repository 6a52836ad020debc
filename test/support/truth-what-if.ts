import type { WhatIf } from '../../src-main/contract/what-if'
import { keyOf } from '../../tools/sandbox/cluster-view'
import type { WitnessPartition } from '../../tools/sandbox'
import type { Standing } from './truth-forecasts'

/** Partitions that an answer names in one way. */
const named = (said: WhatIf, kind: 'loses' | 'offline' | 'refuses'): string[] =>
  said.topics.flatMap(({ topic, named: numbers }) => numbers[kind].map((partition) => keyOf({ topic, partition })))

const sorted = (keys: readonly string[]): string => [...keys].sort().join(' ')

/**
 * Where what happened to a partition is not what was said of it; empty = the promise was kept, partition by partition: who has no leader, who refuses acks=all by its leader's own gauge, who
 * leads. Only of an answer that names all it counts, and without unknowns.
 */
export function brokenWhatIf(
  said: WhatIf,
  before: { readonly standing: Standing; readonly rows: readonly WitnessPartition[] },
  now: { readonly standing: Standing; readonly rows: readonly WitnessPartition[] },
): string[] {
  const broken: string[] = []
  const compare = (what: string, told: readonly string[], happened: readonly string[]): void => {
    if (sorted(told) !== sorted(happened)) broken.push(`${what}: said ${sorted(told)}, is ${sorted(happened)}`)
  }
  const lost = new Set(named(said, 'loses'))
  compare(
    'without a leader',
    named(said, 'offline'),
    [...now.standing.offline].filter((key) => !before.standing.offline.has(key)),
  )
  compare(
    'refuse acks=all',
    named(said, 'refuses'),
    [...now.standing.refusing].filter(
      (key) => !before.standing.refusing.has(key) && !before.standing.offline.has(key) && !lost.has(key),
    ),
  )
  const led = new Map(before.rows.map((row) => [keyOf(row), row.leader]))
  compare(
    'led by others',
    said.topics.flatMap(({ topic, moved }) =>
      moved.map(({ partition, from, to }) => `${keyOf({ topic, partition })}:${from}>${to}`),
    ),
    now.rows.flatMap((row) => {
      const from = led.get(keyOf(row)) ?? -1
      return row.leader >= 0 && row.leader !== from ? [`${keyOf(row)}:${from}>${row.leader}`] : []
    }),
  )
  return broken
}
