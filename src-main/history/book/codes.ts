/** Numbers that stand for words in the file. Each is for ever: add new ones at the end, give none a second meaning. */
import type { MomentKind } from '../../domain/past/moment'
import type { Cause, EventKind, Watched } from '../../contract/history'

export const KIND_CODES = {
  'left-isr': 1,
  'joined-isr': 2,
  leader: 3,
  offline: 4,
  epochs: 5,
  silent: 6,
  answers: 7,
  gone: 8,
  listed: 9,
  leaving: 10,
  controller: 11,
  'quorum-silent': 12,
  'quorum-leads': 13,
  voters: 14,
  reassigning: 15,
  reassigned: 16,
  throttled: 17,
  unthrottled: 18,
  'log-dir': 19,
  setting: 20,
  'topic-created': 21,
  'topic-deleted': 22,
  'topic-anew': 23,
  lost: 24,
  stays: 25,
} as const satisfies Record<EventKind, number>

export const CAUSE_CODES = {
  '': 0,
  fenced: 1,
  shutdown: 2,
  late: 3,
  moved: 4,
  failover: 5,
  preferred: 6,
  unclean: 7,
  back: 8,
} as const satisfies Record<Cause, number>

export const END_CODES = {
  open: 0,
  closed: 1,
  asleep: 2,
  paused: 3,
  unreachable: 4,
} as const satisfies Record<Watched['end'], number>

export const MOMENT_CODES = { whole: 1, part: 2, brokers: 3 } as const satisfies Record<MomentKind, number>

const turned = <Word extends string>(codes: Readonly<Record<Word, number>>): ReadonlyMap<number, Word> =>
  new Map(Object.entries<number>(codes).map(([word, code]) => [code, word as Word]))

export const KIND_OF_CODE: ReadonlyMap<number, EventKind> = turned(KIND_CODES)
export const CAUSE_OF_CODE: ReadonlyMap<number, Cause> = turned(CAUSE_CODES)
export const END_OF_CODE: ReadonlyMap<number, Watched['end']> = turned(END_CODES)
export const MOMENT_OF_CODE: ReadonlyMap<number, MomentKind> = turned(MOMENT_CODES)
