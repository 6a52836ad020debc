/** Rules that the types keep: each fixture breaks one, and the compiler has to say so. */
import { beforeAll, describe, expect, it } from 'vitest'
import { channels } from './channels'
import { problemsOf } from './compile'
import type { Fixture } from './compile'
import { phrases } from './phrases'
import { picture } from './picture'
import { seen } from './seen'
import { unions } from './unions'

const all = { channels, phrases, picture, seen, unions }

let problems: ReadonlyMap<Fixture, readonly string[]>
beforeAll(() => {
  problems = problemsOf(Object.values(all).flat())
}, 300_000)

describe.each(Object.entries(all))('%s', (_name, fixtures) => {
  it.each(fixtures.map((fixture) => [fixture.what, fixture] as const))('%s', (_what, fixture) => {
    const found = problems.get(fixture)
    if (fixture.refused === null) expect(found).toEqual([])
    else expect(found).toEqual([expect.stringMatching(fixture.refused)])
  })
})
