/** What is said of the controllers' quorum: pure sentences of what its leader told last. */
import type { AgreementView, BrokerWord, QuorumMember, QuorumReport, QuorumView } from '@contract/quorum'
import { READINGS_TO_TELL } from '@contract/quorum'
import type { ClusterSummary } from '@contract/summary'
import { counted, listed, sentences } from '../common/say'
import type { Say } from '../common/say'

export interface QuorumSentences {
  readonly title: string
  readonly detail: string
  readonly tone: 'well' | 'watch' | 'danger' | 'unknown'
}

const ids = (say: Say, nodes: readonly number[]): string => listed(say, nodes.map(String))
const idsOf = (members: readonly QuorumMember[]): number[] => [...new Set(members.map(({ id }) => id))]

/** The newest report, which may be of a time when there was a leader. */
export const reportOf = (view: QuorumView | null): QuorumReport | null => {
  if (view === null || view.state === 'none') return null
  return view.state === 'leads' ? view.report : view.last
}

function strength(say: Say, report: QuorumReport): string {
  const { voters, inStep, majority, mayLose, leader } = report
  const named = { inStep, n: voters, majority, leader }
  if (mayLose === null) return say.t('quorum.title.unknown', named)
  if (voters === 1) return say.t('quorum.title.single')
  if (inStep < majority) return say.t('quorum.title.below', named)
  return mayLose.atLeast === 0
    ? say.t('quorum.title.noneMore', named)
    : say.t('quorum.title.well', { ...named, k: mayLose.atLeast }, mayLose.atLeast)
}

/** Whoever of the observers does not keep up, and voters whose vote is gone with their disk. */
function stragglers(say: Say, { members }: QuorumReport): readonly string[] {
  const brokers = members.filter(({ votes, following }) => !votes && following !== 'leads')
  const late = idsOf(brokers.filter(({ following }) => following === 'late'))
  const silent = idsOf(brokers.filter(({ following }) => following === 'silent'))
  const renewed = idsOf(members.filter(({ replaced }) => replaced))
  return [
    silent.length > 0 ? say.t('quorum.brokersSilent', { who: ids(say, silent) }, silent.length) : '',
    late.length > 0 ? say.t('quorum.brokersLate', { who: ids(say, late) }, late.length) : '',
    renewed.length > 0 ? say.t('quorum.votersNew', { who: ids(say, renewed) }, renewed.length) : '',
  ]
}

const reign = (say: Say, { leader, leaderEpoch: epoch, seenSince, sawItBegin }: QuorumReport, now: number): string =>
  say.t(sawItBegin ? 'quorum.detail.began' : 'quorum.detail.before', {
    leader,
    epoch,
    time: say.f.time(seenSince, now),
  })

const lastTold = (say: Say, last: QuorumReport | null, now: number): string =>
  last === null
    ? ''
    : say.t('quorum.detail.last', {
        age: say.f.duration(now - last.readAt),
        leader: last.leader,
        epoch: last.leaderEpoch,
      })

/** `grant`: the command that gives the right that is missing. */
export function quorumSentences(say: Say, view: QuorumView, grant: string, now: number): QuorumSentences {
  switch (view.state) {
    case 'none':
      return {
        title: say.t('quorum.title.none'),
        detail:
          view.controller < 0
            ? say.t('quorum.detail.zooKeeperUnknown')
            : say.t('quorum.detail.zooKeeper', { broker: view.controller }),
        tone: 'unknown',
      }
    case 'silent': {
      const since = {
        time: say.f.time(view.since, now),
        duration: say.f.seconds(now - view.since),
        who: ids(say, view.asked),
      }
      return {
        title: say.t('quorum.title.silent'),
        detail: sentences(say, [
          say.t('quorum.detail.silent', since, view.asked.length),
          lastTold(say, view.last, now),
        ]),
        tone: 'danger',
      }
    }
    case 'unknown':
      return { ...unknownSentences(say, view, grant, now), tone: 'unknown' }
    case 'leads': {
      const { report } = view
      const left = stragglers(say, report)
      const fails = report.mayLose !== null && report.voters > 1 && report.mayLose.atLeast === 0
      return {
        title: sentences(say, [strength(say, report), ...left]),
        detail: sentences(say, [
          reign(say, report, now),
          say.t('quorum.detail.told', {
            age: say.f.duration(now - report.readAt),
            leader: report.leader,
            broker: report.broker,
          }),
        ]),
        tone: report.inStep < report.majority ? 'danger' : fails || left.some((one) => one !== '') ? 'watch' : 'well',
      }
    }
  }
}

/** Nothing is read at present, so nothing is said of now. */
export const lastSeen = <T extends { readonly title: string }>(
  say: Say,
  said: T,
): T & { readonly tone: 'unknown' } => ({
  ...said,
  title: say.t('quorum.lastSeen', { sentence: said.title }),
  tone: 'unknown',
})

