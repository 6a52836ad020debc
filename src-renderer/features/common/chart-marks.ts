/** What happened, for the rail of a lag chart: in words, each thing once. Pure. */
import type { EventKind, KeptEvent } from '@contract/history'
import type { Watch } from '@contract/ipc'
import type { JournalEntry } from '@contract/journal'
import type { LagSeries } from '@contract/live'
import { printable } from '@shared/printable'
import type { ChartMark, MarkTone } from '../../charts/lag/lag-rail'
import { whatWords } from '../changes/entry-words'
import { eventWords } from '../history/event-words'
import { counted, type Say } from './say'

/** What many partitions do at once because of one broker is one thing. */
const AT_ONCE_MS = 2_000

const TONES: Partial<Readonly<Record<EventKind | LagSeries['events'][number]['kind'], MarkTone>>> = {
  'left-isr': 'bad',
  offline: 'bad',
  silent: 'bad',
  gone: 'bad',
  leaving: 'bad',
  lost: 'bad',
  throttled: 'bad',
  'log-dir': 'bad',
  'joined-isr': 'good',
  answers: 'good',
  listed: 'good',
  stays: 'good',
  unthrottled: 'good',
}
const toneOf = (kind: keyof typeof TONES): MarkTone => TONES[kind] ?? 'neutral'

const MANY = {
  'left-isr': 'chart.many.leftIsr',
  'joined-isr': 'chart.many.joinedIsr',
  leader: 'chart.many.leader',
  offline: 'chart.many.offline',
} as const
const isMany = (kind: EventKind): kind is keyof typeof MANY => kind in MANY

export interface Happened {
  /** Of a partition: who left or joined its ISR, and who leads. */
  readonly series: LagSeries['events']
  /** In the order in which they were seen; of a partition without those. */
  readonly events: readonly KeptEvent[]
  readonly entries: readonly JournalEntry[]
}

function ofPartition(say: Say, event: LagSeries['events'][number]): ChartMark {
  const { at, line, kind } = event
  const words = {
    'left-isr': 'chart.leftIsr',
    'joined-isr': 'chart.joinedIsr',
    leader: 'chart.leader',
    'leader-back': 'chart.leaderBack',
  } as const
  return { at, line, tone: toneOf(kind), text: say.t(words[kind], { broker: line }) }
}

function where(say: Say, subject: Watch, event: KeptEvent): string {
  const what = eventWords(say, event)
  if (event.topic === '' || subject.kind === 'partition') return what
  const name = event.partition < 0 ? printable(event.topic) : `${printable(event.topic)}/${event.partition}`
  return subject.kind === 'topic' && event.partition < 0 ? what : say.t('timeline.eventAt', { where: name, what })
}

/** Events of one kind and broker that come at once: `broker 3 left the ISR of 33 partitions`. */
function grouped(say: Say, subject: Watch, events: readonly KeptEvent[]): ChartMark[] {
  const groups: { first: KeptEvent; count: number }[] = []
  const open = new Map<string, { first: KeptEvent; count: number }>()
  for (const event of events) {
    const key = `${event.kind} ${event.kind === 'offline' ? event.other : event.broker}`
    const group = open.get(key)
    if (isMany(event.kind) && group !== undefined && event.to - group.first.to <= AT_ONCE_MS) group.count += 1
    else {
      const next = { first: event, count: 1 }
      open.set(key, next)
      groups.push(next)
    }
  }
  return groups.map(({ first, count }): ChartMark => {
    const broker = first.kind === 'offline' ? first.other : first.broker
    const text =
      count > 1 && isMany(first.kind) ? counted(say, MANY[first.kind], count, { broker }) : where(say, subject, first)
    return { at: first.to, line: broker, tone: toneOf(first.kind), text }
  })
}

export function chartMarks(say: Say, subject: Watch, { series, events, entries }: Happened): readonly ChartMark[] {
  const own = entries.map((entry): ChartMark => ({
    at: entry.startedAt,
    line: -1,
    tone: 'own',
    text: say.t('timeline.ownChange', { what: whatWords(say, entry) }),
  }))
  return [
    ...(subject.kind === 'partition' ? series.map((event) => ofPartition(say, event)) : []),
    ...grouped(say, subject, events),
    ...own,
  ]
}
