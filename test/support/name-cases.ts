/** A change on a cluster whose name comes to lead to another one on the way: what has to hold whenever that is, played on two real clusters. */
import { expect } from 'vitest'
import { foldChange } from '../../src-main/change/book/fold'
import type { ChangeDraft, ChangeView, NextStep } from '../../src-main/contract/change'
import type { AppError, Result } from '../../src-main/contract/result'
import { until } from '../../tools/sandbox'
import { changeSteps, must, on, set } from './change-steps'
import type { ChangeSteps } from './change-steps'
import { switchAt } from './name-switches'
import type { MomentName, NameSwitch, SwitchName } from './name-switches'
import { openRealChanges } from './real-changes'
import type { RealChanges } from './real-changes'
import { MARKS } from './two-clusters'
import type { ClusterName, TwoClusters } from './two-clusters'

const SET = 'compression.type'
const REMOVED = 'index.interval.bytes'
/** What may go to a cluster that is not meant: ApiVersions and Metadata, which are the proof of a connection. */
const PROOF: readonly number[] = [18, 3]
/** Whatever Highwater can change on a cluster, and what else could be: topics, records, settings, elections, reassignments. */
const WRITES: readonly number[] = [0, 19, 20, 21, 33, 37, 43, 44, 45]
const AT_REST: readonly ChangeView['state'][] = ['conflict', 'failed', 'unknown', 'applied', 'verified', 'watched']
const MOST_STEPS = 20
/** Until it is seen that something does not come; several times what it takes. */
const LIMIT_MS = 60_000

export interface NameCase {
  /** Of what the moment is: of a change, or of the undo of one that holds. */
  readonly of: 'change' | 'undo'
  /** 'at rest': before the undo is asked for. */
  readonly when: MomentName | 'at rest'
  readonly how: SwitchName
}

export const titleOf = ({ of, when, how }: NameCase): string => `${of}, ${when}: ${how}`

/** Two topics of one case, with what they have on both clusters. */
export const topicsOf = (at: number): Record<string, Record<string, string>> => ({
  [`n.${at}.one`]: { [SET]: 'gzip', [REMOVED]: '8192' },
  [`n.${at}.two`]: { [REMOVED]: '8192' },
})

/** What the change leaves on each of them. */
const WANTED = { [SET]: 'lz4' }

export const draftOn = (topics: readonly string[]): ChangeDraft =>
  on(topics, set(SET, WANTED[SET]), { key: REMOVED, op: 'delete', value: '' })

type Overrides = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What A itself says. */
export async function overridesOf({ sandboxes }: TwoClusters, topics: readonly string[]): Promise<Overrides> {
  const told = await Promise.all(
    topics.map(async (topic) => [topic, await sandboxes.A.admin.overrides(topic)] as const),
  )
  return Object.fromEntries(told)
}

/** Everything B says of its topics: value and source of each key. */
export async function settingsOfB({ sandboxes }: TwoClusters, topics: readonly string[]): Promise<unknown> {
  const told = await Promise.all(
    topics.map(async (topic) => [topic, Object.fromEntries(await sandboxes.B.admin.describeTopic(topic))] as const),
  )
  return Object.fromEntries(told)
}

/** By A's own word the change holds on each of them. */
export async function expectHeld(two: TwoClusters, topics: readonly string[]): Promise<void> {
  expect(await overridesOf(two, topics)).toEqual(Object.fromEntries(topics.map((topic) => [topic, WANTED])))
}

/** Pictures of anything but A alone, as they are published; none is to be. */
function foreignPictures({ session: { inside } }: RealChanges, { ids }: TwoClusters): readonly string[] {
  const found: string[] = []
  inside.onPicture(() => {
    const names = inside.reading()?.topology.topicNames ?? []
    const id = inside.clusterId()
    if (id !== ids.A || !names.includes(MARKS.A) || names.includes(MARKS.B))
      found.push(`${String(id)}: ${names.join(' ')}`)
  })
  return found
}

