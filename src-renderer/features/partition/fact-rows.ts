/** The facts beside the charts: label, value, and what stands on the hover. Pure. */
import type { LivePartition } from '@contract/live'
import { evictionRange } from '@shared/eviction'
import { UNKNOWN } from '@shared/states'
import type { Say } from '../common/say'
import { markWords } from '../common/row-words'

type Fact = 'leader' | 'epoch' | 'preferred' | 'hw' | 'start' | 'rate' | 'window' | 'error' | 'spread' | 'age' | 'marks'

export interface FactRow {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly attention: boolean
}

function disputeWords({ t }: Say, { broker, leader, leaderEpoch, isr }: LivePartition['disputes'][number]): string {
  if (isr === null)
    return leader === -1
      ? t('partition.fact.disputeNobody', { broker, epoch: leaderEpoch })
      : t('partition.fact.disputeValue', { broker, leader, epoch: leaderEpoch })
  return isr.length === 0
    ? t('partition.fact.disputeNoIsr', { broker, epoch: leaderEpoch })
    : t('partition.fact.disputeIsr', { broker, isr: isr.join(', '), epoch: leaderEpoch })
}

function disputeRows(say: Say, live: LivePartition): FactRow[] {
  const label = say.t('partition.fact.dispute')
  return live.disputes.map((dispute) => ({
    id: `dispute-${dispute.broker}`,
    label,
    attention: true,
    value: disputeWords(say, dispute),
  }))
}

/** Of the leader's figures where there is a leader, else of the newest. */
function readAt(live: LivePartition): number {
  const leader = live.replicas.find((replica) => replica.broker === live.leader)?.readAt ?? Number.NaN
  return Number.isFinite(leader)
    ? leader
    : Math.max(...live.replicas.map((replica) => (Number.isFinite(replica.readAt) ? replica.readAt : -Infinity)))
}

export function factRows(say: Say, live: LivePartition, now: number): FactRow[] {
  const { t, f } = say
  const row = (id: Fact, value: string, attention = false): FactRow => ({
    id,
    label: t(`partition.fact.${id}`),
    value,
    attention,
  })
  const leaves = evictionRange(0, live.evictionWindowMs)
  const leads = live.preferredLeader === live.leader
  const marks = markWords(say, live.marks)
  return [
    row(
      'leader',
      live.leader === -1
        ? live.state === UNKNOWN
          ? f.count(Number.NaN)
          : t('partition.fact.none')
        : t('partition.fact.leaderValue', { broker: live.leader }),
      live.leader === -1 && live.state !== UNKNOWN,
    ),
    row('epoch', String(live.leaderEpoch)),
    row(
      'preferred',
      t(leads ? 'partition.fact.preferredYes' : 'partition.fact.preferredNo', { broker: live.preferredLeader }),
      !leads,
    ),
    row('hw', f.offset(live.highWatermark)),
    row('start', f.offset(live.logStartOffset)),
    row('rate', t('partition.fact.rateValue', { n: f.count(live.produceRate) })),
    row('window', f.durationRange(leaves.from, leaves.to)),
    row('error', t('partition.fact.errorValue', { n: f.count(Math.ceil(live.lagErrorRecords)) })),
    row('spread', f.latency(live.spreadMs)),
    row('age', f.duration(now - readAt(live))),
    ...(marks.length > 0 ? [row('marks', marks.join(t('board.name.comma')))] : []),
    ...disputeRows(say, live),
  ]
}
