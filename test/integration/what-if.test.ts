/**
 * What is foretold of every broker, every rack and every pair of brokers of the five-broker sandbox, and what then happens to each partition when they are killed together: who is without a
 * leader, who refuses acks=all by its leader's own gauge, who leads. Part of `npm run test:long -- what-if`: about a quarter of an hour.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WhatIf } from '../../src-main/contract/what-if'
import { whatIfView } from '../../src-main/monitor/observe/what-if-view'
import { createClock } from '../../src-main/ports/clock'
import { until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness } from '../../tools/sandbox'
import { HEALTHY } from '../../src-main/shared/states'
import { endings } from '../support/endings'
import { startFiveStage } from '../support/five-stage'
import { standing } from '../support/truth-forecasts'
import type { Recorder } from '../support/truth-recorder'
import { everyRow, inSync, isOut, truthRounds } from '../support/truth-rounds'
import { brokenWhatIf } from '../support/truth-what-if'

const opened = endings()
let sandbox: Sandbox
let director: Director
let witness: Witness
let recorder: Recorder
const { whenTopics, report } = truthRounds(() => ({ recorder, witness }))

beforeAll(async () => {
  ;({ sandbox, director, witness, recorder } = await startFiveStage('what-if', opened))
})

afterAll(async () => {
  process.stdout.write(`${report.map((line) => `  ${line}`).join('\n')}\n`)
  await opened.all()
})

const IDS = [1, 2, 3, 4, 5]
const PAIRS = IDS.flatMap((a) => IDS.filter((b) => b > a).map((b) => [a, b]))
/** rack-a has 1 and 4, rack-b 2 and 5, rack-c 3: each is among them. */
const SETS: readonly (readonly number[])[] = [...IDS.map((id) => [id]), ...PAIRS]

/** Of a moment in which all is well, the picture being newer than what the brokers themselves told. */
async function foretold(brokers: readonly number[]) {
  const rows = await whenTopics('all to be in sync', (now) => now.every(inSync))
  const before = { standing: await standing(witness), rows }
  const from = Date.now()
  await until('a picture of this moment in which all is well', 60_000, () => {
    const newest = recorder.newest()
    return newest.metadataAt > from && newest.headline.level === 'well' ? newest : null
  })
  const { picture, live } = recorder.monitor
  if (picture === null || live === null) throw new Error('there is no picture')
  const said: WhatIf = await whatIfView(createClock(), picture, live, brokers)
  return { said, before }
}

it('knows the racks of the pairs', () => {
  const racks = sandbox.cluster.brokers().map(({ rack }) => rack)
  expect(racks).toEqual(['rack-a', 'rack-b', 'rack-c', 'rack-a', 'rack-b'])
})

it.each(SETS.map((brokers) => [brokers.join(' and '), brokers] as const))(
  'brokers %s: every partition does what was said of it',
  async (name, brokers) => {
    const { said, before } = await foretold(brokers)
    expect(Object.values(said.unknown)).toEqual([0, 0, 0, 0, 0])
    expect([said.offline.complete, said.refuses.complete, said.topics.length]).toEqual([true, true, said.topicCount])
    await Promise.all(brokers.map((id) => sandbox.cluster.kill(id)))
    const rows = await whenTopics(`brokers ${name} to be out`, (now) => brokers.every((id) => isOut(id, now)))
    const now = { standing: await standing(witness), rows }
    expect(brokenWhatIf(said, before, now)).toEqual([])
    const moved = said.moves.reduce((sum, { partitions }) => sum + partitions, 0)
    report.push(
      `${name}: ${said.offline.atLeast} offline, ${said.refuses.atLeast} refuse, ${said.loses.atLeast} lose, ${moved} leaders moved, as was said`,
    )
    await director.heal()
    await whenTopics(`every replica in sync after ${name}`, (healed) => healed.every(inSync))
    await until(
      'all healthy again',
      180_000,
      () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
    )
  },
)