/** The lines of a change are of A, tell what it tells, and send nothing twice. */
export function expectTrueLines(real: RealChanges, id: string, clusterId: string): void {
  const { change, rows } = must(real.changes.rows(id))
  const { state, results, verification } = foldChange(rows, Date.now())
  expect({ state, results, verification }).toEqual({
    state: change.state,
    results: change.results,
    verification: change.verification,
  })
  expect(new Set(rows.map((row) => row.clusterId))).toEqual(new Set([clusterId]))
  const lastPlan = Math.max(
    0,
    rows.findLastIndex(({ event }) => event.type === 'planned'),
  )
  const sent = rows.slice(lastPlan).flatMap(({ event }) => (event.type === 'sending' ? event.rows : []))
  expect(new Set(sent).size).toBe(sent.length)
}

/** Ticks and types whatever is needed. */
function confirm({ changes }: RealChanges, { id, needs }: ChangeView): Result<ChangeView> {
  const { ticks, phrase, reason } = needs!
  return changes.confirm({ id, ticks, typed: phrase, reason: reason ? 'test' : '' })
}

/** The steps that are left of a change, one after the other; the error of the one that was refused, null = it was sent and has come to rest. */
async function goOn(real: RealChanges, steps: ChangeSteps, id: string): Promise<AppError | null> {
  const { changes } = real
  if (steps.view(id).plan === null) {
    const planned = await changes.plan(id)
    if (!planned.ok) return planned.error
  }
  const validated = await changes.validate(id)
  if (!validated.ok) return validated.error
  expect(validated.value.validation!.refusals).toEqual([])
  const confirmed = confirm(real, validated.value)
  if (!confirmed.ok) return confirmed.error
  const applied = await changes.apply(id)
  if (!applied.ok) return applied.error
  await steps.rested(id, AT_REST)
  return null
}

/** Once no step of the change is under way: one that has just been picked up by itself may still be ending. */
const whenFree = async (step: () => Promise<Result<ChangeView>>): Promise<ChangeView> =>
  must(
    await until('no step to be under way', LIMIT_MS, async () => {
      const answer = await step()
      return !answer.ok && answer.error.detail.text === 'busy' ? null : answer
    }),
  )

/**
 * Goes on as a person would, by the steps that are offered, until all of it holds; what was left over is a change of its own. Answers all of them,
 * oldest first.
 */
export async function takeUp(real: RealChanges, first: string): Promise<string[]> {
  const { changes } = real
  const steps = changeSteps(() => real)
  const ids = [first]
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const id = ids.at(-1)!
    const view = await until(`nothing of ${id} to be under way`, 90_000, () => {
      const now = steps.view(id)
      const isQuiet = now.progress === null || now.progress.what === 'watching'
      return isQuiet && now.state !== 'applying' && now.state !== 'unknown' ? now : null
    })
    const offers = (step: NextStep): boolean => view.next.includes(step)
    if (offers('apply')) {
      must(await changes.apply(id))
      await steps.rested(id, AT_REST)
    } else if (offers('confirm')) must(confirm(real, view))
    else if (offers('validate')) must(await changes.validate(id))
    else if (view.state === 'applied' || view.state === 'overwritten') await whenFree(() => changes.verify(id))
    else if (offers('rest')) ids.push((await whenFree(() => changes.rest(id))).id)
    else if (offers('plan')) must(await changes.plan(id))
    else return ids
  }
  throw new Error(`it does not come to an end: ${JSON.stringify(ids.map((id) => steps.view(id)))}`)
}

/** Of the changes that `takeUp` answered. */
export const carriedOn = ({ length }: readonly string[]): string =>
  length === 1 ? 'carried on, and taken back' : `carried on by ${length - 1} more of the rest, and taken back`

/** Takes back what these changes applied, the newest first. */
export async function takeBack(real: RealChanges, ids: readonly string[]): Promise<void> {
  const steps = changeSteps(() => real)
  for (const id of ids.toReversed()) {
    if (!steps.view(id).results.some(({ outcome }) => outcome === 'applied')) continue
    await takeUp(real, must(await real.changes.undo({ id, cluster: 'real' })).id)
    expect(steps.view(id).state).toBe('undone')
  }
}

