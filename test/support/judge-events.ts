import type { ClusterEvent } from '../../src-main/contract/history'
import type { ControllersLog, PartitionChange, TopicChange } from './controllers-log'
import { causesOf, isMoving, type Step } from './judge-causes'

/** One thing that the controllers wrote down of a partition or of a broker. */
export interface Turn {
  readonly at: number
  readonly kind: (typeof KINDS)[number]
  /** Of the partition; '' = of a broker. */
  readonly name: string
  readonly broker: number
  /** Of a partition. */
  readonly step: Step | null
  /** Of a replica that is none any more: it is not in the ISR by definition. Who sees it as one again before the next look tells that it left, and nobody else does. */
  readonly isHidden: boolean
}

export interface Verdict {
  readonly turns: number
  /** Told, each with a span that contains its time, and with a cause, an epoch and a leader before that the controllers' log bears out. */
  readonly told: number
  /** Taken back, or followed by another of the kind, before we looked again: nobody who polls sees it. */
  readonly insideOnePoll: number
  /** The widest span that was told, in ms: one that contains everything would say nothing. */
  readonly widestMs: number
  readonly missed: readonly string[]
  readonly invented: readonly string[]
  readonly wrongCause: readonly string[]
  /** No cause was said of one that has one. */
  readonly withoutCause: readonly string[]
  /** Another epoch or another leader before than the log has. */
  readonly wrongFigures: readonly string[]
  /** Told of one partition, or one broker, in another order than they happened in. */
  readonly outOfOrder: readonly string[]
}

const KINDS = [
  'left-isr',
  'joined-isr',
  'leader',
  'offline',
  'reassigning',
  'reassigned',
  'gone',
  'listed',
  'leaving',
] as const
const isJudged = (event: ClusterEvent): event is ClusterEvent & { readonly kind: Turn['kind'] } =>
  (KINDS as readonly string[]).includes(event.kind)

/** Kinds whose broker is who it is about; of a partition without a leader it is who led it, which nobody saw where several did between two looks. */
const NAMES_BROKER: readonly Turn['kind'][] = ['left-isr', 'joined-isr', 'leader', 'gone', 'listed', 'leaving']
const HAS_CAUSE: readonly Turn['kind'][] = ['left-isr', 'leader', 'offline']
const show = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString().slice(11, 23) : '-')

function partitionTurns(steps: readonly Step[]): Turn[] {
  return steps.flatMap((step) => {
    const { before, now } = step
    const turn = (kind: Turn['kind'], broker: number, isHidden = false): Turn => ({
      at: now.at,
      kind,
      name: nameOf(now),
      broker,
      step,
      isHidden,
    })
    const left = before.isr.filter((broker) => !now.isr.includes(broker))
    const joined = now.isr.filter((broker) => !before.isr.includes(broker))
    const moved = isMoving(now) === isMoving(before) ? [] : [turn(isMoving(now) ? 'reassigning' : 'reassigned', -1)]
    const led =
      now.leader === before.leader ? [] : [now.leader < 0 ? turn('offline', before.leader) : turn('leader', now.leader)]
    return [
      ...left.map((broker) => turn('left-isr', broker, !now.replicas.includes(broker))),
      ...joined.map((broker) => turn('joined-isr', broker)),
      ...led,
      ...moved,
    ]
  })
}

/** A broker is on the list of Metadata while it is not fenced; one that registers is fenced until it has caught up (ClusterControlManager.registerBroker). */
function brokerTurns({ brokers }: ControllersLog): Turn[] {
  const turns: Turn[] = []
  const last = new Map<number, { readonly fenced: boolean }>()
  for (const { at, broker, shuttingDown, ...change } of brokers) {
    const before = last.get(broker)
    const fenced = change.fenced ?? before?.fenced ?? true
    const turn = (kind: Turn['kind']): void =>
      void turns.push({ at, kind, name: '', broker, step: null, isHidden: false })
    if (before !== undefined) {
      if (fenced && !before.fenced) turn('gone')
      if (!fenced && before.fenced) turn('listed')
      if (shuttingDown) turn('leaving')
    }
    last.set(broker, { fenced })
  }
  return turns
}

