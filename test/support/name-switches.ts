/** When a name comes to lead to the other cluster, and how. */
import type { Checkpoint, Reach } from '../../src-main/change/book/checkpoints'
import type { NameRelay } from './name-relay'

const METADATA = 3
const DESCRIBE_CONFIGS = 32
const ALTER_CONFIGS = 44

/** A moment of a change, or the first such question or answer on the wire after one. */
type Moment =
  | { readonly reach: Checkpoint }
  | { readonly after: Checkpoint; readonly what: 'question' | 'answer'; readonly apiKey: number }

/** In the order in which a change comes by them. */
export const MOMENTS = {
  'before it is planned': { reach: 'drafted' },
  'while it is planned': { reach: 'plan-read' },
  'once it is planned': { reach: 'planned' },
  'its trial run on the way': { after: 'planned', what: 'question', apiKey: ALTER_CONFIGS },
  'its trial run answered': { after: 'planned', what: 'answer', apiKey: ALTER_CONFIGS },
  'once it was tried': { reach: 'validated' },
  'once it is confirmed': { reach: 'confirmed' },
  'when it begins': { reach: 'applying' },
  'after the last look': { reach: 're-read' },
  'between the line and the write': { reach: 'sending' },
  'the write on its way': { after: 'sending', what: 'question', apiKey: ALTER_CONFIGS },
  'the write carried out, its answer on its way': { after: 'sending', what: 'answer', apiKey: ALTER_CONFIGS },
  'between the answer and its line': { reach: 'sent' },
  'once the answer is written down': { reach: 'answered' },
  'between two topics': { reach: 'between-batches' },
  'once all of it was sent': { reach: 'ended' },
  'before it is verified': { reach: 'before-verify' },
  'while it is verified': { after: 'before-verify', what: 'question', apiKey: DESCRIBE_CONFIGS },
  'once it is verified': { reach: 'verified' },
  'when watching begins': { reach: 'watch-begun' },
  'while it is watched': { reach: 'during-watch' },
} as const satisfies Readonly<Record<string, Moment>>
export type MomentName = keyof typeof MOMENTS

interface Switch {
  readonly sides: Parameters<NameRelay['lead']>[0]
  readonly standing: Parameters<NameRelay['lead']>[1]
  /** New connections lead to A again once one has been told whose B is. */
  readonly back: boolean
}

export const SWITCHES = {
  'all connections': { sides: ['B'], standing: 'cut', back: false },
  /** As when they were idle: the picture goes on to be of A, and the write has to be sent over a new one. */
  'those of the change': { sides: ['B'], standing: 'keep-polling', back: false },
  'new connections': { sides: ['B'], standing: 'keep', back: false },
  'all, and back again': { sides: ['B'], standing: 'cut', back: true },
  'new ones, and back again': { sides: ['B'], standing: 'keep', back: true },
  'each in turn': { sides: ['B', 'A'], standing: 'cut', back: false },
} as const satisfies Readonly<Record<string, Switch>>
export type SwitchName = keyof typeof SWITCHES

export interface NameSwitch {
  /** Of the engine whose changes it is about. */
  readonly reach: Reach
  /** From now on it waits for its moment. */
  arm(): void
  /** Both in one. */
  now(): void
  /** Whether its moment has come. */
  readonly done: boolean
  /** The name leads to A, and that is that; connections that stand go on. */
  end(): void
}

/** States: off → armed → (near: its checkpoint is behind it, what it waits for on the wire is not) → there → back or for good; `end` from each. */
export function switchAt(relay: NameRelay, moment: MomentName, kind: SwitchName): NameSwitch {
  const when: Moment = MOMENTS[moment]
  const { sides, standing, back }: Switch = SWITCHES[kind]
  let state: 'off' | 'armed' | 'near' | 'there' | 'for good' = 'off'
  let done = false
  const go = (): void => {
    done = true
    state = back ? 'there' : 'for good'
    relay.lead(sides, standing)
  }
  relay.onPassing(({ what, apiKey, side }) => {
    if (state === 'near' && 'what' in when && what === when.what && apiKey === when.apiKey) go()
    else if (state === 'there' && side === 'B' && what === 'answer' && apiKey === METADATA) {
      state = 'for good'
      // Once this answer was passed on: whoever asked shall know where it was.
      setImmediate(() => relay.lead(['A'], 'keep'))
    }
  })
  return {
    reach: (point) => {
      if (state !== 'armed') return
      const named = point === 'undo-drafted' ? 'drafted' : point
      if ('reach' in when && named === when.reach) go()
      else if ('after' in when && named === when.after) state = 'near'
    },
    arm: () => {
      state = 'armed'
    },
    now: go,
    get done() {
      return done
    },
    end: () => {
      state = 'off'
      relay.lead(['A'], 'keep')
    },
  }
}
