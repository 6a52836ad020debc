/** Whether the brokers agree on what the controllers decided: pure sentences and cells of what was compared. */
import type {
  AgreementView,
  BrokerWord,
  DisputedRow,
  ListDifference,
  PartitionClaim,
  QuorumView,
} from '@contract/quorum'
import type { ClusterSummary } from '@contract/summary'
import { printable } from '@shared/printable'
import { reachWords } from '../common/reach-words'
import { counted, listed, sentences } from '../common/say'
import type { Say } from '../common/say'
import { isBehind } from '../quorum/quorum-words'

const ids = (say: Say, brokers: Iterable<number>): string => listed(say, [...brokers].map(String))

export interface AgreementTitle {
  readonly title: string
  readonly tone: 'well' | 'watch' | 'unknown'
}

/** What was found first: partitions, then metadata, then lists. Agreement reaches as far as somebody was compared. */
export function agreementTitle(
  say: Say,
  { words, rows, total, lists, compared }: AgreementView,
  summary: ClusterSummary,
): AgreementTitle {
  const differ = new Set(rows.map(({ broker }) => broker))
  const late = words.filter(isBehind).map(({ broker }) => broker)
  const listing = lists.map(({ broker }) => broker)
  const partitions = { who: ids(say, differ), n: say.f.count(total) }
  const found = [
    differ.size === 1 ? say.t('agreement.title.differ', partitions, total) : '',
    differ.size > 1 ? say.t('agreement.title.differMany', partitions) : '',
    late.length > 0 ? say.t('agreement.title.late', { who: ids(say, late) }, late.length) : '',
    listing.length > 0 ? say.t('agreement.title.lists', { who: ids(say, listing) }, listing.length) : '',
  ]
  if (found.some((one) => one !== '')) return { title: sentences(say, found), tone: 'watch' }
  if (words.length === 0) return { title: say.t('agreement.title.none'), tone: 'unknown' }
  if (words.length === 1) return { title: say.t('agreement.title.alone'), tone: 'unknown' }
  if (compared.length === 0) return { title: say.t('agreement.title.notYet'), tone: 'unknown' }
  if (summary.partitions === 0) return { title: say.t('agreement.title.blind'), tone: 'unknown' }
  const reach = reachWords(say, summary)
  // One without a listener for us is not asked, which is said elsewhere.
  const away = summary.brokers.filter((one) => one.answers === 'no' && !one.noListener).map(({ id }) => id)
  if (away.length === 0) return { title: say.t('agreement.title.agree', { reach }), tone: 'well' }
  const heard = summary.brokers.filter((one) => one.answers === 'yes').map(({ id }) => id)
  if (heard.length < 2) return { title: say.t('agreement.title.alone'), tone: 'unknown' }
  return {
    title: say.t('agreement.title.agreeSome', {
      who: ids(say, heard),
      reach,
      away: say.t('agreement.title.away', { who: ids(say, away) }, away.length),
    }),
    tone: 'watch',
  }
}

/** Who was compared when. Whose word the picture is, which changes from one to the next, stands in the footer. */
export const agreementDetail = (say: Say, view: AgreementView, now: number): string =>
  sentences(say, [
    view.compared.length === 0
      ? ''
      : say.t('agreement.detail.compared', {
          who: ids(say, view.compared),
          age: say.f.duration(now - view.comparedAt),
        }),
  ])

/** A row of the table of brokers: whoever was heard, and whoever is not asked for want of a listener. */
export interface BrokerRow {
  readonly broker: number
  /** null = it is not asked. */
  readonly word: BrokerWord | null
  /** It answers now; otherwise its word is of a time before. */
  readonly answers: boolean
}

export function brokerRows(
  { words, withoutListener }: AgreementView,
  summary: ClusterSummary | null,
): readonly BrokerRow[] {
  const answers = (broker: number): boolean => summary?.brokers.find(({ id }) => id === broker)?.answers === 'yes'
  return [
    ...words.filter(({ broker }) => !withoutListener.includes(broker)).map((word) => ({ broker: word.broker, word })),
    ...withoutListener.map((broker) => ({ broker, word: null })),
  ]
    .map((row) => ({ ...row, answers: answers(row.broker) }))
    .sort((a, b) => a.broker - b.broker)
}

