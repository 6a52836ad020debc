/**
 * Random faults on five real brokers, one to three in a row, and everything that is said meanwhile held against the brokers' own word: leaders, ISRs, LEOs, lags and high
 * watermarks; who takes acks=all, who refuses it, who has no leader, and "well"; what a stop does; every countdown. HIGHWATER_FAULTS: how many sequences (60);
 * HIGHWATER_SEED makes the same ones again. Part of `npm run test:long -- random`: about a minute a sequence.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HEALTHY } from '../../src-main/shared/states'
import { direct, fiveShape, startSandbox, startWitness, until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness, WitnessPartition } from '../../tools/sandbox'
import { createRandom, type Random } from '../support/change-random'
import { endings } from '../support/endings'
import { watchStalls, type StallWatch } from '../support/stall-watch'
import { compareOnce } from '../support/truth-check'
import { brokenStop, judgeCountdowns, judgeStates, sameStanding, standing, stopWord } from '../support/truth-forecasts'
import { startRecorder, type Recorder } from '../support/truth-recorder'
import { everyRow } from '../support/truth-rounds'

const WANTED = Number(process.env['HIGHWATER_FAULTS'] ?? 60)
const SEED = Number(process.env['HIGHWATER_SEED'] ?? Date.now() % 1_000_000_007)
const BROKERS = [1, 2, 3, 4, 5]
/** The last fault has shown what it does by then: a session ends after 9 s, a follower is evicted after 10 to 15 s. */
const SETTLES_MS = 60_000

const opened = endings()
let sandbox: Sandbox
let director: Director
let witness: Witness
let recorder: Recorder
let stalls: StallWatch
const tally = {
  faults: 0,
  'could not be played': 0,
  'rounds of leaders, ISRs, LEOs, lags, HWs': 0,
  'states told': 0,
  '"well" told': 0,
  'stops foretold': 0,
  'of those without any effect': 0,
  'countdowns ended': 0,
}

beforeAll(async () => {
  process.stdout.write(`  ${WANTED} sequences of random faults, seed ${SEED}\n`)
  sandbox = await startSandbox({ shape: fiveShape, label: 'random' })
  opened.add(() => sandbox.close())
  director = direct(sandbox)
  witness = await startWitness(sandbox.cluster)
  opened.add(() => witness.close())
  recorder = startRecorder(sandbox.cluster.bootstrap)
  opened.add(() => recorder.close())
  stalls = watchStalls()
  opened.add(() => stalls.stop())
  await until('the first picture', 90_000, () => (recorder.statements.length > 3 ? true : null))
})

afterAll(async () => {
  process.stdout.write(
    `${Object.entries(tally)
      .map(([what, n]) => `  ${what}: ${n}`)
      .join('\n')}\n`,
  )
  await opened.all()
})

interface Fault {
  readonly scene: string
  readonly broker: number | undefined
}

/** Those that stop a broker, freeze one, cut one off, slow one down, and what only costs time. */
const OF_A_BROKER = [
  'dead-broker',
  'frozen-broker',
  'shutdown',
  'stale-broker',
  'slow-follower',
  'min-isr-block',
] as const
const OF_ALL = ['burst', 'quota'] as const

/** A broker is hurt once: a dead one cannot be frozen. */
function draw(random: Random): Fault[] {
  const brokers = random.some(BROKERS, 3)
  return Array.from({ length: 1 + random.below(3) }, (_, at) =>
    random.chance(0.15)
      ? { scene: random.pick(OF_ALL), broker: undefined }
      : { scene: random.pick(OF_A_BROKER), broker: brokers[at] },
  )
}

const isOut = (broker: number, rows: readonly WitnessPartition[]): boolean =>
  rows.every(({ leader, isr }) => leader < 0 || (leader !== broker && !isr.includes(broker)))

