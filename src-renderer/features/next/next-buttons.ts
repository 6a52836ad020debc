/** The buttons beside "Next": at most three, the one that ends the harm first. Pure. */
import type { ChangeDraft } from '@contract/change'
import type { Commands } from '@shared/kafka-commands'
import { printable } from '@shared/printable'
import type { ToolAccess } from '@shared/shell-words'
import { HEALTHY, MARK_THROTTLED } from '@shared/states'
import { rowCode } from '../../charts/matrix/cells'
import type { FrameView } from '../../stores/frame-view'
import type { Say } from '../common/say'
import { counted } from '../common/say'
import type { TroubleFilter } from '../common/trouble-rows'
import { filterRows, troubleRows } from '../common/trouble-rows'
import type { Cure, CureScope, TopicTold } from './cures'
import { curesOf, withTold } from './cures'
import { cureLines, fixCommand } from './fix-commands'
import type { WhatNext } from './what-next'
import { brokersOf, whatNext } from './what-next'

export type NextDeed =
  | { readonly kind: 'plan'; readonly draft: ChangeDraft; readonly lines: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'show'; readonly filter: TroubleFilter }
  | { readonly kind: 'go'; readonly to: 'loss' }

export interface NextButton {
  readonly id: string
  readonly text: string
  /** What it brings, or checks. */
  readonly note: string
  /** Why it cannot be pressed now, '' = it can. */
  readonly why: string
  readonly deed: NextDeed
}

export interface NextInput {
  readonly view: FrameView
  readonly access: ToolAccess
  readonly commands: Commands
  /** Settings of the topics concerned, as far as they were read. */
  readonly told: ReadonlyMap<string, TopicTold>
  /** The cluster is connected, so that a plan can be made of it. */
  readonly live: boolean
}

const MOST = 3

function cureText(say: Say, { kind, topics }: Cure): string {
  const { f, t } = say
  const [first] = topics
  if (first === undefined) return ''
  const topic = printable(first.topic)
  if (kind === 'throttle')
    return topics.length === 1 ? t('next.plan.throttle', { topic }) : counted(say, 'next.plan.throttles', topics.length)
  if (topics.length === 1) return t('next.plan.minIsr', { topic, from: first.from, to: first.to })
  const one = topics.every(({ to }) => to === first.to)
  const lowest = Math.min(...topics.map(({ to }) => to))
  return counted(say, one ? 'next.plan.minIsrs' : 'next.plan.minIsrsDown', topics.length, { to: f.count(lowest) })
}

function planButton(say: Say, cure: Cure, { told, live, access }: NextInput): NextButton {
  const locked = cure.topics.find(({ topic }) => told.get(topic)?.mayAlter === false)
  const why =
    locked !== undefined
      ? say.t('next.why.right', { topic: printable(locked.topic) })
      : live
        ? ''
        : say.t('next.why.notLive')
  const note = cure.kind === 'throttle' ? 'next.note.throttle' : cure.alone ? 'next.note.alone' : 'next.note.accepts'
  return {
    id: cure.kind,
    text: cureText(say, cure),
    note: counted(say, note, cure.partitions),
    why,
    deed: { kind: 'plan', draft: cure.draft, lines: cureLines(say, cure, access) },
  }
}

function commandButton(say: Say, next: WhatNext, { view, commands }: NextInput): NextButton | null {
  const found = fixCommand(say, view.summary, next, commands)
  if (found === null) return null
  const { kind, broker, text } = found
  return {
    id: 'command',
    text: broker < 0 ? say.t(`next.copy.${kind}`) : say.t(`next.copyOf.${kind}`, { broker }),
    note: say.t(`next.copyNote.${kind}`),
    why: '',
    deed: { kind: 'copy', text },
  }
}

type Shown = { readonly state: 'silent' | 'under-min-isr' | 'offline' | 'throttled' } | { readonly broker: number }

/** The list that holds exactly what it is about. */
function shownOf(next: WhatNext, cures: readonly Cure[], { summary, frame }: FrameView): Shown | null {
  const { offline, writesRefused } = summary.headline
  if (next.kind === 'silent' && next.one.leads > 0 && !next.one.returning) return { state: 'silent' }
  if (cures[0]?.kind === 'min-isr') return { state: 'under-min-isr' }
  if (offline.atLeast > 0) return { state: 'offline' }
  if (writesRefused.atLeast > 0) return { state: 'under-min-isr' }
  if (frame.columns.marks.some((marks) => (marks & MARK_THROTTLED) !== 0)) return { state: 'throttled' }
  const [broker] = brokersOf(next)
  return broker === undefined ? null : { broker }
}

