/** ISR, ELR and last known leader of one partition in words: who may lead it next without loss. */
import type { ShortIsrView, ShortRow } from '@contract/quorum'
import { counted, listed, sentences } from '../common/say'
import type { Say } from '../common/say'

const ids = (say: Say, brokers: readonly number[]): string => listed(say, brokers.map(String))

/** `1 3`; an en dash where it is empty. */
export const isrCell = (say: Say, brokers: readonly number[]): string =>
  brokers.length === 0 ? say.t('quorum.isr.nobody') : brokers.join(' ')

/** `?` where it was not read, but for an ISR that is large enough: Kafka keeps none there. */
export function elrCell(say: Say, row: ShortRow): string {
  if (row.elr !== null) return isrCell(say, row.elr)
  return isFull(row) ? say.t('quorum.isr.nobody') : say.f.count(Number.NaN)
}

/** Kafka keeps one only while there is no leader. */
export const lastCell = (say: Say, { elr, leader, lastKnownLeader }: ShortRow): string => {
  if (lastKnownLeader >= 0) return String(lastKnownLeader)
  return elr === null && leader < 0 ? say.f.count(Number.NaN) : say.t('quorum.isr.nobody')
}

const isFull = ({ isr, minIsr, leader }: ShortRow): boolean => leader >= 0 && minIsr >= 0 && isr.length >= minIsr

/** Instead of rows; '' = there are some. */
export function noRowsWords(say: Say, view: ShortIsrView): string {
  if (view.total > 0) return ''
  if (view.partitions === 0) return say.t('quorum.isr.blind')
  const none = withoutElr(say, view)
  return none === '' ? say.t('quorum.isr.none') : none
}

/** Why there is nothing to be said of ELRs; '' = there is. */
export function withoutElr(say: Say, { elr, refused }: Pick<ShortIsrView, 'elr' | 'refused'>): string {
  if (elr === false) return say.t('quorum.isr.off')
  if (refused === 'not-authorized') return say.t('quorum.isr.notAuthorized')
  if (refused === 'unsupported') return say.t('quorum.isr.unsupported')
  return elr === null ? say.t('quorum.isr.unknown') : ''
}

function nextLeader(say: Say, row: ShortRow): string {
  const { leader, isr, elr, lastKnownLeader } = row
  if (elr === null) return isFull(row) ? say.t('quorum.isr.atMin', { isr: ids(say, isr) }) : say.t('quorum.isr.unread')
  if (leader >= 0)
    return elr.length > 0
      ? say.t('quorum.isr.may', { isr: ids(say, isr), elr: ids(say, elr) }, elr.length)
      : say.t(isFull(row) ? 'quorum.isr.atMin' : 'quorum.isr.mayNot', { isr: ids(say, isr) })
  if (lastKnownLeader >= 0) return say.t('quorum.isr.lost', { last: lastKnownLeader })
  return elr.length > 0
    ? say.t('quorum.isr.lostElr', { elr: ids(say, elr) }, elr.length)
    : say.t('quorum.isr.lostNobody')
}

/** Every write of this key clears ELR and last known leader, also of the same value (ReplicationControlManager.removeTopicElrs). */
function minIsrWords(say: Say, { leader, elr, topic }: ShortRow): string {
  if (elr === null) return ''
  if (leader < 0) return say.t('quorum.isr.edit', { topic })
  return elr.length > 0 ? say.t('quorum.isr.editLater', { topic }) : ''
}

export interface ShortRowWords {
  readonly next: string
  readonly careful: string
  /** What cannot be so in Kafka, with what the two answers are from; '' = it can. */
  readonly breach: string
}

export function shortRowWords(say: Say, row: ShortRow, view: ShortIsrView, now: number): ShortRowWords {
  const none = withoutElr(say, view)
  if (none !== '') return { next: none, careful: '', breach: '' }
  const readAt = say.t('quorum.isr.readAt', {
    isrBroker: view.broker,
    isrTime: say.f.time(view.readAt, now),
    elrBroker: row.elrBroker,
    elrTime: say.f.time(row.elrReadAt, now),
  })
  return {
    next: nextLeader(say, row),
    careful: minIsrWords(say, row),
    breach:
      row.breaches.length === 0
        ? ''
        : sentences(say, [
            ...row.breaches.map((one) => say.t(`quorum.isr.breach.${one}`)),
            say.t('quorum.isr.stale'),
            readAt,
          ]),
  }
}

export const shortNote = (say: Say, { total, partitions, withElr, elr }: ShortIsrView): string =>
  listed(say, [
    say.t('quorum.isr.note', { short: say.f.count(total), n: say.f.count(partitions) }),
    ...(elr === true ? [counted(say, 'quorum.isr.noteElr', withElr, { elr: say.f.count(withElr) })] : []),
  ])
