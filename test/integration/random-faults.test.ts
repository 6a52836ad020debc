/**
 * Random faults on five real brokers, one to three in a row, and everything that is said meanwhile held against the brokers' own word: leaders, ISRs, LEOs, lags and high
 * watermarks; who takes acks=all, who refuses it, who has no leader, and "well"; what a stop does; every countdown. What is refuted is printed at once, and the run goes on.
 * HIGHWATER_SEQUENCES: how many (60); HIGHWATER_SEED makes the same ones again. Part of `npm run test:long -- random`: about a minute a sequence.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roles, until } from '../../tools/sandbox'
import type { Director, Witness } from '../../tools/sandbox'
import { createRandom, type Random } from '../support/change-random'
import { endings } from '../support/endings'
import { startFiveStage } from '../support/five-stage'
import type { StallWatch } from '../support/stall-watch'
import { compareOnce } from '../support/truth-check'
import {
  brokenStop,
  judgeCountdowns,
  judgeStates,
  LEAVING,
  sameStanding,
  standing,
  stopWord,
} from '../support/truth-forecasts'
import type { Recorder } from '../support/truth-recorder'
import { isOut } from '../support/truth-rounds'

const WANTED = Number(process.env['HIGHWATER_SEQUENCES'] ?? 60)
const SEED = Number(process.env['HIGHWATER_SEED'] ?? Date.now() % 1_000_000_007)
const BROKERS = [1, 2, 3, 4, 5]
/** The last fault has shown what it does by then: a session ends after 9 s, a follower is evicted after 10 to 15 s. */
const SETTLES_MS = 60_000
/** Judged in one look, between two equal words of the brokers. */
const PICTURES = 3
/** A round tells the same line for each picture in which it is wrong. */
const LINES_OF_ONE = 12

const opened = endings()
let director: Director
let witness: Witness
let recorder: Recorder
let stalls: StallWatch
const tally = {
  faults: 0,
  'could not be played': 0,
  'rounds of comparison': 0,
  'leaders and ISRs compared': 0,
  'left out of these, as passing': 0,
  'LEOs compared': 0,
  'of those for equality': 0,
  'lags compared': 0,
  'HWs compared': 0,
  'states told': 0,
  '"well" told': 0,
  'stops foretold': 0,
  'of those without any effect': 0,
  'countdowns ended': 0,
}
const KINDS = ['leaders, ISRs, LEOs, lags, HWs', 'states and "well"', 'stops', 'countdowns', 'came to no end'] as const
interface Refuted {
  readonly kind: (typeof KINDS)[number]
  readonly what: string
}
const refuted: { readonly name: string; readonly one: Refuted }[] = []
const asRefuted = (kind: Refuted['kind'], lines: Iterable<string>): Refuted[] =>
  [...new Set(lines)].map((what) => ({ kind, what }))

beforeAll(async () => {
  process.stdout.write(`  ${WANTED} sequences of random faults, seed ${SEED}\n`)
  ;({ director, witness, recorder, stalls } = await startFiveStage('random', opened))
})

afterAll(async () => {
  const figures = KINDS.map(
    (kind) => [`refuted, ${kind}`, refuted.filter(({ one }) => one.kind === kind).length] as const,
  )
  process.stdout.write([...Object.entries(tally), ...figures].map(([what, n]) => `  ${what}: ${n}\n`).join(''))
  await opened.all()
})

