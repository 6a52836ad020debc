import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../src-main/contract/history'
import type { Standing } from '../../../src-main/domain/telling/conditions'
import type { Matter, Tell } from '../../../src-main/domain/telling/telling'
import { overMessage, troubleMessage, type About, type Message } from '../../../src-main/telling/message'
import { createFormats } from '../../../src-main/shared/words/format/formats'
import { say } from '../../../src-main/shared/words/say'
import { printable } from '../../../src-main/shared/printable'
import { buildKeptIncident } from '../../support/incidents'
import { NOW } from '../../support/summaries'

const MINUTE = 60_000
const f = createFormats('en', 'UTC')
const about: About = { profile: { id: 'p1', name: 'orders', environment: 'prod' }, at: NOW, f }
const tell = (own: Partial<Tell> = {}): Tell => ({
  kind: 'worse',
  id: 7,
  key: 'k7',
  condition: 'offline',
  planned: false,
  ...own,
})
const standing: Standing = {
  conditions: ['offline'],
  partitions: { short: 3, oneAway: 3, refuses: 3, offline: 3 },
  topics: ['payments'],
  topicCount: 1,
  brokers: [],
  lostAtLeast: 0,
}
const lines = ({ lines: all }: Message): string[] => all.map((line) => say('en', line, printable))
const time = (ago: number): string => f.time(NOW - ago, NOW)

describe('what got worse', () => {
  const told = (id: number, from: number): string =>
    lines(troubleMessage(about, tell({ id }), matter(id, from), standing))[0]!
  const matter = (id: number, from: number): Matter => ({
    id,
    key: `k${id}`,
    began: { from, to: NOW - 30 * MINUTE },
    planned: null,
  })

  it('is not said to be as old as its incident', () => {
    expect(told(7, NOW - 31 * MINUTE)).toBe(`Incident 7, began at ${time(30 * MINUTE)}.`)
    expect(told(7, Number.NaN)).toBe(
      `Incident 7, seen since ${time(30 * MINUTE)}; it began earlier, before Highwater was watching.`,
    )
  })

  it('of a cluster that is out of sight has its own time', () => {
    expect(told(0, NOW - 31 * MINUTE)).toBe(`Since ${time(30 * MINUTE)}.`)
  })
})

describe('how long it lasted', () => {
  const unwatched = {
    kind: 'unwatched',
    from: NOW - 8 * MINUTE,
    to: NOW - 6 * MINUTE,
    brokers: [],
    amount: NaN,
  } as const
  const recovering = { ...unwatched, kind: 'recovering', from: NOW - 5 * MINUTE, to: NOW - 5 * MINUTE } as const
  const ended = { from: NOW - MINUTE, to: NOW - MINUTE }

  it.each<[string, Partial<Incident>, string]>([
    [
      'seen whole',
      { began: { from: NOW - 11 * MINUTE, to: NOW - 10 * MINUTE }, phases: [] },
      `It lasted 9 min, until ${time(MINUTE)}.`,
    ],
    [
      'its beginning was not seen',
      { began: { from: NaN, to: NOW - 10 * MINUTE }, phases: [] },
      `It lasted at least 9 min, until ${time(MINUTE)}.`,
    ],
    [
      'nobody watched for a while',
      { began: { from: NaN, to: NOW - 10 * MINUTE }, phases: [unwatched, recovering] },
      `It ended at ${time(MINUTE)}. Part of it was not watched.`,
    ],
    [
      'nobody watched at its end',
      { phases: [unwatched] },
      `It ended while the cluster was not watched, no later than ${time(MINUTE)}.`,
    ],
  ])('%s', (_, parts, expected) => {
    const told = overMessage(about, tell({ kind: 'over' }), buildKeptIncident({ ...parts, ended }))
    expect(lines(told)[0]).toBe(expected)
  })
})
