/**
 * Every step of a change and of an undo, by every kind of switch, with two real clusters behind one name; and restarts in between. Part of
 * `npm run test:long -- names`: some minutes. Prints what came of each.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endings } from '../support/endings'
import { play, settingsOfB, titleOf, topicsOf } from '../support/name-cases'
import type { NameCase } from '../support/name-cases'
import { playRestart } from '../support/name-restarts'
import { MOMENTS, SWITCHES } from '../support/name-switches'
import type { MomentName, SwitchName } from '../support/name-switches'
import { startTwoClusters } from '../support/two-clusters'
import type { ClusterName, TwoClusters } from '../support/two-clusters'

/** So many cases are under way at once. */
const NAMES = 12
const RESTARTS = ['applying', 're-read', 'sending', 'sent', 'answered', 'between-batches', 'ended', 'verified'] as const

type Play = (at: ClusterName, two: TwoClusters, topics: readonly string[]) => Promise<string>
interface Planned {
  readonly title: string
  readonly play: Play
}

const keys = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]
const everyMoment = keys<MomentName>(MOMENTS)
const moments: Readonly<Record<NameCase['of'], readonly NameCase['when'][]>> = {
  change: everyMoment,
  // While it is watched so is what it takes back, and which of the two a picture is looked at for cannot be told.
  undo: ['at rest', ...everyMoment.filter((when) => when !== 'while it is watched')],
}
const planned: readonly Planned[] = [
  ...keys<SwitchName>(SWITCHES).flatMap((how) =>
    keys<NameCase['of']>(moments).flatMap((of) =>
      moments[of].map((when): Planned => {
        const one: NameCase = { of, when, how }
        return { title: titleOf(one), play: (...args) => play(one, ...args) }
      }),
    ),
  ),
  ...RESTARTS.map((point): Planned => ({
    title: `restart, ended at ${point}`,
    play: (...args) => playRestart(point, ...args),
  })),
]

const topics = planned.map((_one, at) => topicsOf(at))
const everyTopic = topics.flatMap((own) => Object.keys(own))
const opened = endings()
const lines: string[] = []
let two: TwoClusters
let ofB: unknown
let played: readonly Promise<string>[]

beforeAll(async () => {
  two = await startTwoClusters(NAMES, Object.fromEntries(topics.flatMap((own) => Object.entries(own))))
  opened.add(() => two.close())
  ofB = await settingsOfB(two, everyTopic)
  const lanes: Promise<unknown>[] = two.names.map(() => Promise.resolve())
  played = planned.map((one, at) => {
    const lane = at % NAMES
    const done = lanes[lane]!.then(() => one.play(two.names[lane]!, two, Object.keys(topics[at]!)))
    lanes[lane] = done.catch((cause: unknown) => {
      lines.push(`${one.title}: FAILED ${String(cause)}`)
    })
    return done
  })
})

afterAll(async () => {
  process.stdout.write(`${lines.map((line) => `  ${line}`).join('\n')}\n`)
  await opened.all()
})

describe('a change whose cluster’s name leads to another one', () => {
  it.each(planned.map(({ title }, at) => [title, at] as const))('%s', async (title, at) => {
    const line = await played[at]!
    lines.push(line)
    expect(line).toContain(title)
  })

  it('has left nothing on the other one, whatever the step was', async () => {
    await Promise.allSettled(played)
    expect(await settingsOfB(two, everyTopic)).toEqual(ofB)
    expect(two.names.flatMap(({ relay }) => relay.passed).length).toBeGreaterThan(1_000)
  })
})
