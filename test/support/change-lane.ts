/**
 * Random changes on some topics of their own, one after the other, held against a model. Several lanes run side by side on one engine. The
 * model knows what was asked for and what another hand wrote; what the cluster shows is read by a path of its own (rawAdmin).
 */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { ChangeDraft, ChangeView, ConfigEdit } from '../../src-main/contract/change'
import type { Result } from '../../src-main/contract/result'
import { until } from '../../tools/sandbox'
import type { RawAdmin, SecondWriter } from '../../tools/sandbox'
import { keptAs, randomEdits, randomWrite } from './change-random'
import type { Random, RandomEdit } from './change-random'
import type { Tally } from './change-tally'
import type { RealChanges } from './real-changes'
import { configPlan, planConflict } from './plan-kinds'

type Overrides = Readonly<Record<string, string>>
/** Edits that would change something, by topic. */
type Wanted = ReadonlyMap<string, readonly RandomEdit[]>

interface Applied {
  readonly id: string
  readonly isUndo: boolean
  /** What it left, and what was there before, of each key it changed. */
  readonly keys: readonly {
    readonly topic: string
    readonly key: string
    readonly before: string | null
    readonly after: string | null
  }[]
  undone: boolean
}

export interface LaneOptions {
  readonly topics: readonly string[]
  readonly real: RealChanges
  readonly admin: RawAdmin
  readonly other: SecondWriter
  readonly random: Random
  readonly tally: Tally
  readonly brokers: readonly number[]
}