const stepsOf = (changes: readonly PartitionChange[]): Step[] =>
  changes.slice(1).map((now, index) => ({ before: changes[index]!, now }))

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  topic === '' ? '' : `${topic}/${partition}`
const brokerOf = ({ kind, broker, other }: ClusterEvent): number => (kind === 'offline' ? other : broker)
const line = ({ at, kind, name, broker }: Turn): string =>
  `${show(at)} ${kind} ${name} ${broker < 0 ? '' : `broker ${broker}`}`
const ownLine = (event: ClusterEvent): string =>
  `${show(event.from)} to ${show(event.to)} ${event.kind} ${nameOf(event)} broker ${brokerOf(event)} ${event.cause}`

/** Who or what a turn or an event is of, so that one is only held against its own. */
const keyOf = (name: string, broker: number): string => (name === '' ? `broker ${broker}` : name)

/** What is told of these follows one after the other; of what happened between two looks the order is not known. Reassignments are looked at by themselves. */
const orderOf = ({ name, broker, kind }: Turn): string =>
  `${keyOf(name, broker)}${kind.startsWith('reassign') ? ' moves' : ''}`

/** A turn and one that takes it back, or one that is followed by another of the kind. */
const OPPOSITE: Readonly<Record<Turn['kind'], readonly Turn['kind'][]>> = {
  'left-isr': ['joined-isr'],
  'joined-isr': ['left-isr'],
  leader: ['leader', 'offline'],
  offline: ['leader'],
  reassigning: ['reassigned'],
  reassigned: ['reassigning'],
  gone: ['listed'],
  listed: ['gone'],
  leaving: ['gone'],
}

/**
 * Every turn between `from` and `until` against the events that were told, in their order; `oneLookMs`: the longest that lay between two looks; `clockMs`: by how much the clock of who told them
 * and the controllers' may be apart.
 */
export function judgeEvents(
  log: ControllersLog,
  given: readonly ClusterEvent[],
  from: number,
  until: number,
  oneLookMs: number,
  clockMs = 0,
): Verdict {
  const events = given.map((event) => ({ ...event, from: event.from - clockMs, to: event.to + clockMs }))
  const steps = [...log.partitions.values()].flatMap(stepsOf)
  const all = [...partitionTurns(steps), ...brokerTurns(log)].sort((a, b) => a.at - b.at)
  const turns = all.filter(({ at }) => at > from && at < until)
  const open = new Map<string, { readonly event: ClusterEvent; readonly place: number }[]>()
  events.forEach((event, place) => {
    if (!isJudged(event)) return
    const key = keyOf(nameOf(event), brokerOf(event))
    open.set(key, [...(open.get(key) ?? []), { event, place }])
  })
  const unseen: Turn[] = []
  const verdict = {
    wrongCause: [] as string[],
    withoutCause: [] as string[],
    wrongFigures: [] as string[],
    outOfOrder: [] as string[],
  }
  let told = 0
  let widestMs = 0
  const newest = new Map<string, { readonly at: number; readonly place: number; readonly to: number }>()
  for (const turn of turns) {
    const key = keyOf(turn.name, turn.broker)
    const own = open.get(key) ?? []
    const at = own.findIndex(
      ({ event }) =>
        event.kind === turn.kind &&
        (!NAMES_BROKER.includes(turn.kind) || brokerOf(event) === turn.broker) &&
        event.from <= turn.at &&
        turn.at <= event.to,
    )
    if (at < 0) {
      if (!turn.isHidden) unseen.push(turn)
      continue
    }
    const [{ event, place } = { event: events[0]!, place: 0 }] = own.splice(at, 1)
    told += 1
    widestMs = Math.max(widestMs, event.to - event.from)
    const thread = orderOf(turn)
    const before = newest.get(thread)
    if (before !== undefined && before.at < turn.at && before.place > place && before.to !== event.to)
      verdict.outOfOrder.push(ownLine(event))
    newest.set(thread, { at: turn.at, place, to: event.to })
    judgeWords(log, steps, turn, event, verdict)
  }
  const missed = unseen.filter((turn) => !all.some((other) => takesBack(other, turn, oneLookMs)))
  const invented = [...open.values()].flatMap((own) =>
    own.flatMap(({ event }) =>
      event.from > from && event.to < until ? [`${ownLine(event)}; ${nearest(all, event)}`] : [],
    ),
  )
  return {
    turns: told + unseen.length,
    told,
    insideOnePoll: unseen.length - missed.length,
    widestMs,
    missed: missed.map(line),
    invented,
    ...verdict,
  }
}

