import { beforeEach, describe, expect, it } from 'vitest'
import { SAVED_CLUSTER, type ClusterProfile } from '../../../src-main/contract/profiles'
import { TELLING_RULES, type TellingRules } from '../../../src-main/contract/telling'
import { Teller } from '../../../src-main/telling/teller'
import type { Posted } from '../../../src-main/telling/hook-post'
import { MemoryHistory } from '../../support/memory-history'
import { clock, close, cluster, open, prepare, session, watchOver } from '../../support/opened-session'

watchOver()

let history: MemoryHistory
let profile: ClusterProfile
let rules: TellingRules
let teller: Teller
let kept: unknown
let shown: { title: string; body: string; click: () => void }[]
let posted: Record<string, unknown>[]
let opened: string[]
let answer: Posted

function makeTeller(): void {
  teller = new Teller({
    clock,
    notifier: {
      supported: true,
      show: ({ title, body }, click) => void shown.push({ title, body, click }),
    },
    post: ({ body }) => {
      posted.push(JSON.parse(body) as Record<string, unknown>)
      return Promise.resolve(answer)
    },
    profile: () => profile,
    hookOf: () =>
      Promise.resolve(profile.hook === 'none' ? null : { kind: profile.hook, secrets: { url: 'http://h/' } }),
    rules: () => rules,
    language: () => 'en',
    kept,
    write: (told) => (kept = JSON.parse(JSON.stringify(told)) as unknown),
    open: (id, incident) => void opened.push(`${id} ${incident}`),
    changed: () => undefined,
    log: () => undefined,
    onError: (cause) => {
      throw cause
    },
    timeZone: 'UTC',
  })
  teller.follow(session)
}
/** As after a kill: nothing is said on the way out. */
function killTeller(): void {
  teller.close()
  makeTeller()
}
const titles = (): string[] => shown.map(({ title }) => title)

beforeEach(async () => {
  history = new MemoryHistory()
  profile = {
    ...SAVED_CLUSTER.initial,
    id: 'c',
    name: 'orders',
    environment: 'prod',
    bootstrap: ['h:1'],
    hook: 'alertmanager',
  }
  rules = TELLING_RULES.initial
  kept = undefined
  shown = []
  posted = []
  opened = []
  answer = { status: 200, text: '' }
  prepare({ partitionsPerTopic: 3, topics: 2 })
  // A second between two looks: minutes of it are played.
  open(1_000, '', undefined, history)
  makeTeller()
  await clock.advance(3_000)
})

async function killTwo(): Promise<void> {
  for (const broker of [2, 3]) cluster.kill(broker)
  await clock.advance(3_000)
  for (const broker of [2, 3]) cluster.fence(broker)
  await clock.advance(5_000)
}
async function allBack(): Promise<void> {
  for (const broker of [2, 3]) cluster.revive(broker)
  await clock.advance(3_000)
  cluster.each((partition) => (partition.isr = [...partition.replicas]))
  await clock.advance(40_000)
}

it('a cluster that is well is nothing to tell of', async () => {
  await clock.advance(120_000)
  expect([shown, posted]).toEqual([[], []])
})

