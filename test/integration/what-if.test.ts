/**
 * What is foretold of every broker, every rack and every pair of brokers of the five-broker sandbox, and what then happens to each partition when they are killed together: who is without a
 * leader, who refuses acks=all by its leader's own gauge, who leads. All of it once with every replica in sync, and once with the replicas of another broker missing.
 * Part of `npm run test:long -- what-if`: about half an hour.
 */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { WhatIf } from '../../src-main/contract/what-if'
import { whatIfView } from '../../src-main/monitor/observe/what-if-view'
import { createClock } from '../../src-main/ports/clock'
import { until } from '../../tools/sandbox'
import { keyOf } from '../../tools/sandbox/cluster-view'
import type { Director, Sandbox, Witness, WitnessPartition } from '../../tools/sandbox'
import { HEALTHY } from '../../src-main/shared/states'
import { endings } from '../support/endings'
import { startFiveStage } from '../support/five-stage'
import { standing } from '../support/truth-forecasts'
import type { Standing } from '../support/truth-forecasts'
import type { Recorder, Statement } from '../support/truth-recorder'
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

const GAUGES_MS = 30_000
const STAYS_MS = 2_000
const LOOK_MS = 500
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const IDS = [1, 2, 3, 4, 5]
const PAIRS = IDS.flatMap((a) => IDS.filter((b) => b > a).map((b) => [a, b]))
/** rack-a has 1 and 4, rack-b 2 and 5, rack-c 3: each is among them. */
const SETS: readonly (readonly number[])[] = [...IDS.map((id) => [id]), ...PAIRS]

/** Who is away before: the next one that is not asked about, so that each broker has its turn. */
function absentBeside(brokers: readonly number[]): number {
  const next = (id: number): number => (id % IDS.length) + 1
  let absent = next(brokers.at(-1)!)
  while (brokers.includes(absent)) absent = next(absent)
  return absent
}

const sortedIsr = ({ isr }: WitnessPartition): string => isr.toSorted((a, b) => a - b).join('+')

/** The picture tells every leader and every ISR as the brokers did. */
function tellsSame(one: Statement, rows: readonly WitnessPartition[]): boolean {
  const told = new Map(rows.map((row) => [keyOf(row), `${row.leader} ${sortedIsr(row)}`]))
  const { topology, leader, isr } = one
  return everyRow(one, (row) => {
    const key = keyOf({ topic: topology.topicNames[topology.topicIndex[row]!]!, partition: topology.partition[row]! })
    return told.get(key) === `${leader[row]} ${isr[row]}`
  })
}

/** Of a moment in which nothing moves, the picture being newer than what the brokers themselves told and the same. */
async function foretold(brokers: readonly number[], absent: readonly number[]) {
  const rows = await whenTopics(
    absent.length === 0 ? 'all to be in sync' : `broker ${absent.join()} to be out, and the others in sync`,
    (now) =>
      absent.length === 0
        ? now.every(inSync)
        : absent.every((id) => isOut(id, now)) &&
          now.every(
            ({ leader, isr, replicas }) =>
              leader < 0 || isr.length === replicas.filter((id) => !absent.includes(id)).length,
          ),
  )
  const before = { standing: await standing(witness), rows }
  const from = Date.now()
  await until('a picture of this moment', 60_000, () => {
    const newest = recorder.newest()
    const isSettled = absent.length > 0 || newest.headline.level === 'well'
    return newest.metadataAt > from && isSettled && tellsSame(newest, rows) ? newest : null
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

/** A leader's own gauge turns a while after Metadata tells its ISR, which on a busy machine is seconds: what was said has to come true, and to stay so. */
async function kept(
  said: WhatIf,
  before: { readonly standing: Standing; readonly rows: readonly WitnessPartition[] },
  rows: readonly WitnessPartition[],
): Promise<void> {
  const broken = async (): Promise<string[]> => brokenWhatIf(said, before, { standing: await standing(witness), rows })
  const deadline = Date.now() + GAUGES_MS
  while ((await broken()).length > 0 && Date.now() < deadline) await pause(LOOK_MS)
  await pause(STAYS_MS)
  expect(await broken()).toEqual([])
}

async function play(brokers: readonly number[], absent: readonly number[]): Promise<void> {
  const name = `${brokers.join(' and ')}${absent.length > 0 ? `, ${absent.join()} being away` : ''}`
  await Promise.all(absent.map((id) => sandbox.cluster.kill(id)))
  const { said, before } = await foretold(brokers, absent)
  expect(Object.values(said.unknown)).toEqual([0, 0, 0, 0, 0])
  expect([said.offline.complete, said.refuses.complete, said.topics.length]).toEqual([true, true, said.topicCount])
  await Promise.all(brokers.map((id) => sandbox.cluster.kill(id)))
  const rows = await whenTopics(`brokers ${name} to be out`, (now) => brokers.every((id) => isOut(id, now)))
  await kept(said, before, rows)
  const moved = said.moves.reduce((sum, { partitions }) => sum + partitions, 0)
  report.push(
    `${name}: ${said.offline.atLeast} offline, ${said.refuses.atLeast} refuse, ${said.loses.atLeast} lose, ${moved} leaders moved, as was said of ${rows.length}`,
  )
}

/** Also after a failure: what comes next is played on a cluster that is whole. */
afterEach(async () => {
  await director.heal()
  await whenTopics('every replica in sync', (healed) => healed.every(inSync))
  await until(
    'all healthy again',
    180_000,
    () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
  )
})

it.each(SETS.map((brokers) => [brokers.join(' and '), brokers] as const))(
  'brokers %s: every partition does what was said of it',
  (_name, brokers) => play(brokers, []),
)

it.each(SETS.map((brokers) => [brokers.join(' and '), absentBeside(brokers), brokers] as const))(
  'brokers %s while %i is away: every partition does what was said of it',
  (_name, absent, brokers) => play(brokers, [absent]),
)
