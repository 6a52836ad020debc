/** "If the leader stops now" in words: pure, from what domain/forecast found out. Unclean elections are explained, never advised. */
import type { LeaderStops, LivePartition } from '@contract/live'
import { NEXT_WAITS_FOR_LOG_DIR, UNKNOWN } from '@shared/states'
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

/** By an unclean election: named first, with what is lost. */
function uncleanNow(say: Say, then: LeaderStops): string {
  const lost = then.unclean?.lostRecords ?? Number.NaN
  const broker = then.nextLeader
  return Number.isNaN(lost)
    ? say.t('partition.next.uncleanLeadsUnknown', { broker })
    : say.t('partition.next.uncleanLeads', { broker, lost: say.f.count(lost) })
}

function uncleanLines(say: Say, { unclean, fewestLost }: LeaderStops): string[] {
  if (unclean === null) return []
  const { broker, lostRecords } = unclean
  if (Number.isNaN(lostRecords)) return [say.t('partition.next.uncleanUnknown', { broker })]
  const lines = [say.t('partition.next.unclean', { broker, lost: say.f.count(lostRecords) })]
  if (fewestLost !== null && fewestLost.broker !== broker)
    lines.push(
      say.t('partition.next.uncleanBest', { broker: fewestLost.broker, lost: say.f.count(fewestLost.lostRecords) }),
    )
  return lines
}

const elrLine = (say: Say, live: LivePartition): string[] =>
  live.elr.length === 0 ? [] : [say.t('partition.next.elrNote', { brokers: listed(say, live.elr.map(String)) })]

function offlineNow(say: Say, live: LivePartition): WhatIf {
  const key = live.next === NEXT_WAITS_FOR_LOG_DIR ? 'partition.next.waitsLogDir' : 'partition.next.waits'
  const waits = live.nextBroker >= 0 ? say.t(key, { broker: live.nextBroker }) : say.t('partition.next.waitsAny')
  return {
    heading: say.t('partition.whatIfOffline'),
    answer: say.t('partition.next.offlineNow'),
    tone: 'offline',
    warning: '',
    lines: [waits, ...elrLine(say, live)],
  }
}

export function whatIf(say: Say, live: LivePartition): WhatIf {
  const heading = say.t('partition.whatIf')
  const then = live.leaderStops
  if (then === null && live.state === UNKNOWN)
    return { heading, answer: say.t('partition.accepts.unread'), tone: '', warning: '', lines: [] }
  if (then === null) return offlineNow(say, live)
  if (then.from === 'no-controller')
    return { heading, answer: say.t('partition.next.noController'), tone: 'offline', warning: '', lines: [] }
  if (then.from === 'unheard') {
    const answer = say.t('partition.next.unheard', { broker: then.nextLeader })
    return { heading, answer, tone: '', warning: '', lines: elrLine(say, live) }
  }
  if (then.nextLeader === -1) {
    return {
      heading,
      // Where it is not known whether this topic allows it, both ends are said.
      answer: say.t(
        then.unclean === null || then.uncleanElection === false
          ? 'partition.next.offline'
          : 'partition.next.offlineOrUnclean',
      ),
      tone: 'offline',
      warning: '',
      lines: [...elrLine(say, live), ...uncleanLines(say, then)],
    }
  }
  if (then.from === 'unclean') {
    return {
      heading,
      answer: uncleanNow(say, then),
      tone: 'offline',
      warning: '',
      lines: uncleanLines(say, then).slice(1),
    }
  }
  const refuses = then.acceptsAcksAll === 'no' ? say.t('partition.next.thenRefuses') : ''
  const goesOn = then.acceptsAcksAll === 'yes' ? [say.t('partition.next.thenAccepts')] : []
  const isNews = live.acceptsAcksAll === 'yes'
  const key = then.from === 'elr' ? 'partition.next.elr' : 'partition.next.moves'
  return {
    heading,
    answer: say.t(key, { broker: then.nextLeader }),
    tone: '',
    warning: isNews ? refuses : '',
    lines: [...goesOn, ...(isNews || refuses === '' ? [] : [refuses]), ...elrLine(say, live)],
  }
}
