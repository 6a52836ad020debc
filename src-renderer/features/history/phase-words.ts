import type { Phase } from '@contract/history'
import type { Say } from '../common/say'
import { counted, listed } from '../common/say'

const OF_BROKERS = ['silent', 'gone', 'leaving', 'stays', 'answers', 'listed'] as const
const OF_PARTITIONS = ['refuses', 'offline', 'recovering', 'unread'] as const
const isIn = <T extends string>(list: readonly T[], kind: string): kind is T => list.some((one) => one === kind)

/** A turn of an incident, in the present tense. */
export function phaseWords(say: Say, { kind, brokers, amount }: Phase): string {
  const who = listed(say, brokers.map(String))
  if (isIn(OF_BROKERS, kind)) return say.t(`history.phase.${kind}`, { who }, brokers.length)
  if (isIn(OF_PARTITIONS, kind)) return counted(say, `history.phase.${kind}`, amount)
  if (kind === 'late') return counted(say, 'history.phase.late', amount, { who })
  if (kind === 'moved')
    return brokers.length === 0
      ? counted(say, 'history.phase.moved', amount)
      : counted(say, 'history.phase.movedFrom', amount, { who })
  if (kind === 'lost') return amount > 0 ? counted(say, 'history.phase.lost', amount) : say.t('history.phase.mayBeLost')
  return say.t(`history.phase.${kind}`)
}