function unknownSentences(
  say: Say,
  { why, since, last }: Extract<QuorumView, { state: 'unknown' }>,
  grant: string,
  now: number,
): Pick<QuorumSentences, 'title' | 'detail'> {
  switch (why) {
    case 'not-asked':
      return { title: say.t('quorum.title.notAsked'), detail: '' }
    case 'no-answer':
      return {
        title: say.t('quorum.title.noAnswer'),
        detail: sentences(say, [
          say.t('quorum.detail.noAnswer', { time: say.f.time(since, now) }),
          lastTold(say, last, now),
        ]),
      }
    case 'not-authorized':
      return {
        title: say.t('quorum.title.notAuthorized'),
        detail: say.t('quorum.detail.notAuthorized', { command: grant }),
      }
    case 'unsupported':
      return { title: say.t('quorum.title.unsupported'), detail: say.t('quorum.detail.unsupported') }
  }
}

/** How many voters may fail, for the head of their card. */
export function mayLoseWords(say: Say, { mayLose }: QuorumReport): string {
  if (mayLose === null) return say.t('quorum.voters.mayLoseUnknown')
  const { atLeast, atMost } = mayLose
  return atMost === atLeast
    ? say.t('quorum.voters.mayLose', { n: say.f.count(atLeast) })
    : say.t('quorum.voters.mayLoseRange', { from: say.f.count(atLeast), to: say.f.count(atMost) })
}

/** What is odd about the number of voters; '' = nothing. */
export function remarkWords(say: Say, { remark, voters }: QuorumReport): string {
  if (remark === 'single') return say.t('quorum.voters.single')
  return remark === 'even' ? say.t('quorum.voters.even', { n: voters, less: voters - 1 }) : ''
}

export function roleWords(say: Say, member: QuorumMember, summary: ClusterSummary | null): string {
  const { votes, following, id } = member
  const leads = following === 'leads'
  const role = say.t(
    leads
      ? votes
        ? 'quorum.role.leader'
        : 'quorum.role.leaving'
      : votes
        ? 'quorum.role.voter'
        : 'quorum.role.observer',
  )
  const isBroker = summary?.brokers.some((broker) => broker.id === id) === true
  return votes && isBroker ? say.t('quorum.role.both', { role }) : role
}

export function followingWords(say: Say, member: QuorumMember, report: QuorumReport): string {
  if (member.replaced) return say.t('quorum.following.replaced')
  return member.following === 'leads'
    ? say.t('quorum.following.leads', { offset: say.f.offset(report.highWatermark) })
    : say.t(`quorum.following.${member.following}`)
}

export const isBad = ({ following, replaced }: QuorumMember): boolean =>
  replaced || following === 'silent' || following === 'never'

/** `0.2 s`; `–` of the leader, which fetches from nobody. */
export const fetchWords = (say: Say, { following, fetchAgeMs }: QuorumMember): string =>
  following === 'leads' ? '–' : say.f.duration(fetchAgeMs)

/** Behind in each of its last answers, and not by the usual delay. */
export const isBehind = ({ behindReadings }: BrokerWord): boolean => behindReadings >= READINGS_TO_TELL

/** What becomes of the Metadata that this node tells. */
export function standingWords(
  say: Say,
  member: QuorumMember,
  {
    agreement,
    summary,
    report,
  }: {
    readonly agreement: AgreementView | null
    readonly summary: ClusterSummary | null
    readonly report: QuorumReport
  },
): string {
  const { id, votes } = member
  if (!votes && report.members.some((one) => one.votes && one.id === id))
    return say.t('quorum.standing.newDisk', { broker: id })
  const broker = summary?.brokers.find((one) => one.id === id)
  if (broker === undefined) return say.t('quorum.standing.stranger')
  if (broker.answers !== 'yes') return say.t('quorum.standing.away')
  const word = agreement?.words.find((one) => one.broker === id)
  if (word !== undefined && isBehind(word)) return counted(say, 'quorum.standing.late', word.behind)
  if (agreement?.broker === id) return say.t('quorum.standing.tells')
  return say.t(word === undefined || Number.isNaN(word.behind) ? 'quorum.standing.unheard' : 'quorum.standing.newest')
}

/** Brokers that are there by Metadata or by a replica, and that the controllers do not tell of. */
export function unheardWords(say: Say, { members }: QuorumReport, summary: ClusterSummary | null): string {
  const told = new Set(members.map(({ id }) => id))
  const missing = summary?.brokers.filter(({ id }) => !told.has(id)).map(({ id }) => id) ?? []
  return missing.length === 0 ? '' : say.t('quorum.observers.missing', { who: ids(say, missing) }, missing.length)
}
