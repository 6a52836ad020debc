/** Highwater ends in the middle of a change, and when it starts again the cluster's name leads to another one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Checkpoint } from '../../src-main/change/book/checkpoints'
import { until } from '../../tools/sandbox'
import { changeSteps, must } from './change-steps'
import {
  carriedOn,
  draftOn,
  expectHeld,
  expectNotWritten,
  expectOnlyProofs,
  expectTrueLines,
  overridesOf,
  settingsOfB,
  takeBack,
  takeUp,
} from './name-cases'
import { openRealChanges } from './real-changes'
import type { RealChanges, RealOptions } from './real-changes'
import type { ClusterName, TwoClusters } from './two-clusters'

/** Runs `work` in a run of Highwater of its own. */
async function inRun<T>(bootstrap: string, options: RealOptions, work: (real: RealChanges) => Promise<T>): Promise<T> {
  const real = await openRealChanges(bootstrap, options)
  try {
    return await work(real)
  } finally {
    await real.close()
  }
}

/** The run ends suddenly at `point`: nothing is done or written down after it. Answers the change. */
async function endsAt(
  point: Checkpoint,
  at: ClusterName,
  options: RealOptions,
  topics: readonly string[],
): Promise<string> {
  let armed = false
  let over = false
  const reach = (reached: Checkpoint): void => {
    if (over || (armed && reached === point)) {
      over = true
      throw new Error('Highwater has ended')
    }
  }
  return inRun(at.bootstrap, { ...options, reach }, async (real) => {
    const id = await changeSteps(() => real).confirmed(draftOn(topics))
    armed = true
    // Nobody is left to be told how it went.
    real.changes.apply(id).catch(() => undefined)
    await until('the end', 60_000, () => over || null)
    return id
  })
}

/** Plays one such end; answers in a line what came of it. Whatever does not hold is thrown. */
export async function playRestart(
  point: Checkpoint,
  at: ClusterName,
  two: TwoClusters,
  topics: readonly string[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hw-names-'))
  const { A, B } = two.ids
  const known = { file: join(folder, 'journal.db'), clusterId: A }
  const before = await overridesOf(two, topics)
  const ofB = await settingsOfB(two, topics)
  const from = at.relay.passed.length
  try {
    const id = await endsAt(point, at, known, topics)
    at.relay.lead(['B'], 'cut')

    // Its id is remembered: nothing of B is opened.
    const left = await inRun(at.bootstrap, { ...known, untilRead: false }, async (real) => {
      const { problem } = await until('the session to say so', 20_000, () =>
        real.session.status.problem === null ? null : real.session.status,
      )
      expect(problem).toMatchObject({ code: 'other-cluster', leadsTo: B })
      expect(problem!.message).toContain(A)
      expect(real.session.frame()).toBeNull()
      expectTrueLines(real, id, A)
      return must(real.changes.rows(id)).rows.length
    })
    expectOnlyProofs(at, from)

    // It is not, and B is opened under the name: B is read, and the change is none of its.
    await inRun(at.bootstrap, { ...known, clusterId: '' }, async (real) => {
      const { changes, session } = real
      changes.clusterLive('real')
      expect(session.inside.clusterId()).toBe(B)
      const steps = [changes.settle(id), changes.verify(id), changes.rest(id), changes.undo({ id, cluster: 'real' })]
      const texts = (await Promise.all(steps)).map((one) => (one.ok ? 'done' : String(one.error.detail.text)))
      // Those that its state allows are refused for what is meant here.
      expect(texts).toContain('other-cluster')
      expect(texts.filter((text) => !['other-cluster', 'state', 'nothing-applied'].includes(text))).toEqual([])
      expect(must(changes.rows(id)).rows).toHaveLength(left)
      expectTrueLines(real, id, A)
    })
    expectNotWritten(at, from)

    at.relay.lead(['A'], 'cut')
    return await inRun(at.bootstrap, known, async (real) => {
      real.changes.clusterLive('real')
      const { state } = await changeSteps(() => real).rested(id, ['watched', 'failed'])
      const ids = await takeUp(real, id)
      await expectHeld(two, topics)
      await takeBack(real, ids)
      expect(await overridesOf(two, topics)).toEqual(before)
      for (const each of ids) expectTrueLines(real, each, A)
      expect(await settingsOfB(two, topics)).toEqual(ofB)
      return `restart, ended at ${point}: ${state}; ${carriedOn(ids)}`
    })
  } finally {
    at.relay.lead(['A'], 'cut')
    rmSync(folder, { recursive: true, force: true })
  }
}
