import { BEFORE_APPLY, DONE } from '../../contract/change'
import type { ChangeEvent, ChangeState, Watching } from '../../contract/change'

type EventType = ChangeEvent['type']

/** A line that does not fit the ones before it: the journal is damaged, or the engine is wrong. Nothing is guessed then. */
export class WrongOrder extends Error {
  constructor(state: ChangeState | null, type: EventType) {
    super(state === null ? `a change cannot begin with "${type}"` : `"${type}" cannot follow in state ${state}`)
    this.name = 'WrongOrder'
  }
}

/** In which states a line may be written. */
const ALLOWED: { readonly [T in EventType]: readonly ChangeState[] } = {
  drafted: BEFORE_APPLY,
  planned: BEFORE_APPLY,
  validated: ['planned', 'validated'],
  confirmed: ['planned', 'validated', 'confirmed'],
  applying: ['confirmed'],
  sending: ['applying'],
  answered: ['applying'],
  stopped: ['applying'],
  conflicted: ['applying', 'unknown'],
  settled: ['applying', 'unknown'],
  ended: ['applying', 'unknown'],
  verified: DONE,
  watched: DONE,
  undone: DONE,
  discarded: BEFORE_APPLY,
}

function afterWatched(state: ChangeState, { outcome }: Watching): ChangeState {
  // What was never seen to hold cannot have been overwritten as far as anybody knows.
  if (outcome === 'running' || state === 'applied' || state === 'overwritten') return state
  return outcome === 'overwritten' ? 'overwritten' : 'watched'
}

function afterVerified(state: ChangeState, outcome: string): ChangeState {
  // A cluster of one broker cannot show more than this; the outcome says so.
  const seen = outcome === 'verified' || outcome === 'too-few-brokers'
  // It was seen to hold before: what differs now came later.
  const held = state === 'verified' || state === 'watched'
  if (state === 'overwritten') return seen ? 'watched' : 'overwritten'
  if (!seen) return held && outcome === 'differs' ? 'overwritten' : 'applied'
  return state === 'watched' ? 'watched' : 'verified'
}

/** State of a change after a line; `state` null = there is none yet. Throws WrongOrder. */
export function stateAfter(state: ChangeState | null, event: ChangeEvent): ChangeState {
  if (state === null) {
    if (event.type === 'drafted') return 'draft'
    throw new WrongOrder(state, event.type)
  }
  if (!ALLOWED[event.type].includes(state)) throw new WrongOrder(state, event.type)
  switch (event.type) {
    case 'drafted':
      return 'draft'
    case 'planned':
      return 'planned'
    case 'validated':
      return event.validation.refusals.length === 0 ? 'validated' : 'planned'
    case 'confirmed':
      return 'confirmed'
    case 'applying':
      return 'applying'
    case 'conflicted':
      return 'conflict'
    case 'ended':
      return event.outcome
    case 'verified':
      return afterVerified(state, event.verification.outcome)
    case 'watched':
      return afterWatched(state, event.watching)
    case 'undone':
      return 'undone'
    case 'discarded':
      return 'discarded'
    case 'sending':
    case 'answered':
    case 'stopped':
    case 'settled':
      return state
  }
}