/** When the log has one of the kind, next to when it was told: a clock that was moved shows here. */
function nearest(turns: readonly Turn[], event: ClusterEvent): string {
  const key = keyOf(nameOf(event), brokerOf(event))
  const apart = ({ at }: Turn): number => Math.max(event.from - at, at - event.to)
  const [turn] = turns
    .filter(({ kind, name, broker }) => kind === event.kind && keyOf(name, broker) === key)
    .sort((a, b) => apart(a) - apart(b))
  return turn === undefined ? 'none of the kind' : `the nearest of the kind at ${show(turn.at)}`
}

const takesBack = (other: Turn, turn: Turn, oneLookMs: number): boolean =>
  other !== turn &&
  keyOf(other.name, other.broker) === keyOf(turn.name, turn.broker) &&
  OPPOSITE[turn.kind].includes(other.kind) &&
  (turn.kind === 'leader' || turn.kind === 'offline' || other.broker === turn.broker) &&
  Math.abs(other.at - turn.at) <= oneLookMs

/** Cause, epoch and the leader before, of an event of a partition; of several steps in its span those of any, as only the last one is seen. */
function judgeWords(
  log: ControllersLog,
  all: readonly Step[],
  { at, kind, broker, step }: Turn,
  event: ClusterEvent,
  verdict: Pick<{ readonly [K in keyof Verdict]: string[] }, 'wrongCause' | 'withoutCause' | 'wrongFigures'>,
): void {
  if (step === null) return
  const own = all.filter(({ now }) => nameOf(now) === nameOf(step.now) && now.at >= event.from && now.at <= event.to)
  if (HAS_CAUSE.includes(kind)) {
    const right = causesOf(log, kind, own, { step, broker }, event.to)
    if (event.cause === '') verdict.withoutCause.push(`${ownLine(event)}: ${[...right].join(' or ')}`)
    else if (!right.has(event.cause)) verdict.wrongCause.push(`${ownLine(event)}: ${[...right].join(' or ')}`)
  }
  const epochs = own.filter(({ now }) => now.at >= at).map(({ now }) => now.leaderEpoch)
  if (!epochs.includes(event.epoch))
    verdict.wrongFigures.push(`${ownLine(event)}: epoch ${event.epoch}, is ${epochs.join(' or ')}`)
  if (kind !== 'leader' && kind !== 'offline') return
  const leaders = own.map(({ before }) => before.leader)
  if (!leaders.includes(event.other))
    verdict.wrongFigures.push(`${ownLine(event)}: after broker ${event.other}, is ${leaders.join(' or ')}`)
}

/** Which of the controllers' words an event of a topic tells; of one that is made anew both. */
const TOPIC_WORDS: ReadonlyMap<ClusterEvent['kind'], readonly TopicChange['what'][]> = new Map([
  ['topic-created', ['created']],
  ['topic-deleted', ['deleted']],
  ['topic-anew', ['deleted', 'created']],
])

/** Topics that were made, deleted or made anew between the two times and not told so in a span that contains it, and those that were told and were not. */
export function judgeTopics(
  { topics }: Pick<ControllersLog, 'topics'>,
  events: readonly ClusterEvent[],
  from: number,
  until: number,
): { readonly turns: number; readonly wrong: readonly string[] } {
  const turns = topics.filter(({ at }) => at > from && at < until)
  const told = events.flatMap((event) =>
    event.to > from && event.from < until ? (TOPIC_WORDS.get(event.kind) ?? []).map((what) => ({ event, what })) : [],
  )
  const wrong: string[] = []
  for (const { at, topic, what } of turns) {
    const found = told.findIndex(
      (one) => one.what === what && one.event.topic === topic && one.event.from <= at && at <= one.event.to,
    )
    if (found < 0) wrong.push(`${show(at)} ${what} ${topic}`)
    else told.splice(found, 1)
  }
  const invented = told.map(({ event, what }) => `${show(event.from)} to ${show(event.to)} ${what} ${event.topic}`)
  return { turns: turns.length, wrong: [...wrong, ...invented] }
}
