/** The replica ladder in words and shares of its ruler: pure composition of one live partition. */
import type { LivePartition, LiveReplica } from '@contract/live'
import { MARK_LEADER_SILENT, UNDER_MIN_ISR } from '@shared/states'
import type { LadderView, LadderRow } from '../../charts/ladder/ladder-view'
import { ladderScale } from '../../charts/ladder/ladder-scale'
import type { LagThen } from '../common/lag-then'
import type { Say } from '../common/say'

function membership(say: Say, replica: LiveReplica, now: number): string {
  if (replica.inSync) return say.t('partition.isr.in')
  if (replica.adding) return say.t('partition.isr.adding')
  if (!Number.isFinite(replica.outSince)) return say.t('partition.isr.out')
  return say.t('partition.isr.outSince', { duration: say.f.seconds(Math.max(1000, now - replica.outSince)) })
}

function reason(say: Say, code: LiveReplica['reason']): string {
  switch (code) {
    case '':
      return say.t('partition.unknownReason.not-read')
    case 'silent':
    case 'not-authorized':
    case 'not-a-replica':
    case 'too-large':
    case 'not-read':
      return say.t(`partition.unknownReason.${code}`)
    default:
      return say.t('partition.unknownReason.error', { code: code.slice('error-'.length) })
  }
}

/** What comes next for a late replica: the countdown while it is in the ISR, the estimate while it catches up, else that it grows. */
function outlook(say: Say, replica: LiveReplica, now: number): string {
  if (Number.isFinite(replica.leavesTo) && replica.inSync) {
    if (replica.leavesTo <= now) return say.t('partition.leavesNow')
    return say.t('partition.leavesIn', {
      range: say.f.durationRange(Math.max(0, replica.leavesFrom - now), replica.leavesTo - now),
    })
  }
  if (replica.lagRecords === 0) return replica.inSync ? '' : say.t('partition.rejoins')
  if (replica.caughtUpTo > now)
    return say.t('partition.backIn', {
      range: say.f.durationRange(replica.caughtUpFrom - now, replica.caughtUpTo - now),
    })
  return replica.lagRecords > 0 && replica.catchUpRate < 0 ? say.t('partition.growing') : ''
}

/** Kept from before its broker fell silent: shown, but as old. */
const isOld = (replica: LiveReplica): boolean => replica.reason !== ''
/** Behind whom? Without a leader that answers a lag is not known, only each replica's own LEO. */
const unmeasured = (live: LivePartition): boolean => live.leader === -1 || (live.marks & MARK_LEADER_SILENT) !== 0

/** More than its leader has, so not behind it by any count. */
function aheadNotes(say: Say, replica: LiveReplica, now: number): string {
  const offset = say.f.offset(replica.logEndOffset)
  const ahead = say.t('partition.ahead', { n: say.f.count(replica.aheadRecords) })
  if (!isOld(replica)) return ahead
  const age = say.f.seconds(now - replica.readAt)
  return `${ahead} · ${say.t('partition.leoOld', { offset, age })} · ${reason(say, replica.reason)}`
}

function notes(say: Say, live: LivePartition, replica: LiveReplica, now: number): string {
  const offset = say.f.offset(replica.logEndOffset)
  if (Number.isNaN(replica.logEndOffset)) return `? ${reason(say, replica.reason)}`
  if (replica.aheadRecords > 0) return aheadNotes(say, replica, now)
  if (isOld(replica))
    return `${say.t('partition.leoOld', { offset, age: say.f.seconds(now - replica.readAt) })} · ${reason(say, replica.reason)}`
  if (replica.broker === live.leader || unmeasured(live) || Number.isNaN(replica.lagRecords))
    return say.t('partition.leo', { offset })
  const late =
    replica.lagRecords > 0 && replica.lateMs > 0
      ? say.t(replica.lateAtLeast ? 'partition.lateAtLeast' : 'partition.lateFor', {
          duration: say.f.duration(replica.lateMs),
        })
      : ''
  const behind =
    replica.lagRecords > 0
      ? say.t('partition.behind', { n: say.f.count(replica.lagRecords) })
      : say.t('partition.inStep')
  return [behind, late, outlook(say, replica, now)].filter((part) => part !== '').join(' · ')
}

