/** An incident in five lines, to be pasted where people talk: what, since when, now, next, where. Pure. */
import type { Incident } from '@contract/history'
import { printable } from '@shared/printable'
import type { Say } from '../common/say'
import { incidentTitle } from './incident-words'
import { isOpen, lastedWords, spanWords } from './span-words'

export interface ChatNow {
  /** The board's sentence and step; of an incident that is over neither counts. */
  readonly sentence: string
  readonly next: string
}

/** `live`: null = the cluster is not read now. */
export function incidentChat(
  say: Say,
  { cluster, environment }: { readonly cluster: string; readonly environment: string },
  incident: Incident,
  live: ChatNow | null,
  now: number,
): string {
  const { began, ended, id } = incident
  const isNow = isOpen(incident)
  const times = { began: spanWords(say, began, now), lasted: lastedWords(say, incident, now) }
  const state = isNow
    ? say.t('history.chat.now', { now: live?.sentence ?? say.t('history.chat.unread') })
    : say.t('history.chat.over', { ended: spanWords(say, ended, now) })
  const next = isNow ? (live?.next ?? '') : ''
  return [
    `${environment} ${cluster}: ${incidentTitle(say, incident)}`,
    say.t(Number.isNaN(began.from) ? 'history.chat.sinceEarlier' : 'history.chat.since', times),
    state,
    say.t('history.chat.next', {
      next: next === '' ? say.t(isNow ? 'history.chat.noStep' : 'history.chat.nothing') : next,
    }),
    say.t('history.chat.where', { id, utc: say.f.utc(now), zone: say.f.zone(now) }),
  ]
    .map((line) => printable(line))
    .join('\n')
}
