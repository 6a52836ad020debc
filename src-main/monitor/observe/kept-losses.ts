import type { ClusterEvent } from '../../contract/history'
import type { LossesBefore } from '../../domain/incident/counted-losses'
import type { HistoryReader } from '../../ports/history'

/** Findings of one partition that are looked through, newest first: each comes a few times at most. */
const OF_ONE_PARTITION = 50

/** Records of a finding that were counted before this run, from the events that are kept. What was told of a topic before it was made anew is of another one. */
export function keptLosses(history: Pick<HistoryReader, 'events'>): LossesBefore {
  const any = history.events({ kinds: ['lost'] }, 1).rows[0]
  if (any === undefined) return () => Number.NaN
  return ({ topic, partition, epoch }: ClusterEvent) => {
    const told = history.events({ kinds: ['lost'], topic, partition }, OF_ONE_PARTITION).rows
    const [anew] = history.events({ kinds: ['topic-anew', 'topic-created'], topic }, 1).rows
    return told
      .filter((one) => one.epoch === epoch && one.seq > (anew?.seq ?? 0))
      .reduce((most, { amount }) => Math.max(amount, Number.isNaN(most) ? amount : most), Number.NaN)
  }
}
