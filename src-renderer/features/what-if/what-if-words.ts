/** What follows if brokers stop, in words: pure, from what the main process found out. The gravest first; unknown is neither well nor none. */
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import { WHAT_IF_HARMS } from '@contract/what-if'
import type { WhatIf, WhatIfCoordinator, WhatIfHarm, WhatIfTopic } from '@contract/what-if'
import { isNone, tally } from '@shared/tally'
import { reachWords } from '../common/reach-words'
import { counted, listed, sentences, shareOf, tallyWords } from '../common/say'
import type { Say } from '../common/say'

/** So many partitions are named in a row; more are counted. */
const NAMED = 8

/** Brokers by rack, racks by name, those without one last. */
export function racksOf(
  brokers: readonly BrokerSummary[],
): readonly { readonly rack: string; readonly brokers: readonly number[] }[] {
  const racks = new Map<string, number[]>()
  for (const { id, rack } of brokers) racks.set(rack ?? '', [...(racks.get(rack ?? '') ?? []), id])
  return [...racks]
    .map(([rack, ids]) => ({ rack, brokers: ids.toSorted((a, b) => a - b) }))
    .sort((a, b) => Number(a.rack === '') - Number(b.rack === '') || a.rack.localeCompare(b.rack))
}

/** `broker 2`, `brokers 2 and 3`, `rack-b (brokers 2 and 5)`: a rack where they are all of one. */
export function whoWords(say: Say, ids: readonly number[], brokers: readonly BrokerSummary[]): string {
  const who = say.t('whatIf.brokers', { who: listed(say, ids.map(String)) }, ids.length)
  const rack = racksOf(brokers).find((one) => one.rack !== '' && one.brokers.join() === ids.join())?.rack
  return rack === undefined || ids.length === 1 ? who : say.t('whatIf.rack', { rack, who })
}

/** `takes 6 of 12 partitions of carts offline`, or over several topics their number; '' = none is seen. */
function harmWords(say: Say, answer: WhatIf, harm: WhatIfHarm): string {
  const found = answer[harm]
  if (found.atLeast === 0) return ''
  const [only, more] = answer.topics.filter((one) => one[harm] > 0)
  if (only !== undefined && more === undefined && only[harm] === found.atLeast)
    return say.t(`whatIf.one.${harm}`, { share: shareOf(say, 'partitions', found, only.partitions), topic: only.topic })
  return counted(say, `whatIf.many.${harm}`, found)
}

const isHarmless = ({ loses, offline, refuses }: WhatIf): boolean => isNone(loses) && isNone(offline) && isNone(refuses)

const leadsNow = ({ brokers, leaders }: WhatIf): number =>
  leaders.filter(({ broker }) => brokers.includes(broker)).reduce((sum, { now }) => sum + now, 0)

/** The sentence on top. */
export function headlineOf(say: Say, answer: WhatIf, summary: ClusterSummary): string {
  const who = whoWords(say, answer.brokers, summary.brokers)
  // Nobody is elected then: whoever would lead next does not.
  if (answer.quorum.effect === 'silent') return say.t('whatIf.noController', { who })
  if (answer.quorum.effect === 'loses') return counted(say, 'whatIf.majority', leadsNow(answer), { who })
  const harms = WHAT_IF_HARMS.map((harm) => harmWords(say, answer, harm)).filter((text) => text !== '')
  if (harms.length > 0) return say.t('whatIf.sentence', { who, what: listed(say, harms) }, answer.brokers.length)
  if (summary.partitions === 0 && answer.reach !== 'all') return say.t('whatIf.blind', { who })
  const reach = reachWords(say, { reach: answer.reach, topics: summary.topics })
  return say.t(isHarmless(answer) ? 'whatIf.harmless' : 'whatIf.notKnown', { who, reach })
}

/** The figures under it, and how old they are. `now`: by the main process's clock. */
export function figuresOf(say: Say, answer: WhatIf, now: number): string {
  const moves = answer.moves.reduce((sum, { partitions }) => sum + partitions, 0)
  const figures = {
    loses: tallyWords(say, answer.loses),
    offline: tallyWords(say, answer.offline),
    refuses: tallyWords(say, answer.refuses),
    oneLossAway: tallyWords(say, answer.oneLossAway),
    moves: tallyWords(say, tally(moves, answer.offline.complete)),
    age: say.f.seconds(Math.max(0, now - answer.takenAt)),
  }
  return sentences(say, [say.t('whatIf.figures', figures), say.t('whatIf.from', figures)])
}

/** What it means for one topic. */
export function meaningOf(say: Say, topic: WhatIfTopic): string {
  if (topic.loses > 0) return say.t('whatIf.means.loses')
  if (topic.offline > 0) return say.t(topic.byDesign > 0 ? 'whatIf.means.offlineDesign' : 'whatIf.means.offline')
  if (topic.refuses > 0) return say.t(topic.byDesign > 0 ? 'whatIf.means.refusesDesign' : 'whatIf.means.refuses')
  if (topic.unknown > 0) return say.t('whatIf.means.unknown')
  return say.t(topic.oneLossAway > 0 ? 'whatIf.means.oneLossAway' : 'whatIf.means.moves')
}

