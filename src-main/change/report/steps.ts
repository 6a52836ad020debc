/** One step of a change as one English line, for the timeline of a report. */
import type { ChangeEvent, ItemResult, Verification } from '../../contract/change'
import { many, OUTCOME_WORDS, utc } from './words'
import { say } from '../../shared/words/say'

/** `3 applied, 1 refused`, in the order of the outcomes. */
export function outcomes(results: readonly ItemResult[]): string {
  const found = Object.entries(OUTCOME_WORDS).map(
    ([outcome, word]) => [results.filter((result) => result.outcome === outcome).length, word] as const,
  )
  const said = found.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`)
  return said.length === 0 ? 'no results' : said.join(', ')
}

function drafted({ draft, undoOf }: ChangeEvent & { readonly type: 'drafted' }): string {
  const what =
    draft.kind === 'election'
      ? `preferred leaders of ${many(
          draft.partitions.reduce((sum, { partitions }) => sum + partitions.length, 0),
          'partition',
        )}`
      : `settings of ${many(
          draft.groups.reduce((sum, { topics }) => sum + topics.length, 0),
          'topic',
        )}`
  return `edited: ${what}${undoOf === '' ? '' : `, to undo ${undoOf}`}`
}

/** `1, 3 of 5`: a few of the brokers are asked. */
export const shownBy = ({ brokers, ofBrokers }: Verification): string =>
  `${brokers.join(', ') || 'none'}${ofBrokers === undefined ? '' : ` of ${ofBrokers}`}`

export function stepWords(event: ChangeEvent): string {
  switch (event.type) {
    case 'drafted':
      return drafted(event)
    case 'planned':
      return `planned: risk ${event.plan.level}, ${many(event.plan.effects.length, 'effect')}, from the cluster as of ${utc(event.plan.readAt)}`
    case 'validated':
      return `validated by broker ${event.validation.broker}: ${many(event.validation.refusals.length, 'refusal')}`
    case 'confirmed':
      return `confirmed with ${many(event.confirmation.ticks.length, 'tick')}${event.confirmation.typed === '' ? '' : ' and the typed phrase'}`
    case 'applying':
      return 'read again and compared; applying begins'
    case 'sending':
      return `batch ${event.batch + 1}: sending ${many(event.rows.length, 'item')}`
    case 'answered':
      return `batch ${event.batch + 1}: ${outcomes(event.results)}`
    case 'conflicted':
      return 'stopped: the cluster had changed since the plan'
    case 'stopped':
      return `stopped by ${event.by === 'arming' ? 'the end of the arming' : event.by === 'person' ? 'a person' : event.by === 'watch' ? 'the watch' : 'an error'}${event.why === null ? '' : `: ${say('en', event.why)}`}`
    case 'ended':
      return `ended: ${event.outcome}`
    case 'settled':
      return `settled by reading brokers ${event.brokers.join(', ')}: ${outcomes(event.results)}`
    case 'verified':
      return `verification: ${event.verification.outcome}, brokers ${shownBy(event.verification)}`
    case 'watched':
      return `watch: ${event.watching.outcome}, ${many(event.watching.alarms.length, 'alarm')}${
        event.watching.outcome === 'overwritten'
          ? `, ${many(event.watching.differences.length, 'difference')} at its end`
          : ''
      }`
    case 'undone':
      return `undone by ${event.by}`
    case 'discarded':
      return 'discarded'
  }
}
