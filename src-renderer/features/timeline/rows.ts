/** Bands and marks of a subject, from events, kept figures and how it stands now. Pure. */
import type { EventKind, KeptEvent } from '@contract/history'
import type { JournalEntry } from '@contract/journal'
import type { KeptSeries } from '@contract/kept-samples'
import type { Fill, Mark, Part, Reign, Row } from '../../charts/timeline/view'
import { whatWords } from '../changes/entry-words'
import type { Say } from '../common/say'
import { eventWords } from '../history/event-words'
import { brokerLanes, type Standing, STANDING_KINDS, type Stretch } from '../history/lanes'
import { stoodIn, type Change } from './stretches'
import type { Subject } from './subject'

/** How a partition stands now; null = not read, or it is another time that is shown. */
export interface PartitionNow {
  readonly leader: number
  readonly leaderEpoch: number
  readonly replicas: readonly { readonly broker: number; readonly inSync: boolean; readonly rack: string }[]
}

export interface Told {
  /** In the order in which they were seen. */
  readonly events: readonly KeptEvent[]
  readonly entries: readonly JournalEntry[]
  readonly series: KeptSeries | null
  /** Of a partition: what is kept of its topic. */
  readonly topic: KeptSeries | null
  /** When Highwater began to look again after it had been ended: it compares nothing with the run before. */
  readonly restarts: readonly number[]
  readonly partition: PartitionNow | null
  /** Brokers of the cluster, for their bands. */
  readonly brokers: readonly { readonly id: number; readonly rack: string; readonly there: boolean }[]
  /** Nothing is known of before. */
  readonly readFrom: number
  readonly until: number
}

const BROKER_ROWS = 12
/** After it, what was known of before says nothing. */
const ANEW: readonly EventKind[] = ['topic-created', 'topic-deleted', 'topic-anew']
const SETTING_KINDS: readonly EventKind[] = ['setting', 'throttled', 'unthrottled', ...ANEW]
const LEADER_KINDS: readonly EventKind[] = ['leader', 'offline', 'epochs']
const ISR_KINDS: readonly EventKind[] = ['left-isr', 'joined-isr']
const OTHER_KINDS: readonly EventKind[] = ['controller', 'quorum-silent', 'quorum-leads', 'voters', 'log-dir', 'lost']

const bare = { sub: '', parts: [], reigns: [], marks: [] }

/** Words are made once, however many stretches say them: a month has thousands of stretches and a handful of words. */
function once<Key>(make: (key: Key) => string): (key: Key) => string {
  const made = new Map<Key, string>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const text = make(key)
    made.set(key, text)
    return text
  }
}

export function rowsOf(say: Say, subject: Subject, told: Told): readonly Row[] {
  switch (subject.kind) {
    case 'partition':
      return [
        ...replicaRows(say, told),
        ...markRows(say, told, [
          ['settings', SETTING_KINDS],
          ['other', ['lost', 'reassigning', 'reassigned']],
        ]),
      ]
    case 'topic':
      return [
        stateRow(say, told, say.t('timeline.partitions')),
        ...markRows(say, told, [
          ['isr', ISR_KINDS],
          ['leaders', LEADER_KINDS],
          ['settings', SETTING_KINDS],
        ]),
      ]
    case 'broker':
      return [
        ...standingRows(say, told, [subject.broker]),
        // One that is gone leads none, and none of none is in trouble.
        stateRow(say, told, say.t('timeline.led')),
        ...markRows(say, told, [
          ['isr', ISR_KINDS],
          ['leaders', LEADER_KINDS],
          ['settings', SETTING_KINDS],
          ['other', ['log-dir', 'lost']],
        ]),
      ]
    case 'cluster':
      return [
        stateRow(say, told, say.t('timeline.partitions')),
        ...standingRows(say, told, worstBrokers(told)),
        ...markRows(say, told, [
          ['isr', ISR_KINDS],
          ['leaders', LEADER_KINDS],
          ['settings', SETTING_KINDS],
          ['other', OTHER_KINDS],
        ]),
      ]
  }
}

interface Piece {
  readonly from: number
  readonly until: number
  readonly last: boolean
}

/** Stretches in which one change is compared with the next: not over a restart, nor over a topic that was made, deleted or made anew. */
function pieces(told: Told): readonly Piece[] {
  const anew = told.events.filter(({ kind }) => ANEW.includes(kind)).map(({ to }) => to)
  const cuts = [...new Set([...anew, ...told.restarts])]
    .filter((at) => at > told.readFrom && at < told.until)
    .sort((a, b) => a - b)
  const ends = [...cuts, told.until]
  return ends.map((until, index) => ({
    from: index === 0 ? told.readFrom : ends[index - 1]!,
    until,
    last: index === cuts.length,
  }))
}

/** Nothing of the topic was out of its ISR, by every figure that is kept of the piece: then nothing of this partition was. */
function wasWhole({ topic }: Told, { from, until }: Piece): boolean {
  if (topic === null) return false
  const seen = topic.at.flatMap((at, index) => (at >= from && at < until ? [index] : []))
  const { underReplicated, unknown } = topic.figures
  return seen.length > 0 && seen.every((index) => underReplicated[index] === 0 && unknown[index] === 0)
}

