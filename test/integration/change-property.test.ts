/**
 * Random changes and random undos through the real engine on real brokers, some with another hand in between. HIGHWATER_CHANGES: how many
 * (300); HIGHWATER_SEED makes the same ones again. Undos count among the changes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldChange } from '../../src-main/change/book/fold'
import { createJournal } from '../../src-main/history/journal'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { secondWriter } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { createLane } from '../support/change-lane'
import type { Lane } from '../support/change-lane'
import { createRandom } from '../support/change-random'
import { emptyTally, tallyLine } from '../support/change-tally'
import { openRealChanges } from '../support/real-changes'
import type { RealChanges } from '../support/real-changes'
import { endings } from '../support/endings'
import { borrowSandbox } from '../support/shared-sandbox'

const WANTED = Number(process.env['HIGHWATER_CHANGES'] ?? 300)
/** `npm test` makes the same changes every time, so that a red run says something about the code; the long run makes new ones. */
const SEED = Number(process.env['HIGHWATER_SEED'] ?? (WANTED <= 300 ? 464_522_880 : Date.now() % 1_000_000_007))
const LANES = 6
const TOPICS_PER_LANE = 3
const TOLD_EVERY = 500
const IDLE = ['p.idle-a', 'p.idle-b']
const IDLE_SETTINGS = { 'min.insync.replicas': '2', 'retention.ms': '7200000' }

const names = Array.from({ length: LANES }, (_, lane) =>
  Array.from({ length: TOPICS_PER_LANE }, (_none, topic) => `p.lane-${lane}-${topic}`),
)
const folder = mkdtempSync(join(tmpdir(), 'highwater-property-'))
const file = join(folder, 'highwater.db')
const say = (line: string): void => void process.stdout.write(`  ${line}\n`)
const opened = endings()
let sandbox: Sandbox
let real: RealChanges

beforeAll(async () => {
  const assignment = [[1, 2, 3]]
  sandbox = await borrowSandbox({
    steadyTraffic: false,
    topics: [
      ...names.flat().map((name) => ({ name, assignment, configs: {} })),
      ...IDLE.map((name) => ({ name, assignment, configs: IDLE_SETTINGS })),
    ],
  })
  opened.add(() => sandbox.close())
  real = await openRealChanges(sandbox.cluster.bootstrap, { file })
  opened.add(() => real.close())
})

afterAll(async () => {
  await opened.all()
  rmSync(folder, { recursive: true, force: true })
})

it(
  'touches nothing but what was asked for, and takes back exactly or refuses',
  { timeout: WANTED > 300 ? 0 : 1_200_000 },
  async () => {
    const tally = emptyTally()
    const began = Date.now()
    const { admin, cluster } = sandbox
    const brokers = cluster.brokers().map(({ id }) => id)
    const other = secondWriter(sandbox)
    const lanes = names.map((topics, at) =>
      createLane({ topics, real, admin, other, random: createRandom(SEED + at), tally, brokers }),
    )
    say(`seed ${SEED}, ${WANTED} changes on ${names.flat().length} topics`)
    let failed = false
    const run = async (lane: Lane, count: number): Promise<void> => {
      for (let step = 0; step < count && !failed; step += 1) {
        try {
          await lane.step()
        } catch (cause) {
          failed = true
          say(`seed ${SEED}; the steps that led here:\n${lane.told.join('\n')}`)
          throw cause
        }
        if (tally.changes % TOLD_EVERY === 0) say(`${Math.round((Date.now() - began) / 1000)} s: ${tallyLine(tally)}`)
      }
    }
    // Each lane makes the same number, so that what it does depends on the seed alone.
    await Promise.all(lanes.map((lane, at) => run(lane, Math.floor(WANTED / LANES) + (at < WANTED % LANES ? 1 : 0))))

    for (const topic of IDLE) expect(await admin.overrides(topic), `${topic} was never named`).toEqual(IDLE_SETTINGS)
    for (const { model } of lanes)
      for (const [topic, overrides] of model) expect(await admin.overrides(topic)).toEqual(overrides)
    say(`${Math.round((Date.now() - began) / 1000)} s, seed ${SEED}: ${tallyLine(tally)}`)
    expect(tally.changes).toBe(WANTED)

    // What a later start of Highwater reads from the disk is what was shown.
    await real.close()
    const store = openStoreFile(file, Date.now(), (cause) => {
      throw cause
    })
    const journal = createJournal(store.db, { durable: true, now: () => Date.now(), prove: () => store.prove() })
    const settled = (state: string): string => (['watched', 'overwritten'].includes(state) ? 'verified' : state)
    for (const { states } of lanes) {
      for (const [id, state] of states)
        expect(settled(foldChange(journal.rows(id), Date.now()).state), id).toBe(settled(state))
    }
    store.close()
  },
)
