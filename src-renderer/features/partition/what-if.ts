/** "If the leader stops now": pure, from one live partition. Unclean elections are explained, never advised. */
import type { LivePartition } from '@contract/live'
import type { Say } from '../common/say'
import { listed } from '../common/say'

export interface WhatIf {
  /** The question. */
  readonly heading: string
  /** What happens, said first. */
  readonly answer: string
  readonly tone: '' | 'offline'
  /** That it then refuses writes although it accepts them now; '' = it does not. */
  readonly warning: string
  readonly lines: readonly string[]
}

const answering = (live: LivePartition) =>
  live.replicas.filter((replica) => replica.broker !== live.leader && replica.answers && !replica.offline)

/** Kafka takes the first live replica in assignment order, not the longest log. */
function uncleanLines(say: Say, live: LivePartition): string[] {
  const first = answering(live)[0]
  if (first === undefined) return []
  if (Number.isNaN(first.lagRecords)) return [say.t('partition.next.uncleanUnknown', { broker: first.broker })]
  const lines = [say.t('partition.next.unclean', { broker: first.broker, lost: say.f.count(first.lagRecords) })]
  const best = answering(live).reduce((most, replica) => (replica.lagRecords < most.lagRecords ? replica : most), first)
  if (best !== first)
    lines.push(say.t('partition.next.uncleanBest', { broker: best.broker, lost: say.f.count(best.lagRecords) }))
  return lines
}

const elrLine = (say: Say, live: LivePartition): string[] =>
  live.elr.length === 0 ? [] : [say.t('partition.next.elrNote', { brokers: listed(say, live.elr.map(String)) })]

/** Writes after the change: the ISR loses the leader and whoever does not answer; a leader from the ELR is alone in it. */
function acceptsAfter(live: LivePartition): boolean | null {
  if (live.effectiveMinInSyncReplicas < 0) return null
  const left = live.nextLeaderFrom === 'elr' ? 1 : answering(live).filter((replica) => replica.inSync).length
  return left >= live.effectiveMinInSyncReplicas
}

function offlineNow(say: Say, live: LivePartition): WhatIf {
  const waits =
    live.nextBroker >= 0 ? say.t('partition.next.waits', { broker: live.nextBroker }) : say.t('partition.next.waitsAny')
  return {
    heading: say.t('partition.whatIfOffline'),
    answer: say.t('partition.next.offlineNow'),
    tone: 'offline',
    warning: '',
    lines: [waits, ...elrLine(say, live)],
  }
}

export function whatIf(say: Say, live: LivePartition): WhatIf {
  if (live.leader === -1) return offlineNow(say, live)
  const heading = say.t('partition.whatIf')
  if (live.nextLeader === -1) {
    return {
      heading,
      // Whether this topic allows unclean election is not read here, so both ends are said where there is somebody to elect.
      answer: say.t(answering(live).length > 0 ? 'partition.next.offlineOrUnclean' : 'partition.next.offline'),
      tone: 'offline',
      warning: '',
      lines: [...elrLine(say, live), ...uncleanLines(say, live)],
    }
  }
  const accepts = acceptsAfter(live)
  const refuses = accepts === false ? say.t('partition.next.thenRefuses') : ''
  const goesOn = accepts === true ? [say.t('partition.next.thenAccepts')] : []
  const isNews = live.acceptsAcksAll === 'yes'
  const key = live.nextLeaderFrom === 'elr' ? 'partition.next.elr' : 'partition.next.moves'
  return {
    heading,
    answer: say.t(key, { broker: live.nextLeader }),
    tone: '',
    warning: isNews ? refuses : '',
    lines: [...goesOn, ...(isNews || refuses === '' ? [] : [refuses]), ...elrLine(say, live)],
  }
}