function replicaRows(say: Say, told: Told): readonly Row[] {
  const { events, partition } = told
  const of = (kinds: readonly EventKind[]) => events.filter(({ kind }) => kinds.includes(kind))
  const brokers = new Set([
    ...(partition?.replicas.map(({ broker }) => broker) ?? []),
    ...of([...ISR_KINDS, 'leader']).map(({ broker }) => broker),
  ])
  const reigns = leaderReigns(say, told)
  const stoodAs = once((as: keyof typeof STOOD_FILL) => say.t(`timeline.${as}`))
  return [...brokers].map((broker) => ({
    ...bare,
    key: `replica ${broker}`,
    label: say.t('timeline.broker', { broker }),
    sub: partition?.replicas.find((replica) => replica.broker === broker)?.rack ?? '',
    parts: isrParts(stoodAs, told, broker),
    reigns: reigns.get(broker) ?? [],
  }))
}

/** As a replica stood, by the last part of the text's key. */
const STOOD_FILL = { in: 'healthy', out: 'under-replicated', maybe: 'maybe', unknown: 'unknown' } as const

function isrParts(stoodAs: (as: keyof typeof STOOD_FILL) => string, told: Told, broker: number): readonly Part[] {
  const own = told.events.filter((event) => event.broker === broker && ISR_KINDS.includes(event.kind))
  const now = told.partition?.replicas.find((replica) => replica.broker === broker)
  return pieces(told).flatMap((piece) => {
    const { from, until, last } = piece
    const asNow = now !== undefined && wasWhole(told, piece) ? true : null
    const changes = own
      .filter(({ to }) => to > from && to <= until)
      .map(({ from: began, to, kind }): Change<boolean> => {
        const isIn = kind === 'joined-isr'
        return { from: began, to, before: !isIn, after: isIn }
      })
    return stoodIn(changes, from, until, last ? (now?.inSync ?? null) : asNow).map(({ as, maybe, ...time }): Part => {
      const stood = maybe ? 'maybe' : as === null ? 'unknown' : as ? 'in' : 'out'
      return { ...time, fill: STOOD_FILL[stood], text: stoodAs(stood) }
    })
  })
}

interface Lead {
  readonly leader: number
  /** -1 = not known. */
  readonly epoch: number
}

function leaderReigns(say: Say, told: Told): ReadonlyMap<number, readonly Reign[]> {
  const { events, partition } = told
  const now =
    partition === null || partition.leader < 0 ? null : { leader: partition.leader, epoch: partition.leaderEpoch }
  const reigns = new Map<number, Reign[]>()
  const leads = once((epoch: number) => (epoch < 0 ? say.t('timeline.leads') : say.t('timeline.leadsEpoch', { epoch })))
  for (const { from, until, last } of pieces(told)) {
    const changes = events
      .filter(({ kind, to }) => LEADER_KINDS.includes(kind) && to > from && to <= until)
      .map(({ kind, from: began, to, broker, other, epoch, elections }): Change<Lead> => {
        const before = kind === 'epochs' ? broker : other
        return {
          from: began,
          to,
          before: { leader: before, epoch: elections === 1 ? epoch - 1 : -1 },
          after: { leader: kind === 'offline' ? -1 : broker, epoch },
        }
      })
    const stood = stoodIn(changes, from, until, last ? now : null, (a, b) => a.leader === b.leader)
    for (const { from: since, to, as } of stood) {
      if (as === null || as.leader < 0) continue
      const text = leads(as.epoch)
      const all = reigns.get(as.leader) ?? []
      const before = all.at(-1)
      if (before?.to === since && before.text === text) all[all.length - 1] = { ...before, to }
      else all.push({ from: since, to, text })
      reigns.set(as.leader, all)
    }
  }
  return reigns
}

type Counted = 'offline' | 'underMinIsr' | 'atMinIsr' | 'underReplicated'
const WORST_FIRST: readonly { readonly figure: Counted; readonly fill: Fill }[] = [
  { figure: 'offline', fill: 'offline' },
  { figure: 'underMinIsr', fill: 'under-min-isr' },
  { figure: 'atMinIsr', fill: 'at-min-isr' },
  { figure: 'underReplicated', fill: 'under-replicated' },
]

/** Finer points are of a moment, coarser ones of all moments of their span. */
const MOMENTS_MS = 10_000

const worstOf = ({ figures }: KeptSeries, index: number) =>
  WORST_FIRST.find(({ figure }) => figures[figure][index]! > 0)

/** Of a moment that found nothing wrong: until the next one something was, or an ISR was seen to change. */
function changesBefore(series: KeptSeries, next: number): boolean {
  const { at, figures, resolutionMs } = series
  if (resolutionMs > MOMENTS_MS || next >= at.length || at[next]! - at[next - 1]! > 1.5 * resolutionMs) return false
  return worstOf(series, next) !== undefined || figures.isrChanges[next]! > 0
}

