import type { ClusterEvent } from '../../src-main/contract/history'
import type { ControllersLog, PartitionChange } from './controllers-log'

/** One thing that the controllers wrote down about a partition. */
export interface Turn {
  readonly at: number
  readonly kind: 'left-isr' | 'joined-isr' | 'leader' | 'offline'
  readonly name: string
  readonly broker: number
}

export interface Verdict {
  readonly turns: number
  /** Told, each with a span that contains its time, and with a cause that the controllers' log bears out. */
  readonly told: number
  /** Taken back, or followed by another of the kind, before we looked again: nobody who polls sees it. */
  readonly insideOnePoll: number
  readonly missed: readonly string[]
  readonly invented: readonly string[]
  readonly wrongCause: readonly string[]
}

const KINDS: readonly ClusterEvent['kind'][] = ['left-isr', 'joined-isr', 'leader', 'offline']
/** The controllers write a fencing and what follows from it in one batch, whose records have one time; a few ms lie between two batches. */
const ONE_BATCH_MS = 50
const show = (at: number): string => new Date(at).toISOString().slice(11, 23)

function turnsOf(changes: readonly PartitionChange[]): Turn[] {
  const turns: Turn[] = []
  changes.slice(1).forEach((now, index) => {
    const before = changes[index]!
    const name = `${now.topic}/${now.partition}`
    const add = (kind: Turn['kind'], broker: number): void => void turns.push({ at: now.at, kind, name, broker })
    // Who is no replica any more is not in the ISR by definition, and nobody tells it.
    for (const broker of before.isr)
      if (!now.isr.includes(broker) && now.replicas.includes(broker)) add('left-isr', broker)
    for (const broker of now.isr) if (!before.isr.includes(broker)) add('joined-isr', broker)
    if (now.leader !== before.leader) {
      if (now.leader < 0) add('offline', before.leader)
      else add('leader', now.leader)
    }
  })
  return turns
}

const nameOf = ({ topic, partition }: ClusterEvent): string => `${topic}/${partition}`
const brokerOf = ({ kind, broker, other }: ClusterEvent): number => (kind === 'offline' ? other : broker)
const line = ({ at, kind, name, broker }: Turn): string => `${show(at)} ${kind} ${name} broker ${broker}`
const ownLine = (event: ClusterEvent): string =>
  `${show(event.from)} to ${show(event.to)} ${event.kind} ${nameOf(event)} broker ${brokerOf(event)} ${event.cause}`

/** A turn and one that takes it back, or one that is followed by another of the kind. */
const OPPOSITE: Readonly<Record<Turn['kind'], readonly Turn['kind'][]>> = {
  'left-isr': ['joined-isr'],
  'joined-isr': ['left-isr'],
  leader: ['leader', 'offline'],
  offline: ['leader'],
}

/** Every turn between `from` and `until` against the events that were told; `oneLookMs`: the longest that lay between two looks. */
export function judgeEvents(
  log: ControllersLog,
  events: readonly ClusterEvent[],
  from: number,
  until: number,
  oneLookMs: number,
): Verdict {
  const turns = [...log.partitions.values()].flatMap(turnsOf).filter(({ at }) => at > from && at < until)
  const open = new Map<string, ClusterEvent[]>()
  for (const event of events) {
    if (!KINDS.includes(event.kind)) continue
    open.set(nameOf(event), [...(open.get(nameOf(event)) ?? []), event])
  }
  const unseen: Turn[] = []
  const wrongCause: string[] = []
  let told = 0
  for (const turn of turns.sort((a, b) => a.at - b.at)) {
    const own = open.get(turn.name) ?? []
    const at = own.findIndex(
      (event) =>
        event.kind === turn.kind &&
        // Of several leaders between two looks the last one was never seen.
        (event.kind === 'offline' || brokerOf(event) === turn.broker) &&
        event.from <= turn.at &&
        turn.at <= event.to,
    )
    if (at < 0) {
      unseen.push(turn)
      continue
    }
    const [event] = own.splice(at, 1)
    told += 1
    const wrong = causeAgainst(log, turn, event!)
    if (wrong !== '') wrongCause.push(`${ownLine(event!)}: ${wrong}`)
  }
  const missed = unseen.filter(
    (turn) =>
      !turns.some(
        (other) =>
          other !== turn &&
          other.name === turn.name &&
          OPPOSITE[turn.kind].includes(other.kind) &&
          (turn.kind === 'leader' || turn.kind === 'offline' || other.broker === turn.broker) &&
          Math.abs(other.at - turn.at) <= oneLookMs,
      ),
  )
  const invented = [...open.values()].flat().filter((event) => event.from > from && event.to < until)
  return {
    turns: turns.length,
    told,
    insideOnePoll: unseen.length - missed.length,
    missed: missed.map(line),
    invented: invented.map(ownLine),
    wrongCause,
  }
}

/** Topics that were made, deleted or made anew between the two times and not told so, and those that were told and were not. */
export function judgeTopics(
  { topics }: Pick<ControllersLog, 'topics'>,
  events: readonly ClusterEvent[],
  from: number,
  until: number,
): { readonly turns: number; readonly wrong: readonly string[] } {
  const inTime = topics.filter(({ at }) => at > from && at < until)
  const kindOf = (topic: string): ClusterEvent['kind'] => {
    const whats = new Set(inTime.filter((one) => one.topic === topic).map(({ what }) => what))
    return whats.size > 1 ? 'topic-anew' : whats.has('created') ? 'topic-created' : 'topic-deleted'
  }
  const were = new Set(inTime.map(({ topic }) => `${kindOf(topic)} ${topic}`))
  const told = new Set(
    events
      .filter(({ kind, from: after, to }) => kind.startsWith('topic-') && to > from && after < until)
      .map(({ kind, topic }) => `${kind} ${topic}`),
  )
  return {
    turns: were.size,
    wrong: [...were].filter((one) => !told.has(one)).concat([...told].filter((one) => !were.has(one))),
  }
}

/** Why the cause that was told is not the one of the controllers' log; '' = it is, or none was told. */
function causeAgainst(log: ControllersLog, { at, broker, kind }: Turn, { cause }: ClusterEvent): string {
  if (kind !== 'left-isr' || cause === '' || cause === 'moved') return ''
  const near = log.brokers.filter((one) => one.broker === broker && Math.abs(one.at - at) <= ONE_BATCH_MS)
  const fenced = near.some((one) => one.fenced)
  const shuttingDown = near.some((one) => one.shuttingDown)
  if (cause === 'late') return fenced || shuttingDown ? 'it was fenced or shut down' : ''
  if (cause === 'shutdown') return shuttingDown ? '' : 'it was not shutting down'
  return fenced || shuttingDown ? '' : 'it was not fenced'
}