describe('two brokers die and come back', () => {
  it('is one notification and one webhook, each with its end, and a click leads to the incident', async () => {
    await killTwo()
    expect(titles()).toEqual([expect.stringMatching(/^PROD orders: \d+ partitions? (refuse|are offline)/)])
    await clock.advance(20_000)
    expect(posted).toHaveLength(1)
    expect(posted[0]).toMatchObject({ status: 'firing', alerts: [{ annotations: { incident: '1' } }] })
    shown[0]?.click()
    expect(opened).toEqual(['c 1'])
    await allBack()
    expect(titles().slice(1)).toEqual(['PROD orders: incident 1 is over'])
    expect(shown[1]?.body).toMatch(/^It lasted .* until .*\nNo lost records were seen\.$/)
    expect(posted.map(({ status }) => status)).toEqual(['firing', 'resolved'])
    expect(posted[1]?.['groupKey']).toBe(posted[0]?.['groupKey'])
    expect(teller.told.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'over webhook',
      'over notification',
      'begins webhook',
      'begins notification',
    ])
  })

  it('killed in the middle of it, Highwater tells nothing twice and the end once', async () => {
    await killTwo()
    killTeller()
    await clock.advance(90_000)
    killTeller()
    await clock.advance(5_000)
    expect([shown.length, posted.length]).toEqual([1, 1])
    await allBack()
    await clock.advance(60_000)
    expect([shown.length, posted.length]).toEqual([2, 2])
    expect(new Set(posted.map(({ groupKey }) => groupKey)).size).toBe(1)
  })

  it('is silent elsewhere than in production', async () => {
    profile = { ...profile, environment: 'staging' }
    await killTwo()
    await allBack()
    expect([shown, posted]).toEqual([[], []])
  })

  it('is not told of while telling is paused; what is so afterwards is', async () => {
    teller.pause(clock.now() + 30_000)
    await killTwo()
    expect([shown, posted, teller.pausedUntil]).toEqual([[], [], expect.any(Number)])
    await clock.advance(30_000)
    expect([shown.length, posted.length, teller.pausedUntil]).toEqual([1, 1, NaN])
  })

  it('muted, it is not told of to get worse; its end ends the mute', async () => {
    await killTwo()
    const before = shown.length
    teller.mute('c', 1, Infinity)
    expect(teller.mutedUntil('c', 1)).toBe(Infinity)
    killTeller()
    expect(teller.mutedUntil('c', 1)).toBe(Infinity)
    cluster.kill(1)
    await clock.advance(30_000)
    expect(shown.length).toBe(before)
    cluster.revive(1)
    await allBack()
    await clock.advance(60_000)
    expect(teller.mutedUntil('c', 1)).toBeNaN()
    expect(titles().at(-1)).toBe('PROD orders: incident 1 is over')
  })

  it('in quiet hours waits for their end, while the webhook does not', async () => {
    const minute = Math.floor((clock.now() / 60_000) % 1_440)
    const quiet = { on: true, from: minute, until: (minute + 3) % 1_440, outagesToo: false }
    rules = { ...rules, quiet }
    await killTwo()
    expect([shown.length, posted.length]).toEqual([0, 1])
    await clock.advance(180_000)
    expect([shown.length, posted.length]).toEqual([1, 1])
  })

  it('by a webhook alone where notifications are off, and by none where there is none', async () => {
    rules = { ...rules, notifications: false }
    await killTwo()
    expect([shown.length, posted.length]).toEqual([0, 1])
    profile = { ...profile, hook: 'none' }
    await allBack()
    expect([shown.length, posted.length]).toEqual([0, 1])
  })

  it('announced, is silent by default', async () => {
    session.history?.announce({ by: 'ada', broker: 2, until: clock.now() + 600_000 })
    cluster.kill(2)
    await clock.advance(5_000)
    cluster.fence(2)
    await clock.advance(120_000)
    expect(session.frame()?.summary.incident?.planned).not.toBeNull()
    expect([shown, posted]).toEqual([[], []])
  })
})

it('a receiver that is down holds nothing up, and gets one message when it is back', async () => {
  answer = { status: 0, text: 'ECONNREFUSED' }
  await killTwo()
  expect([shown.length, posted.length >= 1, teller.hooks.waitingFor('c')]).toEqual([1, true, 1])
  killTeller()
  answer = { status: 200, text: '' }
  posted = []
  await clock.advance(10_000)
  expect([posted.length, teller.hooks.waitingFor('c')]).toEqual([1, 0])
})

it('a cluster out of sight is said to be that, after a minute, and when it is reached again', async () => {
  for (const broker of [1, 2, 3]) cluster.kill(broker)
  await clock.advance(30_000)
  expect(session.status.phase).toBe('lost')
  expect(titles().filter((title) => title.includes('no broker answers'))).toEqual([])
  await clock.advance(60_000)
  expect(titles()).toContain('PROD orders: no broker answers, its state is unknown')
  expect(teller.stand('c')).toMatchObject({ worst: 'blind', known: false })
  for (const broker of [1, 2, 3]) cluster.revive(broker)
  await clock.advance(30_000)
  expect(titles().filter((title) => title === 'PROD orders: reachable again')).toHaveLength(1)
})

it('what is kept holds no address, and is small', async () => {
  await killTwo()
  expect(JSON.stringify(kept)).not.toContain('http://h/')
  expect(JSON.stringify(kept).length).toBeLessThan(5_000)
})

it('nothing is left behind when it ends', async () => {
  teller.close()
  await close()
  const { pending } = clock
  await clock.advance(60_000)
  expect(clock.pending).toBeLessThanOrEqual(pending)
  expect(shown).toEqual([])
})