export interface Lane {
  /** One change or one undo. */
  step(): Promise<void>
  readonly model: ReadonlyMap<string, Overrides>
  /** Every step so far in words. */
  readonly told: readonly string[]
  /** State each change was last seen in. */
  readonly states: ReadonlyMap<string, ChangeView['state']>
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** What a busy machine may do to brokers, and what a change stops for: an ISR that moved, or a picture that came late. */
const NOT_OUR_HAND = /leader>in sync|could not be read again/

const words = ({ key, op, value }: ConfigEdit): string => (op === 'set' ? `${key}=${JSON.stringify(value)}` : `-${key}`)

export function createLane({ topics, real, admin, other, random, tally, brokers }: LaneOptions): Lane {
  const { changes } = real
  const model = new Map<string, Overrides>(topics.map((topic) => [topic, {}]))
  const told: string[] = []
  const states = new Map<string, ChangeView['state']>()
  const done: Applied[] = []
  const of = (topic: string, key: string): string | null => model.get(topic)![key] ?? null

  const put = (topic: string, key: string, kept: string | null): void => {
    const rest = Object.fromEntries(Object.entries(model.get(topic)!).filter(([name]) => name !== key))
    model.set(topic, kept === null ? rest : { ...rest, [key]: kept })
  }

  /** The cluster shows every override of the model and no other. */
  async function compare(what: string): Promise<void> {
    const broker = random.pick(brokers)
    const read = (): Promise<Overrides[]> => Promise.all(topics.map((topic) => admin.overrides(topic, broker)))
    const wanted = topics.map((topic) => model.get(topic)!)
    // A change that two brokers have been seen to show reaches the third a moment later.
    const shown = await until(
      'the broker to catch up',
      10_000,
      async () => {
        const now = await read()
        return isDeepStrictEqual(now, wanted) ? now : null
      },
      20,
    ).catch(read)
    topics.forEach((topic, at) => {
      expect(shown[at], `${topic} at broker ${broker} after ${what}`).toEqual(wanted[at])
      tally.overridesCompared += Object.keys(shown[at]!).length
    })
    tally.comparisons += 1
  }

  /** Another hand writes; answers whether that changed anything. */
  async function secondWriter(topic: string, keys?: readonly string[]): Promise<boolean> {
    const edit = randomWrite(random, keys)
    told.push(`  another hand: ${topic} ${words(edit)}`)
    await other.write(topic, { [edit.key]: edit.kept })
    tally.secondWriters += 1
    const changed = of(topic, edit.key) !== edit.kept
    put(topic, edit.key, edit.kept)
    return changed
  }

  const wantedOf = (groups: readonly { topics: readonly string[]; edits: readonly RandomEdit[] }[]): Wanted =>
    new Map(
      groups.flatMap(({ topics: named, edits }) =>
        named.flatMap((topic): [string, RandomEdit[]][] => {
          const differing = edits.filter(({ key, kept }) => of(topic, key) !== kept)
          return differing.length === 0 ? [] : [[topic, differing]]
        }),
      ),
    )

  const rested = (id: string): Promise<ChangeView> =>
    until(
      `${id} to come to an end`,
      150_000,
      () => {
        const now = must(changes.get(id))
        const ended =
          ['verified', 'watched', 'overwritten', 'conflict', 'failed'].includes(now.state) ||
          (now.state === 'applied' && now.verification !== null)
        return ended && (now.progress === null || now.progress.what === 'watching') ? now : null
      },
      15,
    )

  /** The lines of a write tell all overrides of its topics as they were before it. */
  function checkLines(id: string, before: ReadonlyMap<string, Overrides>): void {
    const { change, rows } = must(changes.rows(id))
    const planned = rows.findLastIndex(({ event }) => event.type === 'planned')
    for (const { event } of rows.slice(planned)) {
      if (event.type !== 'sending') continue
      event.rows.forEach((row, at) =>
        expect(event.before[at], `line before the write of ${change.plan!.topics[row]}`).toEqual(
          before.get(change.plan!.topics[row]!),
        ),
      )
    }
  }

  /** From planned on: validates, confirms, applies and holds the outcome against `wanted`. Answers whether it was applied to its end. */
  async function carryOut(
    planned: ChangeView,
    wanted: Wanted,
    isUndo: boolean,
  ): Promise<'applied' | 'conflict' | 'no'> {
    const { id } = planned
    const plan = configPlan(planned)
    expect([...plan.topics].sort(), 'topics of the plan').toEqual([...wanted.keys()].sort())
    expect(plan.overrides, 'overrides the plan read').toEqual(plan.topics.map((topic) => model.get(topic)))
    if (wanted.size === 0) {
      expect(planned.needs!.kind).toBe('never')
      tally.nothingToDo += 1
      return 'no'
    }
    const validated = must(await changes.validate(id))
    const refused = [...wanted].flatMap(([topic, edits]) => (edits.some((edit) => edit.refused) ? [topic] : []))
    expect(
      validated.validation!.refusals.map(({ topic }) => topic).sort(),
      `refusals ${JSON.stringify(validated.validation!.refusals)}`,
    ).toEqual(refused.sort())
    const { ticks, phrase, reason, kind } = validated.needs!
    expect(kind, JSON.stringify(plan.effects)).not.toBe('never')
    const confirmed = changes.confirm({ id, ticks, typed: phrase, reason: reason ? 'property' : '' })
    if (refused.length > 0) {
      expect(confirmed.ok).toBe(false)
      tally.brokerRefusals += 1
      return 'no'
    }
    must(confirmed)
    const raced = random.chance(0.12) ? random.pick(plan.topics) : null
    const changedBy =
      raced !== null &&
      (await secondWriter(raced, random.chance(0.5) ? wanted.get(raced)!.map(({ key }) => key) : undefined))
        ? raced
        : null
    const before = new Map(model)
    must(await changes.apply(id))
    const ended = await rested(id)
    told.push(`  ${ended.state} ${ended.problem?.message ?? ''}`)
    if (ended.state === 'conflict') {
      if (planConflict(ended).replication.length > 0) tally.stoppedByTheCluster += 1
      else expect(changedBy, 'topic that was changed meanwhile').toBe(plan.topics[0])
      tally.conflicts += 1
      return 'conflict'
    }
    const byCluster = NOT_OUR_HAND.test(ended.problem?.message ?? '')
    if (byCluster) tally.stoppedByTheCluster += 1
    if (ended.state === 'failed' && byCluster && ended.results.every(({ outcome }) => outcome === 'not-begun'))
      return 'no'
    expect(ended.state, JSON.stringify([ended.results, ended.problem])).toBe('verified')
    const outcomes = new Map(ended.results.map(({ topic, outcome }) => [topic, outcome]))
    const late = plan.topics.filter((topic) => outcomes.get(topic) !== 'applied')
    if (!byCluster) expect(late, 'topics left out').toEqual(changedBy === null ? [] : plan.topics.slice(1))
    if (late.length > 0) tally.stoppedPartWay += 1
    for (const topic of late) expect(outcomes.get(topic)).toBe('not-begun')
    checkLines(id, before)
    const keys: Applied['keys'][number][] = []
    for (const [topic, edits] of wanted) {
      if (outcomes.get(topic) !== 'applied') continue
      tally.topicsChanged += 1
      for (const { key, kept } of edits) {
        keys.push({ topic, key, before: of(topic, key), after: kept })
        put(topic, key, kept)
        tally[kept === null ? 'keysDeleted' : 'keysSet'] += 1
      }
    }
    tally.applied += 1
    done.push({ id, isUndo, keys, undone: false })
    return late.length > 0 ? 'no' : 'applied'
  }

  async function change(): Promise<void> {
    const chosen = random.some(topics, 1 + random.below(topics.length))
    const cut = chosen.length > 1 && random.chance(0.4) ? 1 : chosen.length
    const groups = [chosen.slice(0, cut), chosen.slice(cut)]
      .filter((named) => named.length > 0)
      .map((named) => ({
        topics: named,
        edits: randomEdits(random, Object.keys(model.get(named[0]!)!), 0.08),
      }))
    const draft: ChangeDraft = {
      kind: 'config',
      groups: groups.map((group) => ({
        topics: group.topics,
        edits: group.edits.map(({ key, op, value }) => ({ key, op, value })),
      })),
    }
    const { id } = must(changes.draft({ id: '', cluster: 'real', draft }))
    told.push(
      `${id}: ${groups.map((group) => `${group.topics.join(' ')}: ${group.edits.map(words).join(' ')}`).join('; ')}`,
    )
    if (random.chance(0.06)) await secondWriter(random.pick(topics))
    const wanted = wantedOf(groups)
    const ended = await carryOut(must(await changes.plan(id)), wanted, false)
    if (ended === 'conflict' && random.chance(0.6)) {
      await compare(`the conflict of ${id}`)
      told.push(`  ${id} planned again`)
      await carryOut(must(await changes.plan(id)), wantedOf(groups), false)
    }
    states.set(id, must(changes.get(id)).state)
    await compare(id)
  }

  async function undo(original: Applied): Promise<void> {
    const [first] = original.keys
    if (random.chance(0.15)) await secondWriter(first!.topic, random.chance(0.5) ? [first!.key] : undefined)
    told.push(`undo of ${original.id}`)
    tally.ofThemUndos += 1
    if (original.isUndo) tally.undosOfUndos += 1
    const begun = await changes.undo({ id: original.id, cluster: 'real' })
    if (original.undone) {
      expect(begun.ok, 'taken back a second time').toBe(false)
      tally.undoneTwiceRefused += 1
      return compare(`the second undo of ${original.id}`)
    }
    const planned = must(begun)
    told.push(`  as ${planned.id}`)
    const changed = original.keys.filter(({ topic, key, after }) => of(topic, key) !== after)
    const said = (configPlan(planned).conflict?.config ?? []).map(({ topic, key, base, now, wanted }) => ({
      topic,
      key,
      base: keptAs(key, base),
      now,
      wanted,
    }))
    const byName = (a: { topic: string; key: string }, b: { topic: string; key: string }): number =>
      `${a.topic} ${a.key}`.localeCompare(`${b.topic} ${b.key}`)
    expect(said.sort(byName), 'what another hand changed since').toEqual(
      changed
        .map(({ topic, key, before, after }) => ({ topic, key, base: after, now: of(topic, key), wanted: before }))
        .sort(byName),
    )
    if (changed.length > 0) {
      expect(planned.needs!.kind).toBe('never')
      expect((await changes.apply(planned.id)).ok, 'a refused undo is applied').toBe(false)
      tally.undosRefused += 1
    } else {
      const wanted = new Map<string, RandomEdit[]>()
      for (const { topic, key, before } of original.keys) {
        const edit: RandomEdit = {
          key,
          op: before === null ? 'delete' : 'set',
          value: before ?? '',
          kept: before,
          refused: false,
        }
        wanted.set(topic, [...(wanted.get(topic) ?? []), edit])
      }
      if ((await carryOut(planned, wanted, true)) === 'applied') {
        // Exactly as it was: the model has the overrides of before now, and the comparison below holds the cluster against it.
        original.keys.forEach(({ topic, key, before }) => expect(of(topic, key)).toBe(before))
        tally.undone += 1
      }
      // One that was stopped part way has taken back what it could, and its change is not called undone.
      original.undone =
        (
          await until(`${original.id} to be told`, 60_000, () => {
            const { state } = must(changes.get(original.id))
            const undo = must(changes.get(planned.id))
            const whole = undo.results.every(({ outcome }) => outcome === 'applied' || outcome === 'not-needed')
            return undo.state === 'verified' && whole && state !== 'undone' ? null : { state }
          })
        ).state === 'undone'
      states.set(original.id, must(changes.get(original.id)).state)
    }
    states.set(planned.id, must(changes.get(planned.id)).state)
    await compare(`the undo of ${original.id}`)
  }

  return {
    model,
    told,
    states,
    async step() {
      tally.changes += 1
      if (done.length === 0 || random.chance(0.62)) return change()
      // Mostly what was done last, which nobody has touched since; else one of long ago.
      return undo(random.chance(0.7) ? done.at(-1)! : random.pick(done))
    },
  }
}
