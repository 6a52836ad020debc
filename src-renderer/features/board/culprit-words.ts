import { isOurSide } from '@contract/summary'
import type { ClusterSummary, Culprit, Headline, SilentBroker } from '@contract/summary'
import { isSilentToUs } from '../common/broker-words'
import { reachWords } from '../common/reach-words'
import type { Say } from '../common/say'
import { brokerName, counted, listed, sentences, shareOf } from '../common/say'

const namesOf = (say: Say, brokers: readonly { readonly broker: number; readonly rack: string | null }[]): string =>
  listed(
    say,
    brokers.map(({ broker, rack }) => brokerName(say, broker, rack)),
  )

/** Who it is, in one sentence; of several that are away, those that are all gone. */
export function culpritSentence(say: Say, culprit: Culprit): string {
  const named = {
    who: brokerName(say, culprit.broker, culprit.rack),
    rack: culprit.rack ?? '?',
    of: say.f.count(culprit.of),
    share: shareOf(say, 'replicas', culprit.behind, culprit.of),
  }
  if (culprit.kind === 'rack') return counted(say, 'board.culprit.rack', culprit.behind, named)
  if (culprit.cause === 'leaving' || (culprit.kind === 'brokers-away' && culprit.cause !== 'gone'))
    return awaySentence(say, culprit, [])
  if (culprit.cause === 'returning') return say.t('board.returning.one', named)
  if (culprit.kind === 'brokers-away')
    return counted(
      say,
      culprit.behind === culprit.of ? 'board.culprit.awayAll' : 'board.culprit.away',
      culprit.behind,
      {
        ...named,
        who: namesOf(say, culprit.brokers),
      },
    )
  if (culprit.cause === 'silent') return say.t('board.silent.one', named)
  if (culprit.cause === 'gone')
    return counted(
      say,
      culprit.behind === culprit.of ? 'board.culprit.goneAll' : 'board.culprit.gone',
      culprit.behind,
      named,
    )
  if (culprit.kind === 'leader-broker')
    return say.t('board.culprit.leader', {
      ...named,
      share: shareOf(say, 'partitions', culprit.behind, culprit.of),
    })
  if (culprit.cause === 'recovering') return counted(say, 'board.culprit.recovering', culprit.behind, named)
  return counted(say, 'board.culprit.behind', culprit.behind, named)
}

/** Why, as far as known; empty where the sentence has said it already. */
export function causeSentence(say: Say, culprit: Culprit): string {
  if (culprit.kind === 'rack') return say.t('board.cause.rack', { rack: culprit.rack ?? '?' })
  if (culprit.kind === 'brokers-away')
    return sentences(say, [
      culprit.cause === 'gone' ? say.t('board.cause.goneMany') : '',
      culprit.rack === null ? '' : say.t('board.cause.rackAway', { rack: culprit.rack }),
    ])
  if (culprit.kind === 'leader-broker') return say.t('board.cause.leader', { broker: culprit.broker })
  switch (culprit.cause) {
    case 'slow':
      return say.t('board.cause.slow', { broker: culprit.broker })
    case 'throttled':
      return say.t('board.cause.throttled')
    case 'gone':
      return say.t('board.cause.gone', { broker: culprit.broker })
    case 'leaving':
      return say.t('board.cause.leaving')
    case 'unknown':
      return say.t('board.cause.unknown')
    default:
      return ''
  }
}

/** Then it may as well be this machine that is cut off: nothing is said of the brokers. */
export function nobodyAnswers({ headline: { silent }, brokers }: ClusterSummary): boolean {
  return (
    silent.length > 0 &&
    silent.length === brokers.filter(({ listed: there }) => there).length &&
    !silent.some(isSilentToUs)
  )
}

/** Brokers that explain the trouble and are gone or going, beside those that are listed and do not answer; '' = none is. */
export function awaySentence(say: Say, culprit: Culprit | null, silent: readonly SilentBroker[]): string {
  const away = culprit?.kind === 'follower-broker' ? [culprit] : (culprit?.brokers ?? [])
  const rest = away.filter(({ broker }) => !silent.some((one) => one.broker === broker))
  const gone = rest.filter(({ cause }) => cause === 'gone')
  const leaving = rest.filter(({ cause }) => cause === 'leaving')
  return sentences(say, [
    gone.length === 0 ? '' : say.t('brokers.sentence.gone', { who: namesOf(say, gone) }, gone.length),
    leaving.length === 0
      ? ''
      : say.t(leaving.length === 1 ? 'board.stopping.one' : 'board.stopping.many', { who: namesOf(say, leaving) }),
  ])
}

/** Brokers that do not answer but that the cluster still lists, and those that are not seen from here. Whose address leads elsewhere was not even asked. */
export function silentSentence(say: Say, all: readonly SilentBroker[]): string {
  const away = all.filter(({ returning }) => !returning)
  const returning = all.filter((one) => one.returning)
  const unseen = away.filter(isOurSide)
  const silent = away.filter((one) => !isOurSide(one))
  const elsewhere = unseen.every((one) => one.silence === 'other-cluster')
  return sentences(say, [
    silent.length === 0
      ? ''
      : say.t(silent.length === 1 ? 'board.silent.one' : 'board.silent.many', { who: namesOf(say, silent) }),
    unseen.length === 0
      ? ''
      : counted(say, elsewhere ? 'board.silent.elsewhere' : 'board.silent.unseen', unseen.length, {
          who: namesOf(say, unseen),
        }),
    returning.length === 0
      ? ''
      : say.t(returning.length === 1 ? 'board.returning.one' : 'board.returning.many', {
          who: namesOf(say, returning),
        }),
  ])
}

