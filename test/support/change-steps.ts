/** The steps of a change as a person takes them, on real brokers, and the check that journal and cluster tell the same of how it ended. */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { foldChange } from '../../src-main/change/book/fold'
import type { ChangeDraft, ChangeView, ConfigEdit } from '../../src-main/contract/change'
import type { Result } from '../../src-main/contract/result'
import { until } from '../../tools/sandbox'
import type { RawAdmin } from '../../tools/sandbox/raw-admin'
import type { RealChanges } from './real-changes'

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export const set = (key: string, value: string): ConfigEdit => ({ key, op: 'set', value })
export const on = (topics: readonly string[], ...edits: readonly ConfigEdit[]): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics, edits }],
})

export interface ChangeSteps {
  readonly view: (id: string) => ChangeView
  readonly drafted: (draft: ChangeDraft) => string
  /** Drafted, planned, tried and confirmed with all it needs; its id. */
  readonly confirmed: (draft: ChangeDraft) => Promise<string>
  /** Until it is in one of these states and nothing of it is under way but the watch. */
  readonly rested: (id: string, states: readonly ChangeView['state'][]) => Promise<ChangeView>
  readonly applied: (draft: ChangeDraft, states: readonly ChangeView['state'][]) => Promise<ChangeView>
  /** Types of its journal's lines from the confirmation on, watching left out: it comes by itself. */
  readonly lines: (id: string) => string[]
}

export function changeSteps(real: () => RealChanges): ChangeSteps {
  const view: ChangeSteps['view'] = (id) => must(real().changes.get(id))
  const drafted: ChangeSteps['drafted'] = (draft) => must(real().changes.draft({ id: '', cluster: 'real', draft })).id
  const rested: ChangeSteps['rested'] = (id, states) =>
    until(`${id} to be ${states.join(' or ')}`, 150_000, () => {
      const now = view(id)
      // Applied is also what it is on the way to being verified.
      const isOver = states.includes(now.state) && (now.state !== 'applied' || now.verification !== null)
      if (isOver && (now.progress === null || now.progress.what === 'watching')) return now
      throw new Error(
        `it is ${now.state}, ${JSON.stringify({ progress: now.progress, results: now.results, problem: now.problem })}`,
      )
    })
  const confirmed: ChangeSteps['confirmed'] = async (draft) => {
    const id = drafted(draft)
    must(await real().changes.plan(id))
    const { needs, validation } = must(await real().changes.validate(id))
    expect(validation!.refusals).toEqual([])
    must(real().changes.confirm({ id, ticks: needs!.ticks, typed: needs!.phrase, reason: needs!.reason ? 'test' : '' }))
    return id
  }
  return {
    view,
    drafted,
    confirmed,
    rested,
    applied: async (draft, states) => {
      const id = await confirmed(draft)
      must(await real().changes.apply(id))
      return rested(id, states)
    },
    lines: (id) => {
      const types = must(real().changes.rows(id)).rows.map(({ event }) => event.type)
      return types.slice(types.lastIndexOf('confirmed') + 1).filter((type) => type !== 'watched')
    },
  }
}

/**
 * What the change tells is what its lines tell, and what every running broker tells: the value is there where it says applied, and nowhere else. A
 * broker that was away catches up a moment after it answers again.
 */
export async function agree(
  real: RealChanges,
  admin: RawAdmin,
  id: string,
  { key, value, brokers }: { readonly key: string; readonly value: string; readonly brokers: readonly number[] },
): Promise<void> {
  const { change, rows } = must(real.changes.rows(id))
  const { state, results, verification } = foldChange(rows, Date.now())
  expect({ state, results, verification }).toEqual({
    state: change.state,
    results: change.results,
    verification: change.verification,
  })
  const told = Object.fromEntries(results.map(({ topic, outcome }) => [topic, outcome === 'applied']))
  for (const broker of brokers) {
    await until(`broker ${broker} to show ${key}=${value} as told`, 30_000, async () => {
      const there: Record<string, boolean> = {}
      for (const topic of Object.keys(told)) there[topic] = (await admin.overrides(topic, broker))[key] === value
      if (isDeepStrictEqual(there, told)) return true
      throw new Error(`it shows ${JSON.stringify(there)}, told was ${JSON.stringify(told)}`)
    })
  }
}
