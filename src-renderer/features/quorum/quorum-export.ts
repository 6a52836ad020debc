import type { QuorumReport } from '@contract/quorum'
import type { ExportTable } from '../../stores/screen'

const COLUMNS = [
  'node',
  'votes',
  'following',
  'behindRecords',
  'logEndOffset',
  'lastFetchMsBefore',
  'directory',
  'diskReplaced',
  'address',
  'leader',
  'epoch',
  'highWatermark',
  'toldAt',
]

/** Voters and observers as their leader told them last, a row a node. */
export const quorumExport = (report: QuorumReport | null): ExportTable => ({
  name: 'quorum',
  columns: COLUMNS,
  rows: (report?.members ?? []).map((member) => [
    member.id,
    member.votes,
    member.following,
    member.behind,
    member.logEndOffset,
    member.fetchAgeMs,
    member.directory,
    member.replaced,
    member.address,
    report!.leader,
    report!.leaderEpoch,
    report!.highWatermark,
    new Date(report!.readAt).toISOString(),
  ]),
})