function showButton(say: Say, next: WhatNext, cures: readonly Cure[], view: FrameView): NextButton | null {
  if (next.kind === 'copy-first')
    return {
      id: 'loss',
      text: say.t('next.loss'),
      note: say.t('next.lossNote'),
      why: '',
      deed: { kind: 'go', to: 'loss' },
    }
  const shown = shownOf(next, cures, view)
  if (shown === null) return null
  const filter: TroubleFilter =
    'state' in shown ? { text: '', state: shown.state } : { text: `broker ${shown.broker}`, state: '' }
  const rows = filterRows(say, view, troubleRows(view, filter.state), filter.text).length
  if (rows === 0) return null
  return {
    id: 'show',
    text: counted(say, 'next.show', rows),
    note:
      'state' in shown
        ? say.t(`next.showNote.${shown.state}`)
        : say.t('next.showNote.broker', { broker: shown.broker }),
    why: '',
    deed: { kind: 'show', filter },
  }
}

/**
 * A plan that cures it, the line for what Highwater does not do, the partitions concerned. A plan after which a leader alone acknowledges comes after
 * the line that brings the others back.
 */
export function nextButtons(say: Say, input: NextInput): readonly NextButton[] {
  const { view } = input
  const next = whatNext(view.summary)
  const cures = curesIn(input)
  if (next.kind === 'none' && cures.length === 0) return []
  const plans = cures.map((cure) => ({ cure, button: planButton(say, cure, input) }))
  const first = plans.filter(({ cure }) => !cure.alone).map(({ button }) => button)
  const last = plans.filter(({ cure }) => cure.alone).map(({ button }) => button)
  const ends = [...first.slice(0, 1), commandButton(say, next, input), ...last.slice(0, 1)]
  const show = showButton(say, next, cures, view)
  const more = first.slice(1)
  return [...ends.filter((one) => one !== null).slice(0, show === null ? MOST : MOST - 1), show, ...more]
    .filter((one) => one !== null)
    .slice(0, MOST)
}

/** None where what is lost is to be saved first, and of a cluster that nobody answers from: of that nothing is known. */
function curesIn({ view, told }: NextInput, scope: CureScope = {}): readonly Cure[] {
  const { kind } = whatNext(view.summary)
  return kind === 'reach' || kind === 'copy-first' ? [] : curesOf(view, scope).map((cure) => withTold(cure, told))
}

/** On the page of a topic: its cures alone. */
export const topicButtons = (say: Say, input: NextInput, topic: string): readonly NextButton[] =>
  curesIn(input, { topic }).map((cure) => planButton(say, cure, input))

/** On the page of a broker: the line for what it is about, where that is this one. */
export function brokerButtons(say: Say, input: NextInput, broker: number): readonly NextButton[] {
  const next = whatNext(input.view.summary)
  const command = brokersOf(next).includes(broker) ? commandButton(say, next, input) : null
  return command === null ? [] : [command]
}

/** On the page of a partition in trouble: the cures of its topic, and the line for a broker that holds a replica of it. Of one that is healthy nothing. */
export function partitionButtons(say: Say, input: NextInput, topic: string, partition: number): readonly NextButton[] {
  const { frame } = input.view
  const row = input.view.rowOf(topic, partition)
  if (row < 0) return []
  const isThrottled = (frame.columns.marks[row]! & MARK_THROTTLED) !== 0
  if (rowCode(frame, row) === HEALTHY && !isThrottled) return []
  const next = whatNext(input.view.summary)
  const replicas = frame.replicaBroker.subarray(frame.replicaStart[row], frame.replicaStart[row + 1])
  const command = brokersOf(next).some((broker) => replicas.includes(broker)) ? commandButton(say, next, input) : null
  return [...topicButtons(say, input, topic), command].filter((one) => one !== null).slice(0, MOST)
}

/** What Y copies in trouble: the line of the first button that has one; '' = none has. */
export function fixText(buttons: readonly NextButton[]): string {
  for (const { deed } of buttons) {
    if (deed.kind === 'plan') return deed.lines
    if (deed.kind === 'copy') return deed.text
  }
  return ''
}