/** `0`, `12`, `?`: what it lacks now is not known of one that does not answer. One answer that is behind is no difference yet. */
export function behindCell(say: Say, { word, answers }: BrokerRow): string {
  if (word === null || !answers || Number.isNaN(word.behind)) return say.f.count(Number.NaN)
  return say.f.count(isBehind(word) ? word.behind : 0)
}

/** `at least 6 s`, counted from the first answer that was behind to the last; '' = it is not. */
export const behindFor = (say: Say, word: BrokerWord | null): string =>
  word !== null && isBehind(word)
    ? say.t('agreement.rows.atLeast', { duration: say.f.duration(word.toldAt - word.behindSince) })
    : ''

/** The same broker as the leader of the controllers hears it. */
export function controllersCell(say: Say, broker: number, quorum: QuorumView | null): string {
  const member =
    quorum?.state === 'leads'
      ? quorum.report.members.findLast(({ id, replaced }) => id === broker && !replaced)
      : undefined
  return member === undefined
    ? say.f.count(Number.NaN)
    : say.t('agreement.words.fetch', {
        behind: say.f.count(member.behind),
        age: say.f.duration(member.fetchAgeMs),
      })
}

export function standingCell(say: Say, { word, answers }: BrokerRow): string {
  if (word === null) return say.t('agreement.words.noListener')
  if (!answers) return say.t('agreement.words.away')
  if (isBehind(word)) return say.t('agreement.words.late')
  return say.t(Number.isNaN(word.offset) ? 'agreement.words.noOffset' : 'agreement.words.believed')
}

/** Nobody tells an offset, so nothing but epochs says who is newer. */
export const noOffsets = ({ words }: AgreementView): boolean =>
  words.length > 0 && words.every(({ offset }) => Number.isNaN(offset))

/** What two claims differ in. */
export function whatDiffers(say: Say, { said, counts }: DisputedRow): string {
  const leader = said.leader !== counts.leader || said.leaderEpoch !== counts.leaderEpoch
  const isr = said.isr.join() !== counts.isr.join()
  if (leader && isr) return say.t('agreement.rows.both')
  return say.t(leader ? 'agreement.rows.leader' : 'agreement.rows.isr')
}

/** `leader 1, epoch 5, ISR 1 2`. */
export const claimWords = (say: Say, { leader, leaderEpoch, isr }: PartitionClaim): string =>
  say.t('agreement.rows.claim', {
    leader: leader < 0 ? say.t('agreement.rows.noLeader') : leader,
    epoch: leaderEpoch < 0 ? say.f.count(Number.NaN) : leaderEpoch,
    isr: isr.length === 0 ? say.t('agreement.rows.noLeader') : isr.join(' '),
  })

/** From the first to the last reading, which is less than it may have been. */
export const lasting = (say: Say, { since, saidAt }: Pick<DisputedRow, 'since' | 'saidAt'>): string =>
  say.t('agreement.rows.atLeast', { duration: say.f.duration(saidAt - since) })

const names = (say: Say, some: readonly string[], all: number): string => {
  const told = listed(say, some.map(printable))
  return all > some.length ? say.t('agreement.lists.andMore', { names: told }) : told
}

/** What one list has and another has not, a line a kind. */
export function listLines(say: Say, one: ListDifference): readonly string[] {
  const { lacksBrokers, hasBrokers } = one
  return [
    one.lacksCount > 0
      ? counted(say, 'agreement.lists.lacks', one.lacksCount, { names: names(say, one.lacks, one.lacksCount) })
      : '',
    one.hasCount > 0
      ? counted(say, 'agreement.lists.has', one.hasCount, { names: names(say, one.has, one.hasCount) })
      : '',
    one.others > 0 ? counted(say, 'agreement.lists.others', one.others) : '',
    lacksBrokers.length > 0
      ? say.t('agreement.lists.lacksBrokers', { who: ids(say, lacksBrokers) }, lacksBrokers.length)
      : '',
    hasBrokers.length > 0 ? say.t('agreement.lists.hasBrokers', { who: ids(say, hasBrokers) }, hasBrokers.length) : '',
  ].filter((line) => line !== '')
}
