/** One event in words. Its cause is a conclusion, as no broker tells a client why, and is said as one. Pure. */
import type { Cause, ClusterEvent } from '@contract/history'
import { configKey } from '@shared/config-keys'
import type { Say } from '../common/say'
import { counted } from '../common/say'
import { valueWords } from '../config/values/config-words'

const LEFT = ['fenced', 'shutdown', 'late', 'moved'] as const
const LED = ['failover', 'shutdown', 'preferred', 'unclean', 'back', 'moved'] as const
const OFFLINE = ['fenced', 'shutdown', 'moved'] as const
/** How a broker is silent, as far as there is a short word for it. */
const SILENCES = ['timeout', 'refused', 'reset', 'auth', 'tls', 'unknown-host', 'protocol', 'no-route'] as const
/** A login that may not see every topic does not know whether one is there. */
const HIDDEN = 'perhaps-hidden'

const oneOf = <T extends string>(known: readonly T[], text: string): T | null =>
  known.find((one) => one === text) ?? null

const among = <T extends Cause>(causes: readonly T[], cause: Cause): T | 'none' => oneOf(causes, cause) ?? 'none'

function lostWords(say: Say, { amount, broker, other }: ClusterEvent): string {
  const parts = { broker, other }
  return amount > 0 ? counted(say, 'history.event.lost', amount, parts) : say.t('history.event.mayBeLost', parts)
}

/** What happened, without where: topic and partition stand beside it. */
export function eventWords(say: Say, event: ClusterEvent): string {
  const { kind, cause, broker, other, epoch, elections, amount, total, text, before, after } = event
  switch (kind) {
    case 'left-isr':
      return say.t(`history.event.left-isr.${among(LEFT, cause)}`, { broker })
    case 'leader': {
      const led = say.t(`history.event.leader.${among(LED, cause)}`, { broker, other, epoch })
      return elections > 1 ? counted(say, 'history.event.elections', elections - 1, { what: led }) : led
    }
    case 'offline':
      return say.t(`history.event.offline.${among(OFFLINE, cause)}`, { other })
    case 'epochs':
      return counted(say, 'history.event.epochs', elections, { broker, epoch })
    case 'silent': {
      const silence = oneOf(SILENCES, text)
      return silence === null
        ? say.t('history.event.silent', { broker })
        : say.t('history.event.silentFor', { broker, why: say.t(`history.silence.${silence}`) })
    }
    case 'voters':
      return say.t('history.event.voters', { live: say.f.count(amount), total: say.f.count(total) })
    case 'log-dir':
      return text === ''
        ? say.t('history.event.log-dir', { broker })
        : say.t('history.event.logDirNamed', { broker, folder: text })
    case 'setting': {
      const isList = configKey(text)?.unit === 'throttled-replicas'
      const inWords = (value: string): string => (isList ? value : valueWords(say, { name: text, type: 0 }, value))
      const shown = (value: string): string => (value === '' ? say.t('history.event.settingNone') : inWords(value))
      return say.t('history.event.setting', { key: text, before: shown(before), after: shown(after) })
    }
    case 'topic-created':
      return say.t(text === HIDDEN ? 'history.event.topic-created-or-hidden' : 'history.event.topic-created')
    case 'topic-deleted':
      return say.t(text === HIDDEN ? 'history.event.topic-deleted-or-hidden' : 'history.event.topic-deleted')
    case 'lost':
      return lostWords(say, event)
    case 'joined-isr':
    case 'answers':
    case 'gone':
    case 'listed':
    case 'leaving':
    case 'stays':
    case 'controller':
    case 'quorum-silent':
    case 'quorum-leads':
    case 'reassigning':
    case 'reassigned':
    case 'throttled':
    case 'unthrottled':
    case 'topic-anew':
      return say.t(`history.event.${kind}`, { broker, other })
  }
}

/** `1,204 records, 31 s late` when it left; '' of what has no lag. */
export function lagAtLeaving(say: Say, { kind, lagRecords, lateMs }: ClusterEvent): string {
  if (kind !== 'left-isr') return ''
  return say.t('history.lag', { records: say.f.count(lagRecords), late: say.f.seconds(lateMs) })
}

/** `broker 1`; where no single broker told it, who did. */
export const toldBy = (say: Say, { kind, toldBy: broker }: ClusterEvent): string =>
  broker >= 0
    ? say.t('history.told.broker', { broker })
    : say.t(kind === 'lost' ? 'history.told.compared' : 'history.told.cluster')
