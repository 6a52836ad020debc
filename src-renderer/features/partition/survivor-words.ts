/** A partition without a leader: what to try first, and what an unclean election would cost. Pure. */
import type { Survivors } from '@contract/live'
import type { ClusterSummary } from '@contract/summary'
import { copyFirst } from '../loss/loss-words'
import type { Say } from '../common/say'
import { counted } from '../common/say'

type Survivor = Survivors['replicas'][number]

/** Whose return is worth most, unless its log has to be copied before: then that, as the bar over the page and the board say it. */
export function firstWords(say: Say, survivors: Survivors, summary: ClusterSummary | null): string {
  const { awaited, awaitsLogDir, replicas } = survivors
  const starts = awaited < 0 ? replicas.map(({ broker }) => broker) : [awaited]
  const copy = summary === null ? '' : copyFirst(say, summary, starts)
  if (copy !== '') return copy
  if (awaited < 0) return say.t('survivors.bringAny')
  return say.t(awaitsLogDir ? 'survivors.bringLogDir' : 'survivors.bring', { broker: awaited })
}

/** Whom Kafka would take, and the records that would be gone. Unknown stays unknown. */
export function uncleanWords(say: Say, survivors: Survivors): string {
  const { uncleanLeader: broker, lostRecords, lostAtLeast } = survivors
  if (broker < 0) return say.t('survivors.nobody')
  if (Number.isNaN(lostRecords)) return say.t('survivors.lostUnknown', { broker })
  if (lostRecords === 0) return say.t(lostAtLeast ? 'survivors.lostMaybe' : 'survivors.lostNone', { broker })
  return counted(say, lostAtLeast ? 'survivors.lostAtLeast' : 'survivors.lost', lostRecords, { broker })
}

/** `in ISR · longest log · would be taken`; an en dash where there is nothing to say. */
export function survivorMarks(say: Say, survivors: Survivors, replica: Survivor): string {
  const marks = [
    ...(replica.inSync ? [say.t('survivors.mark.inIsr')] : []),
    ...(replica.inElr ? [say.t('survivors.mark.inElr')] : []),
    ...(survivors.longest === replica.broker ? [say.t('survivors.mark.longest')] : []),
    ...(survivors.uncleanLeader === replica.broker ? [say.t('survivors.mark.taken')] : []),
  ]
  return marks.length === 0 ? '–' : marks.join(' · ')
}
