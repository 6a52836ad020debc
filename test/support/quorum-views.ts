/** The invented night of the design pictures, as the main process would tell it. */
import type {
  AgreementView,
  BrokerWord,
  DisputedRow,
  QuorumMember,
  QuorumReport,
  ShortIsrView,
  ShortRow,
} from '@contract/quorum'
import { NOW } from './summaries'

export const member = (id: number, more: Partial<QuorumMember> = {}): QuorumMember => ({
  id,
  votes: id > 100,
  directory: '',
  address: '',
  logEndOffset: 8_412_907,
  behind: 0,
  fetchAgeMs: 100,
  following: 'in-step',
  replaced: false,
  ...more,
})

/** Controllers 101 to 103, led by 102; brokers 1 to 3. */
export const buildReport = (more: Partial<QuorumReport> = {}): QuorumReport => ({
  askedAt: NOW - 1_020,
  readAt: NOW - 1_000,
  broker: 3,
  leader: 102,
  leaderEpoch: 31,
  seenSince: NOW - 600_000,
  sawItBegin: true,
  highWatermark: 8_412_905,
  logEndOffset: 8_412_907,
  members: [
    member(102, { following: 'leads', fetchAgeMs: 0, address: 'c2.example:9093' }),
    member(101),
    member(103, { behind: 3, fetchAgeMs: 200 }),
    member(1),
    member(2),
    member(3),
  ],
  voters: 3,
  majority: 2,
  inStep: 3,
  mayLose: { atLeast: 1, atMost: 1 },
  remark: '',
  ...more,
})

export const shortRow = (more: Partial<ShortRow> = {}): ShortRow => ({
  topic: 'payments.settled',
  partition: 4,
  leader: 3,
  leaderEpoch: 18,
  replicas: [3, 1, 2],
  isr: [3, 1],
  elr: [2],
  lastKnownLeader: -1,
  minIsr: 3,
  elrReadAt: NOW - 900,
  elrBroker: 1,
  breaches: [],
  ...more,
})

export const buildShortIsr = (
  rows: readonly ShortRow[] = [shortRow()],
  more: Partial<ShortIsrView> = {},
): ShortIsrView => ({
  elr: true,
  refused: '',
  rows,
  total: rows.length,
  partitions: 1_122,
  withElr: rows.filter(({ elr }) => elr !== null && elr.length > 0).length,
  readAt: NOW - 300,
  broker: 3,
  epochs: [{ topic: 'payments.settled', partition: 4, leader: 3, leaderEpoch: 18, since: NOW - 250_000 }],
  ...more,
})

export const word = (broker: number, more: Partial<BrokerWord> = {}): BrokerWord => ({
  broker,
  offset: 8_412_907,
  toldAt: NOW - 300,
  behind: 0,
  behindSince: Number.NaN,
  behindReadings: 0,
  comparedAt: NOW - 300,
  ...more,
})

export const disputed = (more: Partial<DisputedRow> = {}): DisputedRow => ({
  topic: 'clickstream.raw',
  partition: 352,
  broker: 3,
  said: { leader: 1, leaderEpoch: 7, isr: [1, 3] },
  counts: { leader: 1, leaderEpoch: 7, isr: [1] },
  why: 'offset',
  since: NOW - 7_000,
  saidAt: NOW - 1_000,
  readings: 6,
  ...more,
})

export const buildAgreement = (more: Partial<AgreementView> = {}): AgreementView => ({
  broker: 1,
  readAt: NOW - 300,
  offset: 8_412_907,
  words: [word(1), word(2), word(3)],
  compared: [1, 3],
  comparedAt: NOW - 2_000,
  rows: [],
  total: 0,
  lists: [],
  withoutListener: [],
  ...more,
})
