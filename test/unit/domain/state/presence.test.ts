import { describe, expect, it } from 'vitest'
import type { Silence } from '../../../../src-main/contract/summary'
import { MEANINGS, listingOf, presenceOf } from '../../../../src-main/domain/state/presence'
import type { Listing, Meaning, Presence } from '../../../../src-main/domain/state/presence'
import { Presences } from '../../../../src-main/domain/state/presences'
import type { BrokerFacts } from '../../../../src-main/domain/topology/reading'

const NOW = 20_000
const ANSWERS: BrokerFacts = {
  id: 7,
  answers: 'yes',
  answersSince: 10_000,
  silence: '',
  answeredFrom: 10_000,
  neverAnswered: false,
  heardAt: NaN,
  hearingAskedAt: NaN,
  returning: false,
  leadsTo: '',
  latencyMs: 4,
}
const no = (silence: Silence, more: Partial<BrokerFacts> = {}): BrokerFacts => ({
  ...ANSWERS,
  answers: 'no',
  silence,
  latencyMs: NaN,
  ...more,
})

const CASES: readonly (readonly [string, BrokerFacts | undefined, number, Presence])[] = [
  ['never asked', undefined, NOW, 'not-asked'],
  ['answers', ANSWERS, NOW, 'answers'],
  ['answers, whatever the controllers hear', { ...ANSWERS, heardAt: NOW }, NOW, 'answers'],
  ['asked for the first time', { ...ANSWERS, answers: 'connecting', neverAnswered: true }, NOW, 'unheard'],
  ['asked anew after a sleep, and heard', { ...ANSWERS, answers: 'connecting', heardAt: NOW }, NOW, 'unheard'],
  ['frozen', no('timeout'), NOW, 'silent'],
  ['its port is closed', no('refused'), NOW, 'silent'],
  ['it hung up', no('reset'), NOW, 'silent'],
  ['the way to it leads nowhere', no('no-route'), NOW, 'silent'],
  ['never answered', no('timeout', { neverAnswered: true }), NOW, 'silent'],
  ['heard since it fell silent', no('timeout', { heardAt: 19_000 }), NOW, 'heard'],
  ['heard for the last time as it fell silent: that was on its way', no('timeout', { heardAt: 11_000 }), NOW, 'silent'],
  ['heard since, and not for 6 s', no('timeout', { heardAt: 14_000 }), NOW, 'silent'],
  ['heard, and nobody knows what time it is', no('timeout', { heardAt: 19_000 }), NaN, 'silent'],
  ['listed again', no('refused', { returning: true }), NOW, 'returning'],
  ['listed again and heard', no('refused', { returning: true, heardAt: 19_000 }), NOW, 'returning'],
  ['this machine did not try', no('ours'), NOW, 'not-seen'],
  ['it refuses the login', no('auth'), NOW, 'not-seen'],
  ['its certificate is not trusted', no('tls'), NOW, 'not-seen'],
  ['its name has no address', no('unknown-host'), NOW, 'not-seen'],
  ['it speaks something else', no('protocol'), NOW, 'not-seen'],
  ['its address leads to another cluster', no('other-cluster', { leadsTo: 'abc' }), NOW, 'not-seen'],
  ['its name has no address, and the controllers hear it', no('unknown-host', { heardAt: 19_000 }), NOW, 'not-seen'],
  ['listed again, and its name has no address yet', no('unknown-host', { returning: true }), NOW, 'returning-not-seen'],
]

describe('the presence of a broker', () => {
  it.each(CASES)('%s', (_, fact, now, presence) => {
    expect(presenceOf(fact, now)).toBe(presence)
    expect(presenceOf(fact, now, true)).toBe('no-listener')
  })

  it('is each of them in some case', () => {
    const seen = new Set<Presence>([...CASES.map(([, , , presence]) => presence), 'no-listener'])
    expect([...seen].sort()).toEqual(Object.keys(MEANINGS).sort())
  })
})

/** What is true of each; what is left out is false. */
const TRUE_OF: Readonly<Record<Presence, readonly (keyof Meaning)[]>> = {
  answers: [],
  unheard: ['unheard'],
  silent: ['unanswered', 'silent', 'leaves'],
  heard: ['unanswered', 'silent'],
  returning: ['unanswered', 'returning'],
  'not-seen': ['unanswered', 'unseen'],
  'returning-not-seen': ['unanswered', 'unseen', 'returning'],
  'no-listener': [],
  'not-asked': [],
}

describe('look-ups by broker', () => {
  const lookUps = (of: Presences, id: number): unknown => ({
    unanswered: of.isUnanswered(id),
    silent: of.isSilent(id),
    leaves: of.leaves(id),
    unheard: of.isUnheard(id),
    unseen: of.isUnseen(id),
    returning: of.isReturning(id),
  })
  const expected = (presence: Presence): unknown => ({
    unanswered: false,
    silent: false,
    leaves: false,
    unheard: false,
    unseen: false,
    returning: false,
    ...Object.fromEntries(TRUE_OF[presence].map((what) => [what, true])),
  })

  it.each(CASES)('%s', (_, fact, now, presence) => {
    const of = new Presences(fact === undefined ? new Map() : new Map([[7, fact]]), now)
    expect([of.of(7), of.factOf(7)]).toEqual([presence, fact])
    expect(lookUps(of, 7)).toEqual(expected(presence))
    expect(of.answers(7)).toBe(presence === 'answers')
    const holds = (what: keyof Meaning): boolean => TRUE_OF[presence].includes(what)
    expect([of.noneSilent, of.allHeard, of.allSeen]).toEqual([!holds('silent'), !holds('unheard'), !holds('unseen')])
  })

  it('one without our listener is nothing else, whatever an address of old tells', () => {
    const of = new Presences(new Map([[7, no('timeout')]]), NOW, new Set([7, 8]))
    for (const id of [7, 8]) expect([of.of(id), lookUps(of, id)]).toEqual(['no-listener', expected('no-listener')])
    expect(of.noneSilent).toBe(true)
  })
})

it.each<[boolean, boolean, Listing]>([
  [true, false, 'listed'],
  [false, true, 'no-listener'],
  [false, false, 'gone'],
])('Metadata lists it: %s, it lacks our listener: %s', (isListed, lacksListener, listing) => {
  expect(listingOf(isListed, lacksListener)).toBe(listing)
})