/** Colour of a bar: in the ISR like water, late like the state it leads to, as one that is being added, out of the ISR like what is missing. */
function tone(replica: LiveReplica): LadderRow['tone'] {
  if (Number.isNaN(replica.logEndOffset) || isOld(replica)) return 'unknown'
  if (!replica.inSync) return replica.adding ? 'lagging' : 'under-replicated'
  return Number.isFinite(replica.leavesTo) ? 'lagging' : 'accent'
}

function hwText(say: Say, live: LivePartition): string {
  const offset = say.f.offset(live.highWatermark)
  if (Number.isNaN(live.highWatermark)) {
    const why = live.highWatermarkReason === '' ? 'not-read' : live.highWatermarkReason
    return say.t('partition.hwUnknown', { reason: say.t(`partition.hwReason.${why}`) })
  }
  const leader = live.replicas.find((replica) => replica.broker === live.leader)?.logEndOffset ?? Number.NaN
  if (live.state === UNDER_MIN_ISR && live.underMinStopsConsumers === true && leader > live.highWatermark)
    return say.t('partition.hwStill', { offset })
  return leader > live.highWatermark
    ? say.t('partition.hwTrails', { offset, n: say.f.count(leader - live.highWatermark) })
    : say.t('partition.hw', { offset })
}

/** Leader first, then as assigned: rows keep their place while lags change. */
export const inOrder = (live: LivePartition): readonly LiveReplica[] =>
  live.replicas.toSorted((a, b) => Number(b.broker === live.leader) - Number(a.broker === live.leader))

/** `wantedTicks`: labels that have room on the ruler. */
export function ladderView(say: Say, live: LivePartition, now: number, wantedTicks: number): LadderView {
  const scale = ladderScale([...live.replicas.map((replica) => replica.logEndOffset), live.highWatermark], wantedTicks)
  const rows = inOrder(live).map((replica): LadderRow => {
    const isLeader = replica.broker === live.leader
    return {
      broker: replica.broker,
      leader: isLeader,
      rack: replica.rack ?? '',
      role: say.t(isLeader ? 'partition.role.leader' : 'partition.role.follower'),
      membership: membership(say, replica, now),
      inSync: replica.inSync,
      notes: notes(say, live, replica, now),
      share: scale.share(replica.logEndOffset),
      tone: tone(replica),
      hint: Number.isNaN(replica.logEndOffset)
        ? reason(say, replica.reason)
        : say.t('partition.leoHint', {
            offset: say.f.offset(replica.logEndOffset),
            time: say.f.time(replica.readAt, now),
            age: say.f.duration(now - replica.readAt),
          }),
    }
  })
  return {
    rows,
    highWatermark: scale.share(live.highWatermark),
    highWatermarkText: hwText(say, live),
    ticks: scale.ticks.map((tick) => ({ share: tick.share, text: tick.major ? say.f.offset(tick.offset) : '' })),
  }
}

/**
 * A moment of which only the lag was kept: who led and who was in the ISR was not read, and is not said. `brokers`: those that hold it now, in their places, so
 * that nothing moves while one points; of one without a line nothing is known of then.
 */
export function ladderThen(say: Say, rows: readonly LagThen[], brokers: readonly number[]): LadderView {
  const unknown = say.f.count(Number.NaN)
  const all = [...brokers, ...rows.map(({ line }) => line).filter((line) => !brokers.includes(line))]
  return {
    rows: all.map((broker): LadderRow => {
      const known = rows.find(({ line }) => line === broker)
      const notes = known === undefined ? [] : lagWords(say, known)
      return {
        broker,
        leader: false,
        rack: '',
        role: '',
        membership: unknown,
        inSync: true,
        notes: [...notes, say.t('partition.leo', { offset: unknown })].join(' · '),
        hint: say.t('partition.thenUnread'),
        share: Number.NaN,
        tone: 'unknown',
      }
    }),
    highWatermark: Number.NaN,
    highWatermarkText: say.t('partition.hw', { offset: unknown }),
    ticks: [],
  }
}

function lagWords(say: Say, { lagRecords, lateMs }: LagThen): readonly string[] {
  if (Number.isNaN(lagRecords)) return []
  if (lagRecords === 0) return [say.t('partition.inStep')]
  const behind = say.t('partition.behind', { n: say.f.count(lagRecords) })
  return lateMs > 0 ? [behind, say.t('partition.lateFor', { duration: say.f.duration(lateMs) })] : [behind]
}
