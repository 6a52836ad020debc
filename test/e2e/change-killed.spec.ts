/**
 * Kill -9 of the app at each state of a change: the journal tells what is on the cluster, the right step is offered, and going on from there
 * ends as planned. The app ends itself at a named moment (src-main/change/book/checkpoints.ts); the brokers are asked with other code than ours.
 */
import type { ChangeDraft, ChangeView, NextStep } from '../../src-main/contract/change'
import type { JournalRow } from '../../src-main/contract/journal'
import { until } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import { arm, begin, call, openCluster, rested, saveCluster, send, view } from './killed-change'
import type { Highwater } from './launch'

const BEFORE = { 'max.message.bytes': '2000000', 'segment.ms': '86400000' }
const PLANNED = { 'max.message.bytes': '2000000', 'segment.ms': '172800000', 'retention.ms': '1209600000' }
const EDITS = [
  { key: 'segment.ms', op: 'set', value: '172800000' },
  { key: 'retention.ms', op: 'set', value: '1209600000' },
] as const
/** Lines of a change that nobody interrupts; one topic goes first, two follow. */
const LINES = [
  'drafted',
  'planned',
  'validated',
  'confirmed',
  'applying',
  'sending',
  'answered',
  'sending',
  'answered',
  'ended',
  'verified',
  'watched',
]

interface Point {
  readonly at: string
  /** Lines that are on the disk when it is killed. */
  readonly lines: number
  /** Topics the cluster has it on. */
  readonly applied: number
  readonly state: ChangeView['state']
  readonly next: NextStep
}
const point = (at: string, lines: number, applied: number, state: ChangeView['state'], next: NextStep): Point => ({
  at,
  lines,
  applied,
  state,
  next,
})
const POINTS = [
  point('drafted', 1, 0, 'draft', 'plan'),
  point('planned', 2, 0, 'planned', 'plan'),
  point('validated', 3, 0, 'validated', 'plan'),
  point('confirmed', 4, 0, 'confirmed', 'plan'),
  point('applying', 5, 0, 'failed', 'rest'),
  point('re-read', 5, 0, 'failed', 'rest'),
  point('sending', 6, 0, 'failed', 'rest'),
  point('sent', 6, 1, 'watched', 'rest'),
  point('between-batches', 7, 1, 'watched', 'rest'),
  point('sending:2', 8, 1, 'watched', 'rest'),
  point('sent:2', 8, 3, 'watched', 'undo'),
  point('ended', 10, 3, 'watched', 'undo'),
  point('verified', 11, 3, 'watched', 'undo'),
  point('during-watch', 12, 3, 'watched', 'undo'),
]

// Two starts and up to four changes each.
test.describe.configure({ timeout: 300_000 })

const table: string[] = []
test.afterAll(() => console.log(['killed at | after the restart | next | on the cluster', ...table].join('\n')))

async function createTopics({ admin, cluster }: Sandbox, name: string): Promise<string[]> {
  const ids = cluster.brokers().map(({ id }) => id)
  const topics = ['a', 'b', 'c'].map((one) => `killed-${name.replace(':', '-')}-${one}`)
  await admin.createTopics(topics.map((topic) => ({ name: topic, assignment: [ids], configs: BEFORE })))
  await until('the new topics on every broker', 90_000, async () => {
    for (const id of ids) for (const topic of topics) await admin.overrides(topic, id)
    return true
  })
  return topics
}

/** Works until the app is gone; what was on its way in the window goes with it. */
async function untilKilled({ app }: Highwater, work: () => Promise<unknown>): Promise<void> {
  const gone = new Promise<NodeJS.Signals | null>((resolve) =>
    app.process().once('exit', (_code, signal) => resolve(signal)),
  )
  const failure = work().then(
    () => null,
    (cause: unknown) => cause,
  )
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(
      () => void failure.then((cause) => reject(new Error(`The app was not killed: ${String(cause)}`))),
      120_000,
    ).unref()
  })
  expect(await Promise.race([gone, late])).toBe('SIGKILL')
}