/** State whose glyph and colour a topic has. */
export function lookOf(topic: WhatIfTopic): 'offline' | 'under-min-isr' | 'at-min-isr' | 'unknown' | 'healthy' {
  if (topic.loses + topic.offline > 0) return 'offline'
  if (topic.refuses > 0) return 'under-min-isr'
  if (topic.unknown > 0) return 'unknown'
  return topic.oneLossAway > 0 ? 'at-min-isr' : 'healthy'
}

const numbers = (say: Say, named: readonly number[], all: number, most: number): string => {
  const shown = named.slice(0, most).join(say.t('board.name.comma'))
  if (named.length === 0) return ''
  return all > Math.min(most, named.length)
    ? counted(say, 'whatIf.andMore', all - Math.min(most, named.length), { shown })
    : shown
}

/** Partitions by number, the gravest kind first: `offline 0, 3; refuse 1, 2 and 4 more`. */
export function partitionsOf(say: Say, topic: WhatIfTopic, most = NAMED): string {
  return (['loses', 'offline', 'refuses', 'unknown'] as const)
    .map((kind) => {
      const shown = numbers(say, topic.named[kind], topic[kind], most)
      return shown === '' ? '' : say.t(`whatIf.kind.${kind}`, { shown })
    })
    .filter((text) => text !== '')
    .join('; ')
}

/** Where the leaders of a topic go, by partition: `3: 2 → 1`. */
export const movesOf = (say: Say, topic: WhatIfTopic, most = NAMED): string => {
  const shown = topic.moved.map(({ partition, from, to }) => `${partition}: ${from} → ${to}`)
  const text = shown.slice(0, most).join('; ')
  const left = topic.moves - Math.min(most, shown.length)
  return shown.length === 0 || left === 0 ? text : counted(say, 'whatIf.andMore', left, { shown: text })
}

/** What the controllers do. */
export function quorumOf(say: Say, { quorum }: WhatIf): string {
  const { effect, stopped, left, needed, total } = quorum
  if (effect === 'silent') return say.t('board.controller.silent')
  if (effect === 'unknown') return say.t('board.controller.unknown')
  // ZooKeeper mode: the controllers are no quorum.
  if (Number.isNaN(total)) return ''
  const named = { left, needed, total, who: listed(say, stopped.map(String)) }
  if (effect === 'loses') return say.t('whatIf.quorum.loses', named)
  return stopped.length === 0 ? say.t('whatIf.quorum.untouched', named) : say.t('whatIf.quorum.keeps', named)
}

/** What becomes of groups or transactions. */
export function coordinatorOf(say: Say, one: WhatIfCoordinator): string {
  const stops = one.loses + one.offline + one.refuses
  const of = { of: say.f.count(one.partitions) }
  return sentences(say, [
    stops > 0 ? counted(say, `whatIf.coordinator.${one.what}`, stops, of) : '',
    stops === 0 && one.unknown > 0 ? counted(say, `whatIf.coordinatorUnknown.${one.what}`, one.unknown, of) : '',
    one.moves > 0 ? counted(say, `whatIf.coordinatorMoves.${one.what}`, one.moves, of) : '',
  ])
}

/** Why a figure may be too low, and which of those that are to stop have stopped already. */
export function unknownsOf(say: Say, answer: WhatIf, summary: ClusterSummary): readonly string[] {
  const { unknown, brokers } = answer
  const chosen = summary.brokers.filter(({ id }) => brokers.includes(id))
  const known = new Set(summary.brokers.map(({ id }) => id))
  const strangers = brokers.filter((id) => !known.has(id))
  const gone = chosen.filter((one) => !one.listed && !one.noListener).map(({ id }) => String(id))
  const silent = chosen.filter((one) => one.listed && one.answers === 'no').map(({ id }) => String(id))
  const elr = summary.limits.some(({ what }) => what === 'elr') && answer.offline.atLeast + answer.loses.atLeast > 0
  return [
    strangers.length > 0 ? say.t('whatIf.unknown.strangers', { who: listed(say, strangers.map(String)) }) : '',
    gone.length > 0 ? say.t('whatIf.unknown.gone', { who: listed(say, gone) }, gone.length) : '',
    silent.length > 0 ? say.t('whatIf.unknown.silent', { who: listed(say, silent) }, silent.length) : '',
    unknown.unjudged > 0 ? counted(say, 'whatIf.unknown.unjudged', unknown.unjudged) : '',
    unknown.silentLeader > 0 ? counted(say, 'whatIf.unknown.silentLeader', unknown.silentLeader) : '',
    unknown.unheard > 0 ? counted(say, 'whatIf.unknown.unheard', unknown.unheard) : '',
    unknown.minIsr > 0 ? counted(say, 'whatIf.unknown.minIsr', unknown.minIsr) : '',
    unknown.unclean > 0 ? counted(say, 'whatIf.unknown.unclean', unknown.unclean) : '',
    elr ? say.t('whatIf.unknown.elr') : '',
    answer.reach === 'all' ? '' : say.t(`whatIf.unknown.reach.${answer.reach}`),
  ].filter((text) => text !== '')
}