interface Fault {
  readonly scene: (typeof OF_A_BROKER)[number] | (typeof OF_ALL)[number]
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
/** Of a broker that stays where it was. */
const STAYS: readonly string[] = ['slow-follower', ...OF_ALL]

/** Their writes wait until every broker that runs shows them, for which one that is cut off is waited for in vain. */
const WRITES: readonly string[] = ['slow-follower', 'min-isr-block', 'quota']
const isCutOff = ({ scene }: Fault): boolean => scene === 'stale-broker'

/** A broker is hurt once: a dead one cannot be frozen. */
function draw(random: Random): Fault[] {
  const brokers = random.some(BROKERS, 3)
  const faults: Fault[] = Array.from({ length: 1 + random.below(3) }, (_, at) =>
    random.chance(0.15)
      ? { scene: random.pick(OF_ALL), broker: undefined }
      : { scene: random.pick(OF_A_BROKER), broker: brokers[at] },
  )
  if (!faults.some(({ scene }) => WRITES.includes(scene))) return faults
  return faults.sort((a, b) => Number(isCutOff(a)) - Number(isCutOff(b)))
}

const allWell = (): Promise<boolean> =>
  until('all to be well', 180_000, () => recorder.newest().headline.level === 'well' || null, 20)

/** A setting is read again after 5 s at best (monitor/facts/topic-settings.ts); until then what is said of writes is of the one before. */
const minIsrRead = (): Promise<boolean> =>
  until('its min ISR to be read', 120_000, async () => {
    const { picture } = recorder.monitor
    const settings = await witness.topicSettings(roles.guarded)
    const wanted = settings.find(({ key }) => key === 'min.insync.replicas')?.value
    const topic = picture?.topology.topicNames.indexOf(roles.guarded) ?? -1
    return String(picture?.minInSyncReplicas[topic]) === wanted || null
  })

/** One look: the pictures between two equal words of the brokers, and a full comparison. */
async function judgeNow(): Promise<Refuted[]> {
  const before = await standing(witness)
  const from = Date.now()
  await until(
    'pictures of this moment',
    60_000,
    () => recorder.statements.filter(({ metadataAt }) => metadataAt > from).length >= PICTURES || null,
    20,
  )
  const to = Date.now()
  const after = await standing(witness)
  const states: string[] = []
  if (sameStanding(before, after))
    for (const one of recorder.statements) {
      if (one.metadataAt < from || one.publishedAt > to) continue
      const judged = judgeStates(one, before)
      tally['states told'] += judged.told
      tally['"well" told'] += judged.saidWell ? 1 : 0
      states.push(...judged.refuted)
    }
  const round = await compareOnce(recorder, witness)
  tally['rounds of comparison'] += 1
  tally['leaders and ISRs compared'] += round.partitions
  tally['left out of these, as passing'] += round.passing
  tally['LEOs compared'] += round.logEndOffsets
  tally['of those for equality'] += round.exact
  tally['lags compared'] += round.lags
  tally['HWs compared'] += round.highWatermarks
  return [
    ...asRefuted('states and "well"', states),
    ...asRefuted('leaders, ISRs, LEOs, lags, HWs', round.disagreements),
  ]
}

/** A stop in a cluster that is well: what was said of it has to be what becomes of it. */
async function judgeStop({ scene, broker }: Fault): Promise<Refuted[]> {
  const before = await standing(witness)
  await allWell()
  const said = stopWord(recorder.newest(), broker!)
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
  return asRefuted('stops', brokenStop(said, before, await standing(witness)))
}

async function play(fault: Fault): Promise<boolean> {
  try {
    await director.play(fault.scene, fault.broker)
    tally.faults += 1
    return true
  } catch {
    // What it needs is away already, which is no fault of anybody.
    tally['could not be played'] += 1
    return false
  } finally {
    if (fault.scene === 'min-isr-block') await minIsrRead()
  }
}

/** Until who had to go is out, no countdown runs, nobody who is listed is silent, and two looks in a row find the same. */
async function untilSettled(hurt: readonly number[]): Promise<Refuted[]> {
  const deadline = Date.now() + SETTLES_MS
  let before = ''
  for (;;) {
    const found = await judgeNow()
    const rows = await witness.describeTopics()
    const now = rows.map(({ leader, isr }) => `${leader}:${isr.join()}`).join(' ')
    const { headline, next } = recorder.newest()
    const quiet =
      headline.silent.length === 0 &&
      !next.some((one) => LEAVING.includes(one)) &&
      hurt.every((broker) => isOut(broker, rows))
    if (found.length > 0 || (quiet && now === before) || Date.now() > deadline) return found
    before = now
  }
}

async function playAll(faults: readonly Fault[]): Promise<Refuted[]> {
  const said: Refuted[] = []
  const hurt: number[] = []
  for (const [at, fault] of faults.entries()) {
    if (at === 0 && (fault.scene === 'dead-broker' || fault.scene === 'shutdown'))
      said.push(...(await judgeStop(fault)))
    else if (!(await play(fault))) continue
    else said.push(...(await judgeNow()))
    if (fault.broker !== undefined && !STAYS.includes(fault.scene)) hurt.push(fault.broker)
  }
  return [...said, ...(await untilSettled(hurt))]
}

const noEnd = (error: unknown): Refuted[] => asRefuted('came to no end', [String(error)])

it(`says nothing that the brokers refute, in ${WANTED} sequences of random faults`, async () => {
  const random = createRandom(SEED)
  for (let sequence = 1; sequence <= WANTED; sequence += 1) {
    await allWell()
    const from = Date.now()
    const faults = draw(random)
    const name = `${sequence} (seed ${SEED}): ${faults.map(({ scene, broker = '' }) => `${scene} ${broker}`.trim()).join(', ')}`
    const said = await playAll(faults).catch(noEnd)
    const { ended, broken } = judgeCountdowns(recorder.statements, from, (a, b) => stalls.stalled(a, b))
    tally['countdowns ended'] += ended
    await director.heal()
    await minIsrRead()
    const healed = (await judgeNow().catch(noEnd)).map(({ kind, what }) => ({ kind, what: `healed: ${what}` }))
    const found = [...said, ...asRefuted('countdowns', broken), ...healed]
    refuted.push(...found.map((one) => ({ name, one })))
    process.stdout.write(`  ${name}: ${Math.round((Date.now() - from) / 1000)} s, ${found.length} refuted\n`)
    for (const { kind, what } of found.slice(0, LINES_OF_ONE)) process.stdout.write(`    ${kind}: ${what}\n`)
  }
  expect(refuted).toEqual([])
  // Who says nothing is never refuted.
  expect(tally['states told']).toBeGreaterThan(100 * WANTED)
  expect(tally['"well" told']).toBeGreaterThan(0)
  expect(tally['countdowns ended']).toBeGreaterThan(0)
}, 0)
