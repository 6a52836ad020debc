/** A value that may be a secret is typed once and sent: no line, answer, report or command has it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeDraft } from '../../../src-main/contract/change'
import { HIDDEN } from '../../../src-main/shared/hidden-value'
import {
  applied,
  changes,
  confirm,
  confirmed,
  done,
  endChanges,
  journal,
  live,
  must,
  onReach,
  onTopics,
  overridesOf,
  planned,
  removal,
  restart,
  setTo,
  startChanges,
  topicName,
  view,
} from '../../support/opened-changes'
import { settled } from '../../support/live-cluster'
import { clock, cluster, watchOver } from '../../support/opened-session'

const KEY = 'vendor.secret'
const CANARY = 'canary-7f3a,[x]=y'
const PASSWORD = 9
const TOPIC = topicName(0)
const DRAFT = onTopics([TOPIC], setTo(KEY, CANARY))

/** Everything a person or a file gets to see of a change. */
const seen = (id: string): string =>
  [
    JSON.stringify(journal.all),
    JSON.stringify(view(id)),
    ...(['markdown', 'json', 'csv'] as const).map((format) => must(changes.report([id], format)).text),
  ].join('\n')

describe('a value that may be a secret', () => {
  watchOver()
  beforeEach(async () => {
    await startChanges()
    cluster.settings.defaults.set(KEY, { value: null, source: 5, type: PASSWORD, sensitive: true })
  })
  afterEach(endChanges)

  it('reaches the broker and nothing else', async () => {
    const { id, state } = await done(DRAFT)
    expect(state).toBe('verified')
    expect(overridesOf(TOPIC)).toMatchObject({ [KEY]: CANARY })
    await clock.advance(64_000)
    expect(view(id)).toMatchObject({ state: 'watched', watching: { outcome: 'calm' } })
    expect(seen(id)).not.toContain('canary')
    expect(view(id).plan).toMatchObject({ commands: [], noCommands: { id: 'commands.hidden' } })
  })

  it('is not in what the broker says of it either', async () => {
    cluster.settings.refuse = ({ edits }) => ({ error: 40, message: `Invalid value ${edits[0]!.value} for ${KEY}` })
    const { id } = await planned(DRAFT)
    must(await settled(changes.validate(id)))
    expect(view(id).validation!.refusals[0]!.message).toEqual({
      id: 'said',
      args: { text: `Invalid value ${HIDDEN} for ${KEY}` },
    })
    expect(seen(id)).not.toContain('canary')
  })

  it('of a key that no broker tells is hidden as well, and one that is told plainly is shown by the plan', async () => {
    const { id } = await planned(onTopics([TOPIC], setTo('vendor.untold', CANARY)))
    expect(seen(id)).not.toContain('canary')
    cluster.settings.defaults.set('vendor.plain', { value: 'off', source: 5, type: 2 })
    const { plan } = await planned(onTopics([TOPIC], setTo('vendor.plain', 'on')))
    expect(plan).toMatchObject({ items: [{ after: { override: 'on' } }], commands: [expect.stringContaining('=on')] })
  })

  it('stays what was typed when the draft comes back from the page', async () => {
    const draft = onTopics([TOPIC, topicName(1)], setTo(KEY, CANARY), setTo('compression.type', 'zstd'))
    const { id, draft: shown } = await planned(draft)
    expect(shown).toMatchObject({ groups: [{ edits: [{ value: HIDDEN }, { value: 'zstd' }] }] })
    const fewer: ChangeDraft = onTopics([topicName(1)], setTo(KEY, HIDDEN))
    must(changes.draft({ id, cluster: live.id, draft: fewer }))
    must(await settled(changes.plan(id)))
    must(await settled(changes.validate(id)))
    confirm(id)
    await applied(id)
    expect(overridesOf(topicName(1))).toMatchObject({ [KEY]: CANARY })
  })

  it('is taken back by removing it, and a new one over an old one cannot be', async () => {
    const { id } = await done(DRAFT)
    const undo = must(await settled(changes.undo({ id, cluster: live.id })))
    expect(undo).toMatchObject({ conflict: null, plan: { items: [{ key: KEY, after: { override: null } }] } })
    const { plan } = await planned(onTopics([TOPIC], setTo(KEY, 'canary-2')))
    expect(plan).toMatchObject({ cannotRestore: ['value-hidden'], items: [{ before: { override: null } }] })
  })

  it('has to be typed again in another run, and says so', async () => {
    const { id } = await planned(DRAFT)
    restart()
    expect(await settled(changes.plan(id))).toMatchObject({
      ok: false,
      error: { code: 'bad-input', detail: { text: 'value-hidden', key: KEY } },
    })
    expect(cluster.settings.written).toEqual([])
  })

  it('goes on into the rest of a stopped change', async () => {
    const { id } = await confirmed(onTopics([TOPIC, topicName(1)], setTo(KEY, CANARY)))
    onReach.act = (point) => {
      if (point === 'between-batches') changes.stop(id)
    }
    await applied(id)
    await clock.advance(64_000)
    onReach.act = () => undefined
    const rest = must(await settled(changes.rest(id)))
    must(await settled(changes.plan(rest.id)))
    must(await settled(changes.validate(rest.id)))
    confirm(rest.id)
    await applied(rest.id)
    expect(overridesOf(topicName(1))).toMatchObject({ [KEY]: CANARY })
    expect(seen(rest.id)).not.toContain('canary')
  })

  describe('after a write without an answer', () => {
    const lost = async (edit: ReturnType<typeof setTo>, fate: 'done-cut' | 'cut') => {
      const { id } = await confirmed(onTopics([TOPIC], edit))
      cluster.facts.fates.alter.push(fate)
      return applied(id)
    }

    it.each([
      ['done-cut', 'applied', 'verified'],
      ['cut', 'refused', 'failed'],
    ] as const)('%s: that there is one now tells what became of it (%s)', async (fate, outcome, state) => {
      expect(await lost(setTo(KEY, CANARY), fate)).toMatchObject({ state, results: [{ outcome }] })
    })

    it('where there was one before, nobody can tell', async () => {
      cluster.topic(TOPIC)!.settings.set(KEY, 'canary-old')
      const { id, results } = await lost(setTo(KEY, CANARY), 'done-cut')
      expect(results).toMatchObject([{ outcome: 'unknown', message: { id: 'result.hidden' } }])
      expect(seen(id)).not.toContain('canary')
    })

    it.each([
      ['done-cut', 'applied'],
      ['cut', 'refused'],
    ] as const)('a removal that was %s is %s: it is gone, or still there', async (fate, outcome) => {
      cluster.topic(TOPIC)!.settings.set(KEY, 'canary-old')
      expect(await lost(removal(KEY), fate)).toMatchObject({ results: [{ outcome }] })
    })
  })
})
