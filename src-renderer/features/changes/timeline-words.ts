/** One line of the journal as a sentence. Pure. */
import { ITEM_OUTCOMES } from '@contract/change'
import type { ChangeDraft, ChangeEvent, ItemResult, Watching } from '@contract/change'
import { draftKeys, draftPartitions } from '@shared/draft'
import type { Say } from '../common/say'
import { counted, listed } from '../common/say'

/** `37 applied, 3 refused`. */
function outcomes(say: Say, results: readonly ItemResult[]): string {
  const parts = ITEM_OUTCOMES.map(
    (outcome) => [outcome, results.filter((result) => result.outcome === outcome).length] as const,
  )
    .filter(([, n]) => n > 0)
    .map(([outcome, n]) => say.t(`journal.outcome.${outcome}`, { n: say.f.count(n) }))
  return parts.length === 0 ? say.t('journal.outcome.none') : listed(say, parts)
}

function drafted(say: Say, draft: ChangeDraft): string {
  if (draft.kind === 'election') return counted(say, 'journal.step.draftedElection', draftPartitions(draft))
  const topics = draft.groups.reduce((sum, group) => sum + group.topics.length, 0)
  return counted(say, 'journal.step.drafted', topics, { keys: draftKeys(draft).join(say.t('board.name.comma')) })
}

const brokers = (say: Say, ids: readonly number[]): string =>
  ids.length === 0 ? say.t('journal.noBroker') : listed(say, ids.map(String))

function watched(say: Say, watching: Watching): string {
  const { outcome, alarms } = watching
  if (watching.outcome === 'overwritten')
    return counted(say, 'journal.step.watched.overwritten', watching.differences.length)
  const partitions = alarms.filter(({ partition }) => partition >= 0).length
  return outcome === 'alarm' && partitions === 0
    ? counted(say, 'journal.step.watched.topics', alarms.length)
    : counted(say, `journal.step.watched.${outcome}`, partitions)
}

export function stepWords(say: Say, event: ChangeEvent): string {
  switch (event.type) {
    case 'drafted':
      return drafted(say, event.draft)
    case 'planned':
      return counted(say, 'journal.step.planned', event.plan.effects.length, {
        risk: say.t(`journal.risk.${event.plan.level}`),
      })
    case 'validated':
      return counted(say, 'journal.step.validated', event.validation.refusals.length, {
        broker: event.validation.broker,
      })
    case 'confirmed':
      return event.confirmation.reason === ''
        ? say.t('journal.step.confirmed')
        : say.t('journal.step.confirmedWhy', { reason: event.confirmation.reason })
    case 'sending':
      return counted(say, 'journal.step.sending', event.rows.length, { batch: event.batch + 1 })
    case 'answered':
      return say.t('journal.step.answered', { batch: event.batch + 1, outcomes: outcomes(say, event.results) })
    case 'stopped':
      return say.t(`journal.step.stopped.${event.by}`)
    case 'ended':
      return say.t(`journal.step.ended.${event.outcome}`)
    case 'settled':
      return say.t('journal.step.settled', {
        brokers: brokers(say, event.brokers),
        outcomes: outcomes(say, event.results),
      })
    case 'verified': {
      const { outcome, ofBrokers, brokers: ids } = event.verification
      const shown = brokers(say, ids)
      return say.t(`journal.step.verified.${outcome}`, {
        brokers:
          ofBrokers === undefined ? shown : say.t('journal.ofBrokers', { brokers: shown, n: say.f.count(ofBrokers) }),
      })
    }
    case 'watched':
      return watched(say, event.watching)
    case 'applying':
    case 'conflicted':
    case 'undone':
    case 'discarded':
      return say.t(`journal.step.${event.type}`)
  }
}
