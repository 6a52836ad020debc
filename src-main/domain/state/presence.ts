import { isOurSide } from '../../contract/summary'
import { isHeard } from '../forecast/hearing'
import type { BrokerFacts } from '../topology/reading'

/**
 * How a broker is present: by its answers to us, and, where it gives none, by what the controllers hear. Exactly one of these at any moment. That it is on Metadata's list
 * is a fact of its own (`Listing`): a dead broker stays on it for a session, a fenced one may answer.
 *
 * answers: it answers us. unheard: not known yet whether it does, asked for the first time or anew after a sleep; what was read of it before says nothing about now. silent: it
 * answers neither us nor, as far as known, the controllers, so it will be fenced, and is elected by nobody. heard: silent to us, and the controllers hear it: it is not fenced, and may lead.
 * returning: listed again a moment ago, and its port is not open yet; the controllers hear it (seen on 4.4.0: listed some seconds before it opens its port). not-seen: a fault of our
 * own side hides it, so nothing is known of it. returning-not-seen: both. no-listener: live, and without a listener where we came in. not-asked: nobody asked it.
 */
export type Presence =
  | 'answers'
  | 'unheard'
  | 'silent'
  | 'heard'
  | 'returning'
  | 'not-seen'
  | 'returning-not-seen'
  | 'no-listener'
  | 'not-asked'

/** What rules ask of a presence, answered for every one of them. */
export interface Meaning {
  /** It was asked and gives us no answer, whatever the reason. */
  readonly unanswered: boolean
  /** It gives no answer, which is its own silence and not ours, and it is not on its way in. */
  readonly silent: boolean
  /** Silent to the controllers too: it is about to be fenced. */
  readonly leaves: boolean
  readonly unheard: boolean
  readonly unseen: boolean
  readonly returning: boolean
}

const NONE: Meaning = {
  unanswered: false,
  silent: false,
  leaves: false,
  unheard: false,
  unseen: false,
  returning: false,
}

export const MEANINGS: Readonly<Record<Presence, Meaning>> = {
  answers: NONE,
  unheard: { ...NONE, unheard: true },
  silent: { ...NONE, unanswered: true, silent: true, leaves: true },
  heard: { ...NONE, unanswered: true, silent: true },
  returning: { ...NONE, unanswered: true, returning: true },
  'not-seen': { ...NONE, unanswered: true, unseen: true },
  'returning-not-seen': { ...NONE, unanswered: true, unseen: true, returning: true },
  'no-listener': NONE,
  'not-asked': NONE,
}

/** From what we know of a broker; `now` NaN: nobody is known to be heard by the controllers. An address of old says nothing about one that lacks the listener. */
export function presenceOf(fact: BrokerFacts | undefined, now = NaN, lacksListener = false): Presence {
  if (lacksListener) return 'no-listener'
  if (fact === undefined) return 'not-asked'
  switch (fact.answers) {
    case 'yes':
      return 'answers'
    case 'connecting':
      return 'unheard'
    case 'no':
      if (isOurSide(fact)) return fact.returning ? 'returning-not-seen' : 'not-seen'
      if (fact.returning) return 'returning'
      return isHeard(fact.heardAt, fact.answersSince, now) ? 'heard' : 'silent'
  }
}

/** How Metadata has a broker. no-listener: not on its list, only because it lacks the listener by which we came in. gone: not on it, and there is no such reason. */
export type Listing = 'listed' | 'no-listener' | 'gone'

export function listingOf(isListed: boolean, lacksListener: boolean): Listing {
  if (lacksListener) return 'no-listener'
  return isListed ? 'listed' : 'gone'
}