const eachOverrides = ({ admin }: Sandbox, topics: readonly string[]): Promise<Readonly<Record<string, string>>[]> =>
  Promise.all(topics.map((topic) => admin.overrides(topic)))

/** What was sent in the last breath of the app may be committed after it. */
const untilOverrides = (sandbox: Sandbox, topics: readonly string[], wanted: readonly object[]): Promise<void> =>
  eventually(() => eachOverrides(sandbox, topics)).toEqual(wanted)

const appliedIn = ({ results }: ChangeView): string[] =>
  results.flatMap(({ topic, outcome }) => (outcome === 'applied' ? [topic] : []))

async function history({ page }: Highwater, id: string): Promise<readonly JournalRow[]> {
  const { rows } = await call(page, 'journal:read', { change: id })
  expect(rows.map(({ seq }) => seq)).toEqual([...rows.map(({ seq }) => seq)].sort((a, b) => a - b))
  return rows
}

async function newest({ page }: Highwater): Promise<string> {
  const { entries } = await call(page, 'journal:list', { cluster: '', text: '', show: 'all', before: 0, limit: 10 })
  return entries[0]!.change
}

/** Sends it and waits until nothing but the minute of watching goes on. */
async function carryOut({ page }: Highwater, id: string): Promise<ChangeView> {
  await send(page, id)
  return rested(page, id)
}

async function takeBack(highwater: Highwater, id: string, cluster: string): Promise<void> {
  const undo = await call(highwater.page, 'change:undo', { id, cluster })
  await carryOut(highwater, undo.id)
  expect((await view(highwater.page, id)).state).toBe('undone')
}

const draftOf = (topics: readonly string[]): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics: [...topics], edits: [...EDITS] }],
})

for (const { at, lines, applied, state, next } of POINTS) {
  test(`killed at ${at}: ${applied} of 3 topics have it, "${next}" is next`, async ({ sandbox, start, profile }) => {
    const topics = await createTopics(sandbox, at)
    const first = await start({ profile, env: { KILL_AT: at } })
    const cluster = await saveCluster(first.page, sandbox.cluster.bootstrap)
    await openCluster(first.page, cluster, topics[0]!)
    await arm(first.page, cluster)
    await untilKilled(first, async () => send(first.page, await begin(first.page, cluster, draftOf(topics))))
    const there = topics.map((_topic, place) => (place < applied ? PLANNED : BEFORE))
    await untilOverrides(sandbox, topics, there)

    const second = await start({ profile })
    const id = await newest(second)
    expect((await history(second, id)).map(({ event }) => event.type)).toEqual(LINES.slice(0, lines))
    await openCluster(second.page, cluster, topics[0]!)
    const after =
      state === 'watched'
        ? await until('the look after it', 90_000, async () => {
            const now = await view(second.page, id)
            return now.state === 'watched' && now.progress === null ? now : null
          })
        : await rested(second.page, id)
    table.push(`${at} | ${after.state} | ${after.next.join(', ')} | ${applied} of 3`)
    expect(after).toMatchObject({ state })
    expect(after.next[0]).toBe(next)
    expect(appliedIn(after)).toEqual(topics.slice(0, applied))
    expect((await history(second, id)).map(({ event }) => event.type).slice(0, lines)).toEqual(LINES.slice(0, lines))
    expect(await eachOverrides(sandbox, topics)).toEqual(there)

    await arm(second.page, cluster)
    const made = [id]
    if (next === 'plan') await carryOut(second, id)
    if (next === 'rest') {
      made.push((await call(second.page, 'change:rest', { id })).id)
      await carryOut(second, made[1]!)
    }
    await untilOverrides(
      sandbox,
      topics,
      topics.map(() => PLANNED),
    )
    const done = await Promise.all(made.map((one) => view(second.page, one)))
    // Each topic was changed once, by one of them.
    expect(done.flatMap(appliedIn).sort()).toEqual(topics)
    for (const one of done) if (appliedIn(one).length > 0) await takeBack(second, one.id, cluster)
    await untilOverrides(
      sandbox,
      topics,
      topics.map(() => BEFORE),
    )
  })
}
