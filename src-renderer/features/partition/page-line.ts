/** The partition page's first line: min ISR with its source, and whether writes are accepted. Pure. */
import type { LivePartition } from '@contract/live'
import { SOURCE_DENIED } from '@contract/config'
import { MARK_AT_MIN_BY_DESIGN, MARK_LEADER_SILENT, UNKNOWN } from '@shared/states'
import { isSilentToUs } from '../common/broker-words'
import type { SilentBroker } from '@contract/summary'
import type { Say } from '../common/say'
import { counted, listed } from '../common/say'
import { sourceWord } from '../common/source-words'

export interface PageLine {
  readonly minIsr: string
  readonly accepts: string
  /** State token the sentence takes its colour from; '' = plain text. */
  readonly tone: string
}

function minIsrWords(say: Say, live: LivePartition): string {
  const named = {
    min: live.minInSyncReplicas,
    effective: live.effectiveMinInSyncReplicas,
    factor: live.replicationFactor,
    source: sourceWord(say, live.minInSyncReplicasSource),
  }
  if (live.minInSyncReplicas < 0) {
    const denied = live.minInSyncReplicasSource === SOURCE_DENIED
    return say.t(denied ? 'partition.minIsrDenied' : 'partition.minIsrUnknown', { ...named, topic: live.topic })
  }
  return say.t(
    live.effectiveMinInSyncReplicas === live.minInSyncReplicas ? 'partition.minIsr' : 'partition.minIsrCapped',
    named,
  )
}

/** Members of the ISR that do not fetch: acks=all waits for them until they are out of it. */
const waitsFor = (live: LivePartition, silent: readonly SilentBroker[]): number[] =>
  live.replicas
    .filter(({ broker, inSync }) => inSync && silent.some((one) => one.broker === broker && !isSilentToUs(one)))
    .map(({ broker }) => broker)

function refusesWords(say: Say, { underMinStopsConsumers: stops }: LivePartition): string {
  if (stops === null) return say.t('partition.accepts.noFrom37')
  return say.t(stops ? 'partition.accepts.no' : 'partition.accepts.noReadsOn')
}

function acceptsWords(
  say: Say,
  live: LivePartition,
  silent: readonly SilentBroker[],
): { accepts: string; tone: string } {
  if (silent.some((one) => one.broker === live.leader && isSilentToUs(one)))
    return { accepts: say.t('partition.accepts.silentToUs'), tone: '' }
  if (live.state === UNKNOWN) return { accepts: say.t('partition.accepts.unread'), tone: '' }
  if (live.leader === -1) return { accepts: say.t('partition.accepts.offline'), tone: 'offline' }
  if ((live.marks & MARK_LEADER_SILENT) !== 0) return { accepts: say.t('partition.accepts.silent'), tone: 'offline' }
  if (live.acceptsAcksAll === 'no') return { accepts: refusesWords(say, live), tone: 'under-min-isr' }
  const waits = waitsFor(live, silent)
  if (waits.length > 0) {
    const brokers = listed(say, waits.map(String))
    return { accepts: say.t('partition.accepts.waits', { brokers }, waits.length), tone: 'under-min-isr' }
  }
  if (live.acceptsAcksAll === 'unknown' || Number.isNaN(live.tolerance))
    return { accepts: say.t('partition.accepts.unknown'), tone: '' }
  if (live.tolerance > 0) return { accepts: counted(say, 'partition.accepts.yes', live.tolerance), tone: '' }
  const byDesign = (live.marks & MARK_AT_MIN_BY_DESIGN) !== 0
  return { accepts: say.t('partition.accepts.edge'), tone: byDesign ? '' : 'at-min-isr' }
}

/** `silent`: the brokers that do not answer but are still listed. */
export const pageLine = (say: Say, live: LivePartition, silent: readonly SilentBroker[]): PageLine => ({
  minIsr: minIsrWords(say, live),
  ...acceptsWords(say, live, silent),
})
