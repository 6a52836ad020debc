/** Log directories that failed on brokers that run, in words. Pure. */
import type { BrokerSummary, ClusterSummary } from '@contract/summary'
import type { Say } from '../common/say'
import { brokerName, counted, listed, sentences } from '../common/say'

/** Brokers that run with replicas offline, the one with most of them first. */
export const withFailedLogDir = ({ brokers }: ClusterSummary): readonly BrokerSummary[] =>
  brokers
    .filter(({ offlineReplicas }) => offlineReplicas > 0)
    .sort((a, b) => b.offlineReplicas - a.offlineReplicas || a.id - b.id)

/** Whether they are what the headline is about: nobody is silent, and no other broker explains more of the trouble. */
export function isHeadline(
  { headline: { silent, culprit } }: ClusterSummary,
  failed: readonly BrokerSummary[],
): boolean {
  return (
    failed.length > 0 && silent.length === 0 && (culprit === null || failed.some(({ id }) => id === culprit.broker))
  )
}

/** A sentence each. */
export const failedSentence = (say: Say, failed: readonly BrokerSummary[]): string =>
  sentences(
    say,
    failed.map((one) =>
      counted(say, 'board.logDir.failed', one.offlineReplicas, { who: brokerName(say, one.id, one.rack) }),
    ),
  )

/** Which folders, as far as the brokers told. */
export const foldersSentence = (say: Say, failed: readonly BrokerSummary[]): string =>
  sentences(
    say,
    failed
      .filter(({ failedFolders }) => failedFolders.length > 0)
      .map(({ id, failedFolders }) =>
        say.t('board.logDir.folders', { broker: id, folders: listed(say, failedFolders) }),
      ),
  )