interface FoundStretch {
  readonly from: number
  readonly to: number
  readonly fill: Fill
  /** What the points of it found: null = none in trouble, or not known; NaN = not all the same. */
  readonly count: number | null
}

/** The newest point is of a span that is not over: `until` is as far as was seen. */
function foundIn(series: KeptSeries, until: number): readonly FoundStretch[] {
  const found: FoundStretch[] = []
  series.at.forEach((at, index) => {
    const worst = worstOf(series, index)
    const isUnknown = worst === undefined && !(series.figures.unknown[index] === 0)
    const other = isUnknown ? 'unknown' : changesBefore(series, index + 1) ? 'maybe' : 'healthy'
    const fill = worst?.fill ?? other
    const count = worst === undefined ? null : series.figures[worst.figure][index]!
    const to = Math.max(at, Math.min(at + series.resolutionMs, until))
    const before = found.at(-1)
    if (before?.fill === fill && at - before.to <= series.resolutionMs / 2)
      found[found.length - 1] = { ...before, to, count: before.count === count ? count : Number.NaN }
    else found.push({ from: at, to, fill, count })
  })
  return found
}

function stateRow(say: Say, { series, until }: Told, label: string): Row {
  const words = ({ fill, count }: FoundStretch): string => {
    const figure = WORST_FIRST.find((worst) => worst.fill === fill)?.figure
    if (count === null || figure === undefined)
      return say.t(fill === 'healthy' ? 'timeline.noneInTrouble' : `timeline.state.${fill}`)
    if (Number.isNaN(count)) return say.t(`timeline.state.${fill}`)
    return say.t(`timeline.worst.${figure}`, { n: say.f.count(count) }, count)
  }
  const found = series === null ? [] : foundIn(series, until)
  const parts = found.map((stretch): Part => ({
    from: stretch.from,
    to: stretch.to,
    fill: stretch.fill,
    text: words(stretch),
  }))
  return { ...bare, key: 'state', label, parts }
}

const STANDING_FILL: Readonly<Record<Standing, Fill>> = {
  there: 'healthy',
  leaving: 'lagging',
  silent: 'under-min-isr',
  gone: 'offline',
  unknown: 'unknown',
}

/** Those of which something was seen first. */
function worstBrokers({ events, brokers }: Told): readonly number[] {
  const told = new Set(events.filter(({ kind }) => STANDING_KINDS.includes(kind)).map(({ broker }) => broker))
  return [...new Set([...told, ...brokers.map(({ id }) => id)])].slice(0, BROKER_ROWS).sort((a, b) => a - b)
}

function standingRows(say: Say, told: Told, brokers: readonly number[]): readonly Row[] {
  const all = pieces(told)
  const stood = once((as: Standing) => say.t(`timeline.standing.${as}`))
  return brokers.map((broker) => ({
    ...bare,
    key: `broker ${broker}`,
    label: say.t('timeline.broker', { broker }),
    sub: told.brokers.find(({ id }) => id === broker)?.rack ?? '',
    parts: all.flatMap((piece) =>
      standingIn(told, broker, piece).map(({ from, to, as }) => ({
        from,
        to,
        fill: STANDING_FILL[as],
        text: stood(as),
      })),
    ),
  }))
}

function standingIn(told: Told, broker: number, { from, until, last }: Piece): readonly Stretch[] {
  const own = told.events.filter(
    (event) => event.broker === broker && STANDING_KINDS.includes(event.kind) && event.to > from && event.to <= until,
  )
  const stretches = brokerLanes({ brokers: [broker] }, own, from, until)[0]?.stretches ?? []
  // Listed and answering now, and nothing was seen to happen: it was there whenever somebody looked.
  const isThere = last && own.length === 0 && told.brokers.some(({ id, there }) => id === broker && there)
  return isThere ? [{ from, to: until, as: 'there' }] : stretches
}

type MarkRow = 'settings' | 'isr' | 'leaders' | 'other'

function markRows(
  say: Say,
  { events, entries }: Told,
  wanted: readonly (readonly [MarkRow, readonly EventKind[]])[],
): readonly Row[] {
  return wanted.flatMap(([row, kinds]) => {
    const seen = events.filter(({ kind }) => kinds.includes(kind)).map((event) => markOf(say, event, row))
    const own = row === 'settings' ? entries.map((entry) => ownMark(say, entry)) : []
    const marks = [...seen, ...own].sort((a, b) => a.to - b.to)
    return marks.length === 0 && row === 'other'
      ? []
      : [{ ...bare, key: row, label: say.t(`timeline.row.${row}`), marks }]
  })
}

const markOf = (say: Say, event: KeptEvent, row: MarkRow): Mark => ({
  from: Number.isNaN(event.from) ? event.to : event.from,
  to: event.to,
  shape: row === 'settings' ? 'diamond' : 'dot',
  own: false,
  text: row === 'settings' || row === 'other' ? eventWords(say, event) : '',
})

const ownMark = (say: Say, entry: JournalEntry): Mark => ({
  from: entry.startedAt,
  to: entry.startedAt,
  shape: 'diamond',
  own: true,
  text: say.t('timeline.ownChange', { what: whatWords(say, entry) }),
})
