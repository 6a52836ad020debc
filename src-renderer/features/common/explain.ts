/** One sentence on what a thing on screen means here and now, and where that comes from. Pure. */
import type { EventKind, Phase } from '@contract/history'
import type { ClusterSummary } from '@contract/summary'
import { STATE_NAMES } from '@shared/states'
import type { Say } from './say'
import { sentences } from './say'

/** Of a state: how many partitions seen are in it, what it means, by whose word and how old that is. */
export function stateExplained(
  say: Say,
  code: number,
  {
    counts,
    partitions,
    sourceBroker,
    takenAt,
  }: Pick<ClusterSummary, 'counts' | 'partitions' | 'sourceBroker' | 'takenAt'>,
  now: number,
): string {
  const n = counts[code] ?? 0
  const meaning = say.t(`stateMeaning.${STATE_NAMES[code] ?? 'unknown'}`)
  return sentences(say, [
    say.t('explain.state.of', { n: say.f.count(n), all: say.f.count(partitions), meaning }, n),
    sourceBroker < 0
      ? say.t('explain.state.nobody')
      : say.t('explain.state.from', { broker: sourceBroker, age: say.f.seconds(Math.max(0, now - takenAt)) }),
  ])
}

export const eventExplained = (say: Say, kind: EventKind): string => say.t(`explain.event.${kind}`)
export const phaseExplained = (say: Say, kind: Phase['kind']): string => say.t(`explain.phase.${kind}`)