function fencing(say: Say, one: SilentBroker, now: number): string {
  if (Number.isNaN(one.fencedTo)) return say.t('board.fence.unknown')
  if (now > one.fencedTo) return say.t('board.fence.overdue')
  return say.t('board.fence.in', { range: say.f.durationRange(Math.max(0, one.fencedFrom - now), one.fencedTo - now) })
}

/** How each is silent, without a forecast: of a lost cluster nobody can tell whether it came true. */
export const silences = (say: Say, silent: readonly SilentBroker[]): string =>
  sentences(
    say,
    silent.map((one) => silence(say, one)),
  )

const silence = (say: Say, one: SilentBroker): string =>
  one.returning
    ? say.t('board.returning.port', { broker: one.broker })
    : say.t(`board.silence.${one.silence === '' ? 'timeout' : one.silence}`, {
        broker: one.broker,
        id: one.leadsTo === '' ? '?' : one.leadsTo,
      })

/** After the fencing of `one`. All silent ones are counted as fenced together, so an all-clear is one of them all. */
function consequence(say: Say, summary: ClusterSummary, one: SilentBroker, now: number): string {
  const then = [
    one.thenLoses > 0 ? counted(say, 'board.fence.loses', one.thenLoses) : '',
    one.thenOffline > 0 ? counted(say, 'board.fence.offline', one.thenOffline) : '',
    one.thenRefuses > 0 ? counted(say, 'board.fence.refuse', one.thenRefuses) : '',
  ].filter((part) => part !== '')
  const overdue = !Number.isNaN(one.fencedTo) && now > one.fencedTo
  if (overdue) return say.t('board.fence.end')
  if (then.length > 0) return say.t('board.fence.then', { what: listed(say, then) })
  const { silent, offline, writesRefused } = summary.headline
  if (silent.some((other) => other.thenOffline + other.thenRefuses + other.thenLoses > 0) || !writesKnown(summary))
    return say.t('board.fence.end')
  return say.t(offline.atLeast + writesRefused.atLeast > 0 ? 'board.fence.noMore' : 'board.fence.harmless', {
    reach: reachWords(say, summary),
  })
}

/** How it is silent, when the controller will act, and what that brings. */
export function silentDetail(say: Say, summary: ClusterSummary, now: number): string {
  const { silent } = summary.headline
  return sentences(
    say,
    silent.flatMap((one) => {
      if (one.returning)
        return [silence(say, one), one.leads > 0 ? counted(say, 'board.returning.leads', one.leads) : '']
      if (isSilentToUs(one))
        return [silence(say, one), one.heard ? say.t('board.fence.heard') : '', say.t('board.fence.ours')]
      const row = summary.brokers.find(({ id }) => id === one.broker)
      // A member of the ISR that does not fetch holds up every acks=all write until it is out of it.
      const waiting = row === undefined ? 0 : row.inSync - row.leaders
      return [
        silence(say, one),
        // Of a single one the sentence above has said it.
        silent.length > 1 && one.leads > 0 ? counted(say, 'board.fence.leads', one.leads, { broker: one.broker }) : '',
        waiting > 0 ? counted(say, 'board.fence.waits', waiting) : '',
        // Without a controller nobody is fenced.
        summary.quorum === 'silent' ? '' : `${fencing(say, one, now)}${consequence(say, summary, one, now)}`,
      ]
    }),
  )
}

/** Partitions that can be neither read nor written because their leaders do not answer; who is on the way back, or not seen from here, is none of them. */
export const unreachableOf = ({ silent }: Pick<Headline, 'silent'>): number =>
  silent.reduce((sum, one) => sum + (one.returning || isSilentToUs(one) ? 0 : one.leads), 0)

/** What can be neither read nor written, refuses or is offline now: part of the first line whoever the culprit is. */
export function damage(
  say: Say,
  headline: Pick<Headline, 'offline' | 'writesRefused' | 'halted' | 'silent'>,
): string[] {
  const { offline, writesRefused, halted } = headline
  const unreachable = unreachableOf(headline)
  return [
    unreachable > 0 ? counted(say, 'board.damage.unreachable', unreachable) : '',
    offline.atLeast > 0 ? counted(say, 'board.damage.offline', offline) : '',
    writesRefused.atLeast > 0 ? counted(say, 'board.damage.refused', writesRefused) : '',
    ...halted.map(({ what, partitions }) => counted(say, `board.halted.${what}`, partitions)),
  ].filter((part) => part !== '')
}

/** Who cannot be seen from here, whatever else is said; '' = nobody. */
export function unseenSentence(say: Say, { noListener }: Headline): string {
  if (noListener === null) return ''
  const { brokers, partitions } = noListener
  if (partitions === 0) return say.t('brokers.sentence.noListener', { who: namesOf(say, brokers) }, brokers.length)
  const key = brokers.length === 1 ? 'board.noListener.leads' : 'board.noListener.leadMany'
  return counted(say, key, partitions, { who: namesOf(say, brokers) })
}

/** Whether each partition seen takes acks=all writes is known: every one was read, and so was its min ISR. */
const writesKnown = ({ headline: { writesRefused, oneLossAway } }: ClusterSummary): boolean =>
  writesRefused.complete && oneLossAway.complete

/** Nothing is broken yet: how far writes are known to go on is half of the answer, how near the edge is the other half. */
export function standing(say: Say, summary: ClusterSummary): string {
  if (!writesKnown(summary)) return ''
  const { oneLossAway, lagging } = summary.headline
  const named = { reach: reachWords(say, summary) }
  if (oneLossAway.atLeast > 0) return counted(say, 'board.standing.oneLoss', oneLossAway, named)
  if (lagging.atLeast > 0) return counted(say, 'board.standing.waits', lagging, named)
  return say.t('board.standing.accepts', named)
}
