/**
 * Two real clusters behind one name, which comes to lead to the other one in the middle of a change: nothing is written there, it is said, and what was
 * begun is carried on and taken back on its own. The most telling cases; every step and every kind of switch: `npm run test:long -- names`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endings } from '../support/endings'
import { play, titleOf, topicsOf } from '../support/name-cases'
import type { NameCase } from '../support/name-cases'
import { playRestart } from '../support/name-restarts'
import { startTwoClusters } from '../support/two-clusters'
import type { TwoClusters } from '../support/two-clusters'

const CASES: readonly NameCase[] = [
  { of: 'change', when: 'once it is confirmed', how: 'those of the change' },
  { of: 'change', when: 'between two topics', how: 'all connections' },
  { of: 'change', when: 'the write carried out, its answer on its way', how: 'all, and back again' },
  { of: 'undo', when: 'at rest', how: 'all connections' },
]
const opened = endings()
let two: TwoClusters
/** All are under way at once, each behind a name of its own: they wait for time to pass more than for each other. */
let played: readonly Promise<string>[]

beforeAll(async () => {
  const topics = [...CASES, 'restart'].map((_one, at) => topicsOf(at))
  two = await startTwoClusters(topics.length, Object.fromEntries(topics.flatMap((own) => Object.entries(own))))
  opened.add(() => two.close())
  played = topics.map((own, at) => {
    const one = CASES[at]
    const [name, names] = [two.names[at]!, Object.keys(own)]
    return one === undefined ? playRestart('sending', name, two, names) : play(one, name, two, names)
  })
  // Each is awaited by its test.
  for (const one of played) one.catch(() => undefined)
})

afterAll(opened.all)

describe('a change whose cluster’s name leads to another one', () => {
  it.each(CASES.map((one, at) => [titleOf(one), at] as const))('%s', async (title, at) => {
    expect(await played[at]).toContain(title)
  })

  it('after Highwater has ended between the line and the write', async () => {
    expect(await played.at(-1)).toContain('failed')
  })
})
