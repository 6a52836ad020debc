/**
 * What is foretold of every broker, every rack and every pair of brokers of the five-broker sandbox, and what then happens to each partition when they are killed together: who is without a
 * leader, who refuses acks=all by its leader's own gauge, who leads. All of it once with every replica in sync, once with another broker away, and once with replicas missing whose broker lives.
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
import { holdBack, type HeldBack } from '../support/held-back'
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
let held: HeldBack | null = null
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
/** Replicas of the topic that elects anybody: its leader, and who follows. */
const [LEADS_LOSSY, SLOW] = [1, 2]
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

const sameMembers = (a: readonly number[], b: readonly number[]): boolean =>
  [...a].sort().join() === [...b].sort().join()
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

/** How all stands before the question. */
interface Before {
  /** Behind the names of the brokers, '' = with every replica in sync. */
  readonly name: string
  readonly isWell: boolean
  readonly holds: (rows: readonly WitnessPartition[]) => boolean
}

const WHOLE: Before = { name: '', isWell: true, holds: (rows) => rows.every(inSync) }
const away = (absent: number): Before => ({
  name: `, ${absent} being away`,
  isWell: false,
  holds: (rows) =>
    isOut(absent, rows) &&
    rows.every(
      ({ leader, isr, replicas }) => leader < 0 || isr.length === replicas.filter((id) => id !== absent).length,
    ),
})
/** The replicas of a broker that lives, of these partitions alone. */
const outside = (slow: number, keys: ReadonlySet<string>): Before => ({
  name: `, replicas of ${slow} being out of the ISR`,
  isWell: false,
  holds: (rows) =>
    rows.every(({ leader, isr, replicas, ...row }) => {
      const missing = keys.has(keyOf(row)) ? [slow] : []
      return (
        leader === replicas[0] &&
        sameMembers(
          isr,
          replicas.filter((id) => !missing.includes(id)),
        )
      )
    }),
})

/** Of a moment in which nothing moves, the picture being newer than what the brokers themselves told and the same. */
async function foretold(brokers: readonly number[], { name, isWell, holds }: Before) {
  const rows = await whenTopics(name === '' ? 'all to be in sync' : `all to be in sync${name}`, holds)
  const before = { standing: await standing(witness), rows }
  const from = Date.now()
  await until('a picture of this moment', 60_000, () => {
    const newest = recorder.newest()
    const isSettled = !isWell || newest.headline.level === 'well'
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

/** A leader's own gauge turns a while after Metadata tells its ISR, which on a busy machine is seconds: what was said has to come true, and to stay so. Resolves with how long that took, in ms. */
async function kept(
  said: WhatIf,
  before: { readonly standing: Standing; readonly rows: readonly WitnessPartition[] },
  rows: readonly WitnessPartition[],
): Promise<number> {
  const broken = async (): Promise<string[]> => brokenWhatIf(said, before, { standing: await standing(witness), rows })
  const from = Date.now()
  while ((await broken()).length > 0 && Date.now() - from < GAUGES_MS) await pause(LOOK_MS)
  const tookMs = Date.now() - from
  await pause(STAYS_MS)
  expect(await broken()).toEqual([])
  return tookMs
}

async function play(brokers: readonly number[], how: Before): Promise<WhatIf> {
  const name = `${brokers.join(' and ')}${how.name}`
  const { said, before } = await foretold(brokers, how)
  expect(Object.values(said.unknown)).toEqual([0, 0, 0, 0, 0])
  expect([said.offline.complete, said.refuses.complete, said.topics.length]).toEqual([true, true, said.topicCount])
  await Promise.all(brokers.map((id) => sandbox.cluster.kill(id)))
  const rows = await whenTopics(`brokers ${name} to be out`, (now) => brokers.every((id) => isOut(id, now)))
  const tookMs = await kept(said, before, rows)
  const moved = said.moves.reduce((sum, { partitions }) => sum + partitions, 0)
  report.push(
    `${name}: ${said.offline.atLeast} offline, ${said.refuses.atLeast} refuse, ${said.loses.atLeast} lose, ${moved} leaders moved, as was said of ${rows.length}, by the gauges within ${tookMs} ms`,
  )
  return said
}

/** Also after a failure: what comes next is played on a cluster that is whole. */
afterEach(async () => {
  await director.heal()
  await held?.undo()
  held = null
  await whenTopics('every replica in sync', (healed) => healed.every(inSync))
  await until(
    'all healthy again',
    180_000,
    () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
  )
})

it.each(SETS.map((brokers) => [brokers.join(' and '), brokers] as const))(
  'brokers %s: every partition does what was said of it',
  async (_name, brokers) => {
    await play(brokers, WHOLE)
  },
)

it.each(SETS.map((brokers) => [brokers.join(' and '), absentBeside(brokers), brokers] as const))(
  'brokers %s while %i is away: every partition does what was said of it',
  async (_name, absent, brokers) => {
    await sandbox.cluster.kill(absent)
    await play(brokers, away(absent))
  },
)

it.each(SETS.filter((brokers) => !brokers.includes(SLOW)).map((brokers) => [brokers.join(' and '), brokers] as const))(
  `brokers %s while replicas of ${SLOW}, which lives, are out of the ISR: every partition does what was said of it`,
  async (_name, brokers) => {
    held = await holdBack(sandbox, SLOW)
    const said = await play(brokers, outside(SLOW, held.keys))
    // Who leads the topic that elects anybody leaves it to a replica that lacks records.
    expect(said.loses.atLeast).toBe(brokers.includes(LEADS_LOSSY) ? 1 : 0)
  },
)