/** One look: the pictures between two equal words of the brokers, and a full comparison. */
async function judgeNow(): Promise<string[]> {
  const before = await standing(witness)
  const from = Date.now()
  await until('a picture of this moment', 60_000, () => recorder.newest().metadataAt > from || null, 20)
  const to = Date.now()
  const after = await standing(witness)
  const refuted: string[] = []
  if (sameStanding(before, after))
    for (const one of recorder.statements) {
      if (one.metadataAt < from || one.publishedAt > to) continue
      const judged = judgeStates(one, before)
      tally['states told'] += judged.told
      tally['"well" told'] += judged.saidWell ? 1 : 0
      refuted.push(...judged.refuted)
    }
  const { disagreements } = await compareOnce(recorder, witness)
  tally['rounds of leaders, ISRs, LEOs, lags, HWs'] += 1
  return [...refuted, ...disagreements]
}

/** A stop in a cluster that is well: what was said of it has to be what becomes of it. */
async function judgeStop({ scene, broker }: Fault): Promise<string[]> {
  const said = stopWord(recorder.newest(), broker!)
  const before = await standing(witness)
  await director.play(scene, broker)
  tally.faults += 1
  await until(
    `broker ${broker} to be out`,
    60_000,
    async () => isOut(broker!, await witness.describeTopics()) || null,
    250,
  )
  tally['stops foretold'] += 1
  if (said.refuses.complete && said.offline.complete && said.refuses.atLeast + said.offline.atLeast === 0)
    tally['of those without any effect'] += 1
  // A leader's gauge follows its ISR at once, and one question may come in between.
  await standing(witness)
  return brokenStop(said, before, await standing(witness))
}

async function play(fault: Fault): Promise<boolean> {
  try {
    await director.play(fault.scene, fault.broker)
  } catch {
    // What it needs is away already, which is no fault of anybody.
    tally['could not be played'] += 1
    return false
  }
  tally.faults += 1
  return true
}

/** Until two looks in a row find the same, and nobody who is listed is silent. */
async function untilSettled(): Promise<string[]> {
  const deadline = Date.now() + SETTLES_MS
  let before = ''
  for (;;) {
    const found = await judgeNow()
    const rows = await witness.describeTopics()
    const now = rows.map(({ leader, isr }) => `${leader}:${isr.join()}`).join(' ')
    const quiet = recorder.newest().headline.silent.length === 0
    if (found.length > 0 || (quiet && now === before) || Date.now() > deadline) return found
    before = now
  }
}

it(`says nothing that the brokers refute, in ${WANTED} sequences of random faults`, async () => {
  const random = createRandom(SEED)
  for (let sequence = 1; sequence <= WANTED; sequence += 1) {
    await until(
      'all well',
      180_000,
      () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
    )
    const from = Date.now()
    const faults = draw(random)
    const name = `sequence ${sequence} (seed ${SEED}): ${faults.map(({ scene, broker = '' }) => `${scene} ${broker}`.trim()).join(', ')}`
    const said: string[] = []
    for (const [at, fault] of faults.entries()) {
      if (at === 0 && (fault.scene === 'dead-broker' || fault.scene === 'shutdown'))
        said.push(...(await judgeStop(fault)))
      else if (await play(fault)) said.push(...(await judgeNow()))
    }
    said.push(...(await untilSettled()))
    const { ended, broken } = judgeCountdowns(recorder.statements, from, (a, b) => stalls.stalled(a, b))
    tally['countdowns ended'] += ended
    expect([...said, ...broken], name).toEqual([])
    process.stdout.write(`  ${name}: ${Math.round((Date.now() - from) / 1000)} s, nothing refuted\n`)
    await director.heal()
    expect(await judgeNow(), `${name}, healed`).toEqual([])
  }
  // Who says nothing is never refuted.
  expect(tally['states told']).toBeGreaterThan(100 * WANTED)
  expect(tally['"well" told']).toBeGreaterThan(0)
  expect(tally['countdowns ended']).toBeGreaterThan(0)
}, 0)
