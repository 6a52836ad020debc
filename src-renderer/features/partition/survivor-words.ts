/** A partition without a leader: what to try first, and what an unclean election would cost. Pure. */
import type { Survivors } from '@contract/live'
import type { Say } from '../common/say'
import { counted } from '../common/say'

type Survivor = Survivors['replicas'][number]

export function firstWords(say: Say, { awaited, awaitsLogDir }: Survivors): string {
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
