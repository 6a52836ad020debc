/**
 * What the rules say of a cluster while it is hurt, against Kafka's own classes: random clusters and faults, everything that is said judged at each moment
 * (test/support/faults). HIGHWATER_FAULTS: how many sequences (1,000); HIGHWATER_SEED makes the same ones again.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JavaProcess } from '../../tools/sandbox/witness/java-process'
import { startJavaProcess } from '../../tools/sandbox/witness/java-process'
import { ensureKafka } from '../../tools/setup/kafka'
import { createRandom } from '../support/change-random'
import { questionOf } from '../support/faults/elections'
import type { FaultCase } from '../support/faults/fault-case'
import { refute } from '../support/faults/judge'
import { Onlooker } from '../support/faults/look'
import { makeCase } from '../support/faults/make-case'
import { statementsOf } from '../support/faults/statements'
import type { Kind } from '../support/faults/statements'

const WANTED = Number(process.env['HIGHWATER_FAULTS'] ?? 1000)
/** `npm test` makes the same faults every time, so that a red run says something about the code; the long run makes new ones. */
const SEED = Number(process.env['HIGHWATER_SEED'] ?? (WANTED <= 1000 ? 20_261_129 : Date.now() % 1_000_000_007))
/** Of each kind of statement that a thousand sequences have to bring about: who says nothing is never wrong. */
const LEAST: readonly (readonly [Kind, number])[] = [
  ['well', 100],
  ['all-accept', 100],
  ['accepts', 1000],
  ['may-stop', 1000],
  ['stop-costs', 1000],
  ['leads-next', 1000],
  ['nobody-next', 100],
  ['fencing-harmless', 50],
  ['back-with', 50],
  ['catches-up', 100],
  ['healed', 20],
  ['away', 100],
  ['blames-follower', 20],
  ['blames-leader', 1],
]
const SHOWN = 10
/** What depends on whether a broker is shutting down. Nobody tells that: it only shows where it handed over what it led. */
const FORECASTS: ReadonlySet<Kind> = new Set<Kind>([
  'may-stop',
  'stop-costs',
  'leads-next',
  'nobody-next',
  'fencing-harmless',
])

let java: JavaProcess
beforeAll(async () => {
  java = await startJavaProcess(
    await ensureKafka(),
    new URL('../support/java-oracle/Elections.java', import.meta.url),
    [],
  )
}, 120_000)
afterAll(() => java.close())
/** What may be worse than it is while an ISR that grew is not believed yet (`Look.doubts`). */
const CAUTIOUS: ReadonlySet<Kind> = new Set<Kind>(['stop-costs', 'nobody-next', 'leads-next', 'blames-follower'])

interface Count {
  said: number
  unknown: number
  refuted: number
  unjudged: number
}

/** What was said, what was left open, what was refuted and what could not be judged, by kind. */
class Counts {
  private readonly kinds = new Map<Kind, Count>()

  of(kind: Kind): Count {
    const count = this.kinds.get(kind) ?? { said: 0, unknown: 0, refuted: 0, unjudged: 0 }
    this.kinds.set(kind, count)
    return count
  }

  get report(): string {
    return Array.from(
      this.kinds,
      ([kind, { said, unknown, refuted, unjudged }]) =>
        `  ${kind}: ${said} said, ${unknown} left open, ${refuted} refuted, ${unjudged} not judged\n`,
    )
      .sort()
      .join('')
  }
}

/** Says at each moment of a case what there is to say; answers what was refuted. */
async function play(fault: FaultCase, counts: Counts): Promise<string[]> {
  const { line, endings } = questionOf(fault)
  const told = endings(await java.ask(line))
  const onlooker = new Onlooker(fault)
  const refuted: string[] = []
  for (const [at, moment] of fault.moments.entries()) {
    const { summary, partitions, leaving, doubts } = await onlooker.look(at, told)
    const hides = moment.brokers.some(({ id, process }) => process === 'stopping' && !leaving.has(id))
    const { statements, unknown } = statementsOf(summary, partitions)
    const { voters } = fault
    const witness = { ...moment, voters, partitions: fault.partitions, endings: told[at]! }
    for (const kind of unknown) counts.of(kind).unknown++
    for (const statement of statements) {
      const count = counts.of(statement.kind)
      if ((hides && FORECASTS.has(statement.kind)) || (doubts && CAUTIOUS.has(statement.kind))) {
        count.unjudged++
        continue
      }
      count.said++
      const why = refute(statement, witness)
      if (why === null) continue
      count.refuted++
      refuted.push(`moment ${at}: ${JSON.stringify(statement)}, but ${why}`)
    }
  }
  return refuted
}

it(`nothing is said that Kafka's classes refute, or whose evidence was withheld: ${WANTED} sequences of faults`, async () => {
  const counts = new Counts()
  const refuted: string[] = []
  for (let number = 0; number < WANTED; number++) {
    const found = await play(makeCase(createRandom(SEED + number)), counts)
    refuted.push(...found.map((what) => `seed ${SEED + number}, ${what}`))
  }
  process.stdout.write(`  ${WANTED} sequences, seed ${SEED}\n${counts.report}`)
  expect(refuted.slice(0, SHOWN), `${refuted.length} in all`).toEqual([])
  for (const [kind, least] of LEAST)
    expect(counts.of(kind).said, kind).toBeGreaterThanOrEqual(Math.floor((least * WANTED) / 1000))
})