/** Both ids stand in the status of the session. */
async function expectSessionSays({ session }: RealChanges, { ids }: TwoClusters): Promise<void> {
  const status = await until('the session to say so', LIMIT_MS, () =>
    session.status.problem?.code === 'other-cluster' ? session.status : null,
  )
  expect(status).toMatchObject({ phase: 'lost', problem: { leadsTo: ids.B } })
  expect(status.problem!.message).toContain(ids.A)
}

/** The change, or the step that was refused, names the cluster that its own one's name leads to. */
async function expectChangeSays(view: () => ChangeView, error: AppError | null, { ids }: TwoClusters): Promise<void> {
  await until('the change to say so', LIMIT_MS, () => {
    const { conflict, problem, state, results } = view()
    const words = [error?.message ?? '', conflict?.kind === 'plan' ? conflict.otherCluster : '', problem?.message ?? '']
    if (words.some((text) => text.includes(ids.B))) return true
    throw new Error(JSON.stringify({ state, words, results }))
  })
}

async function backAgain({ session }: RealChanges): Promise<void> {
  await until('its own cluster to be read again', 60_000, async () => {
    session.tryAgain()
    return ((await session.inside.freshReading(2_000)) && session.status.phase === 'live') || null
  })
}

const askedB = ({ relay }: ClusterName, from: number): number[] =>
  relay.passed.slice(from).flatMap(({ side, apiKey }) => (side === 'B' ? [apiKey] : []))

/** `from`: how many questions had passed before. */
export const expectOnlyProofs = (at: ClusterName, from: number): void =>
  expect(askedB(at, from).filter((apiKey) => !PROOF.includes(apiKey))).toEqual([])

export const expectNotWritten = (at: ClusterName, from: number): void =>
  expect(askedB(at, from).filter((apiKey) => WRITES.includes(apiKey))).toEqual([])

async function began(one: NameCase, real: RealChanges, topics: readonly string[], name: NameSwitch): Promise<string> {
  const steps = changeSteps(() => real)
  if (one.of === 'change') {
    name.arm()
    return steps.drafted(draftOn(topics))
  }
  const { id } = await steps.applied(draftOn(topics), ['verified'])
  if (one.when === 'at rest') name.now()
  else name.arm()
  return must(await real.changes.undo({ id, cluster: 'real' })).id
}

/** Plays one case to its end; answers in a line what came of it. Whatever does not hold is thrown. */
export async function play(
  one: NameCase,
  at: ClusterName,
  two: TwoClusters,
  topics: readonly string[],
): Promise<string> {
  const before = await overridesOf(two, topics)
  const ofB = await settingsOfB(two, topics)
  const from = at.relay.passed.length
  const name = switchAt(at.relay, one.when === 'at rest' ? 'before it is planned' : one.when, one.how)
  const real = await openRealChanges(at.bootstrap, { reach: name.reach, clusterId: two.ids.A })
  try {
    const foreign = foreignPictures(real, two)
    const steps = changeSteps(() => real)
    const id = await began(one, real, topics, name)
    const error = await goOn(real, steps, id)
    await until('its moment to come', LIMIT_MS, () => {
      if (name.done) return true
      const { state: now, problem } = steps.view(id)
      throw new Error(`it is ${now}, ${(error ?? problem)?.message ?? 'without a problem'}`)
    })
    const { state } = steps.view(id)
    if (one.how === 'all connections') await expectSessionSays(real, two)
    if (one.how === 'all connections' || error !== null || state === 'conflict')
      await expectChangeSays(() => steps.view(id), error, two)
    expectTrueLines(real, id, two.ids.A)
    name.end()
    await backAgain(real)
    const ids = await takeUp(real, id)
    if (one.of === 'change') {
      await expectHeld(two, topics)
      await takeBack(real, ids)
    }
    expect(await overridesOf(two, topics)).toEqual(before)
    for (const each of ids) expectTrueLines(real, each, two.ids.A)
    expect(foreign).toEqual([])
    expectOnlyProofs(at, from)
    expect(await settingsOfB(two, topics)).toEqual(ofB)
    const end = error === null ? state : `${state}, refused as ${error.code}`
    return `${titleOf(one)}: ${end}; ${carriedOn(ids)}`
  } finally {
    name.end()
    await real.close()
  }
}
