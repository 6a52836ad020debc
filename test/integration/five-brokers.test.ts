/**
 * Every scene on five brokers, those that three alike ones cannot play among them: the brokers' own word must show what it promises, and what the monitor says must
 * agree with that word all the way: leaders, ISRs, LEOs, lags, high watermarks; what the stop of a broker does, for each of the five, with a real write to every partition;
 * countdowns, and since when. Part of `npm run test:long -- five`: about ten minutes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { DEFAULT_CLIENT_ID } from '../../src-main/kafka/client/options'
import { findPartition } from '../../src-main/domain/topology/topology'
import { HEALTHY, OFFLINE, UNDER_MIN_ISR } from '../../src-main/shared/states'
import { tally } from '../../src-main/shared/tally'
import { KafkaError } from '../../src-main/shared/kafka-codes'
import type { BrokerLink } from '../../src-main/ports/cluster-port'
import { fiveRoles, LOGINS, OUTSIDE, roles, until } from '../../tools/sandbox'
import type { Director, Sandbox, Witness, WitnessPartition } from '../../tools/sandbox'
import { keyOf, metadataView, viewAt } from '../../tools/sandbox/cluster-view'
import { passwordOf } from '../../tools/sandbox/logins'
import type { Login } from '../../tools/sandbox/logins'
import { askBroker } from '../../tools/sandbox/raw-client'
import { endings } from '../support/endings'
import { startFiveStage } from '../support/five-stage'
import type { StallWatch } from '../support/stall-watch'
import { brokenStop, judgeCountdowns, refusedWrites, standing, stopWord, writable } from '../support/truth-forecasts'
import type { Standing, StopWord } from '../support/truth-forecasts'
import type { Recorder, Statement } from '../support/truth-recorder'
import { everyRow, inSync, isOut, truthRounds } from '../support/truth-rounds'

const opened = endings()
let sandbox: Sandbox
let director: Director
let witness: Witness
let recorder: Recorder
let stalls: StallWatch
const { compareUntil, whenTopics, report } = truthRounds(() => ({ recorder, witness }))

beforeAll(async () => {
  ;({ sandbox, director, witness, recorder, stalls } = await startFiveStage('five', opened))
})

afterAll(async () => {
  process.stdout.write(`${report.map((line) => `  ${line}`).join('\n')}\n`)
  await opened.all()
})

/**
 * Plays a scene for its tests, with what it said; no countdown may be broken on the way; afterwards it is healed, and both the brokers and the monitor have to
 * say so.
 */
function scene(name: string, tests: (played: () => Promise<string>) => void, broker?: number): void {
  describe(broker === undefined ? name : `${name} ${broker}`, () => {
    let said: Promise<string> | null = null
    let from = Number.POSITIVE_INFINITY
    tests(() => {
      said ??= (async () => {
        const lines: string[] = []
        from = Date.now()
        await director.play(name, broker, (line) => lines.push(line))
        report.push(`${name}: its cause was in place after ${Date.now() - from} ms`)
        return lines.join('\n')
      })()
      return said
    })
    it('keeps every countdown', () => {
      const { ended, broken } = judgeCountdowns(recorder.statements, from, (a, b) => stalls.stalled(a, b))
      report.push(`${name}: ${ended} countdowns ended`)
      expect(broken).toEqual([])
    })
    afterAll(async () => {
      const from = Date.now()
      await director.heal()
      await whenTopics(`every replica in sync after ${name}`, (rows) => rows.every(inSync))
      await until(
        'all healthy again',
        180_000,
        () => everyRow(recorder.newest(), (row, one) => one.state[row] === HEALTHY) || null,
      )
      report.push(`${name}: healed within ${Date.now() - from} ms`)
    })
  })
}

const portOf = (id: number): number => sandbox.cluster.brokers().find((broker) => broker.id === id)!.port
const ofTopic = (rows: readonly WitnessPartition[], topic: string): WitnessPartition[] =>
  rows.filter((row) => row.topic === topic)
/** What the newest picture says of a partition; '' = it is not in it. */
const saidOf = ({ topic, partition }: { topic: string; partition: number }): string => {
  const one = recorder.newest()
  const row = findPartition(one.topology, topic, partition)
  return row < 0 ? '' : `leader ${one.leader[row]} ISR ${one.isr[row]}`
}
const wordOf = ({ leader, isr }: WitnessPartition): string =>
  `leader ${leader} ISR ${[...isr].sort((a, b) => a - b).join('+')}`

const running = (): string =>
  sandbox.cluster
    .brokers()
    .flatMap(({ port, state }) => (state === 'running' ? [`127.0.0.1:${port}`] : []))
    .join()

/**
 * What is said of a stop of this broker while all is well, and how all stands. The picture comes last, and the order at once after it: one incident has one start,
 * so a follower that is late for a moment between the two would be where it began (seen once, 215 ms before the order).
 */
async function foretold(broker: number): Promise<{ readonly said: StopWord; readonly before: Standing }> {
  const before = await standing(witness)
  const from = Date.now()
  const one = await until(
    'a picture of this moment in which all is well',
    60_000,
    () => {
      const newest = recorder.newest()
      return newest.metadataAt > from && newest.headline.level === 'well' ? newest : null
    },
    20,
  )
  return { said: stopWord(one, broker), before }
}

/** What was said of the stop is what has become of every partition, by the leaders' gauges and by a write to each. */
async function keepsWord(what: string, said: StopWord, before: Standing): Promise<void> {
  const rows = await witness.describeTopics()
  const now = await standing(witness)
  expect(brokenStop(said, before, now)).toEqual([])
  const refused = await refusedWrites(running(), rows)
  expect([...refused].sort()).toEqual([...now.refusing].filter((key) => !key.startsWith('__')).sort())
  report.push(
    `${what}: ${now.offline.size} without a leader and ${now.refusing.size} that refuse acks=all, as was said; ${writable(rows).length} written to`,
  )
}

describe('five brokers', () => {
  it('stand on three racks, with one to five replicas, all in sync, and agree in health', async () => {
    expect(sandbox.cluster.brokers().map(({ rack }) => rack)).toEqual([
      'rack-a',
      'rack-b',
      'rack-c',
      'rack-a',
      'rack-b',
    ])
    const rows = await whenTopics('all to be in sync', (now) => now.every(inSync))
    expect([...new Set(rows.map(({ replicas }) => replicas.length))].sort()).toEqual([1, 2, 3, 4, 5])
    await compareUntil('healthy', (rounds) => rounds.some(({ exact, lags }) => exact > 50 && lags > 0))
  })
})

for (const id of [1, 2, 3, 4, 5])
  scene(
    'dead-broker',
    (played) => {
      it('does to every partition what was said of its stop, and is silent since it died', async () => {
        const { said, before } = await foretold(id)
        const from = Date.now()
        await played()
        const first = await until(
          'its silence',
          30_000,
          () => recorder.statements.find((one) => one.publishedAt >= from && one.silent.includes(id)) ?? null,
          20,
        )
        const since = first.brokers.find((one) => one.id === id)!.answersSince
        expect(since).toBeGreaterThanOrEqual(from - 50)
        expect(since).toBeLessThanOrEqual(first.publishedAt)
        expect(first.headline.began).toBe('seen')
        expect(first.headline.since).toBeGreaterThanOrEqual(from - 50)
        report.push(
          `dead-broker ${id}: silent since ${since - from} ms after the order, shown after ${first.publishedAt - from} ms`,
        )
        await whenTopics(`broker ${id} to be out`, (rows) => isOut(id, rows))
        await compareUntil(`dead-broker ${id}`, () => everyRow(recorder.newest(), (row, one) => one.leader[row] !== id))
        await keepsWord(`dead-broker ${id}`, said, before)
      })
    },
    id,
  )

scene(
  'frozen-broker',
  (played) => {
    it('is fenced when that was said, with what was said of it', async () => {
      const before = await standing(witness)
      const from = Date.now()
      await played()
      await whenTopics('broker 5 to be out', (rows) => isOut(5, rows))
      await compareUntil('frozen-broker', () => everyRow(recorder.newest(), (row, one) => one.leader[row] !== 5))
      const since = recorder.statements.filter(({ publishedAt }) => publishedAt >= from)
      const out = since.find((one) => everyRow(one, (row) => one.leader[row] !== 5))!
      const told = since.flatMap((one) =>
        one.publishedAt < out.publishedAt ? one.headline.silent.filter(({ broker }) => broker === 5) : [],
      )
      const last = told.at(-1)
      expect(last).toBeDefined()
      report.push(
        `frozen-broker: gone ${Math.round(out.metadataAt - from)} ms after the order; said were ${Math.round(last!.fencedFrom - from)} to ${Math.round(last!.fencedTo - from)} ms`,
      )
      expect(out.metadataAt).toBeGreaterThanOrEqual(last!.fencedFrom - 500)
      expect(out.metadataAt - stalls.stalled(last!.fencedFrom, out.metadataAt)).toBeLessThanOrEqual(
        last!.fencedTo + 3_000,
      )
      await keepsWord('frozen-broker', { refuses: tally(last!.thenRefuses), offline: tally(last!.thenOffline) }, before)
    })
  },
  5,
)

scene('slow-follower', (played) => {
  it('leaves within its countdown on every partition it stands still on', async () => {
    const from = Date.now()
    await played()
    await whenTopics('broker 3 to leave ISRs', (rows) =>
      ofTopic(rows, roles.slow).some(({ replicas, isr }) => replicas.includes(3) && !isr.includes(3)),
    )
    await compareUntil('slow-follower', () => judgeCountdowns(recorder.statements, from).ended > 0)
  })
})

scene('min-isr-block', (played) => {
  it('refuses acks=all where that is said, and nowhere else', async () => {
    await played()
    await compareUntil('min-isr-block', () => {
      const one = recorder.newest()
      return one.state.some((state) => state === UNDER_MIN_ISR) && everyRow(one, (row) => one.leader[row] !== 2)
    })
    const rows = await witness.describeTopics()
    const one = recorder.newest()
    const said = rows
      .filter((row) => one.state[findPartition(one.topology, row.topic, row.partition)] === UNDER_MIN_ISR)
      .map(keyOf)
    expect([...(await standing(witness)).refusing].sort()).toEqual(said.sort())
    expect([...(await refusedWrites(running(), rows))].sort()).toEqual(
      said.filter((key) => !key.startsWith('__')).sort(),
    )
  })
})

scene('offline-partition', (played) => {
  it('agrees about partitions without a leader', async () => {
    await played()
    const rows = await whenTopics('the lonely topic to be without a leader', (now) =>
      ofTopic(now, roles.lonely).every(({ leader }) => leader < 0),
    )
    const lost = rows.filter(({ leader }) => leader < 0).length
    await compareUntil(
      'offline-partition',
      () => recorder.newest().state.filter((state) => state === OFFLINE).length === lost,
    )
  })
})

scene('flapping', (played) => {
  it('agrees while a broker leaves, comes back and leaves again', async () => {
    const from = Date.now()
    await played()
    const gone = (one: Statement): boolean => everyRow(one, (row) => !one.isr[row]!.includes('2'))
    await compareUntil('flapping', () => {
      const since = recorder.statements.filter(({ publishedAt }) => publishedAt > from)
      const left = since.findIndex(gone)
      const back = since.findIndex((one, at) => left >= 0 && at > left && !gone(one))
      return back >= 0 && since.slice(back).some(gone)
    })
  })
})

scene('burst', (played) => {
  it('agrees while traffic surges', async () => {
    await played()
    const from = Date.now()
    await compareUntil('burst', () => Date.now() - from > 6_000)
  })
})

scene('shutdown', (played) => {
  it('hands its leaders over before it goes: none is missing one, and nobody waits for a session to end', async () => {
    const { said, before } = await foretold(2)
    const from = Date.now()
    await played()
    const rows = await whenTopics('broker 2 to be gone', (now) =>
      now.every(({ leader, isr }) => leader !== 2 && !isr.includes(2)),
    )
    expect(rows.filter(({ leader }) => leader < 0)).toEqual([])
    report.push(`shutdown: out of every ISR ${Date.now() - from} ms after the order`)
    await compareUntil('shutdown', () => everyRow(recorder.newest(), (row, one) => one.leader[row] !== 2))
    await keepsWord('shutdown', said, before)
  })
})

scene('two-brokers', (played) => {
  it('leaves exactly those without a leader whose replicas were all there', async () => {
    await played()
    const all = sandbox.topics.flatMap(({ name, assignment }) =>
      assignment.map((replicas, partition) => ({ topic: name, partition, replicas })),
    )
    const lost = all.filter(({ replicas }) => replicas.every((id) => id === 2 || id === 3)).map(keyOf)
    expect(lost.length).toBeGreaterThan(0)
    const offline = (rows: readonly WitnessPartition[]): string[] =>
      rows
        .filter(({ leader }) => leader < 0)
        .map(keyOf)
        .sort()
    await whenTopics(
      'brokers 2 and 3 to be gone',
      (rows) =>
        rows.every(({ isr, leader }) => leader < 0 || (!isr.includes(2) && !isr.includes(3))) &&
        offline(rows).join() === [...lost].sort().join(),
    )
    await compareUntil('two-brokers', () => {
      const one = recorder.newest()
      return one.state.filter((state) => state === OFFLINE).length === lost.length
    })
  })
})

scene('log-dir-fails', (played) => {
  it('takes part of the replicas from a broker that stays', async () => {
    await played()
    const holds = ({ replicas }: WitnessPartition): boolean => replicas.includes(4)
    const rows = await whenTopics('broker 4 to leave some ISRs', (now) =>
      now.some((row) => holds(row) && !row.isr.includes(4)),
    )
    const left = rows.filter((row) => holds(row) && !row.isr.includes(4))
    report.push(`log-dir-fails: ${left.length} of ${rows.filter(holds).length} replicas of broker 4 are gone`)
    expect(left.length).toBeLessThan(rows.filter(holds).length)
    expect(left.filter(({ leader, replicas }) => leader === 4 || (leader < 0 && replicas.length > 1))).toEqual([])
    for (const { brokers } of await sandbox.admin.views()) expect(brokers).toContain(4)
    const rounds = await compareUntil('log-dir-fails', () =>
      left.every((row) => !saidOf(row).split('ISR')[1]!.includes('4')),
    )
    // What lies there cannot be read: it is unknown, and so is every sum over it.
    for (const { withoutLog } of rounds) expect(withoutLog).toBeGreaterThanOrEqual(left.length)
    expect(recorder.newest().brokers.find(({ id }) => id === 4)?.lagRecords).toBeNaN()
  })
})

scene('stale-broker', (played) => {
  it('is fenced, goes on with its data, and names what was', async () => {
    await played()
    const rows = await whenTopics('broker 3 to lead nothing', (now) =>
      now.every(({ leader, isr }) => leader !== 3 && !isr.includes(3)),
    )
    const own = await viewAt(portOf(3))
    expect(own.brokers).toContain(3)
    const word = new Map(rows.map((row) => [keyOf(row), row]))
    const ownLeads = own.partitions.filter(({ leader }) => leader === 3)
    expect(ownLeads.length).toBeGreaterThan(10)
    const contradicts = own.partitions.filter((row) => word.get(keyOf(row))?.leader !== row.leader)
    expect(contradicts).toHaveLength(ownLeads.length)
    for (const id of [1, 2, 4, 5]) expect((await viewAt(portOf(id))).brokers).not.toContain(3)
    report.push(`stale-broker: names itself as the leader of ${ownLeads.length} partitions that others lead`)
    await compareUntil('stale-broker', () =>
      everyRow(recorder.newest(), (row, one) => one.leader[row] !== 3 && !one.isr[row]!.includes('3')),
    )
    // Its connections to other brokers were never touched: it follows where its leader has not changed.
    const followed = rows.filter(({ topic, replicas, leader }) => {
      const before = own.partitions.filter((row) => row.topic === topic && row.leader === leader)
      return topic === roles.busy && replicas.includes(3) && before.length > 0
    })
    expect(followed.length).toBeGreaterThan(0)
    const endsOn3 = async (): Promise<number> =>
      (await witness.replicaLogEndOffsets())
        .filter(({ broker, topic }) => broker === 3 && topic === roles.busy)
        .reduce((sum, { logEndOffset }) => sum + logEndOffset, 0)
    const before = await endsOn3()
    await until('its data to go on', 30_000, async () => (await endsOn3()) > before || null)
  })
})

scene('listener-missing', (played) => {
  it('is leaderless for clients outside, and in sync for everybody else', async () => {
    await played()
    const rows = await whenTopics('broker 5 to lead', (now) =>
      ofTopic(now, fiveRoles.everywhere).every(({ leader }) => leader === 5),
    )
    expect(ofTopic(rows, fiveRoles.everywhere).every(({ isr }) => isr.length === 5)).toBe(true)
    const [outside = ''] = sandbox.cluster.bootstrapOf(OUTSIDE).split(',')
    const told = await viewAt(Number(outside.split(':')[1]))
    expect([...told.brokers].sort()).toEqual([1, 2, 3, 4])
    const leaders = told.partitions.filter(({ topic }) => topic === fiveRoles.everywhere).map(({ leader }) => leader)
    expect(leaders).toEqual([-1, -1, -1, -1, -1])
    await compareUntil('listener-missing', () =>
      saidOf({ topic: fiveRoles.everywhere, partition: 0 }).includes('leader 5'),
    )
  })
})

scene('quota', (played) => {
  /** How long the broker holds this client back for one question. */
  async function heldMs(clientId: string): Promise<number> {
    const body = metadataView.encode(7, null)
    const answer = await askBroker(portOf(1), { apiKey: metadataView.apiKey, apiVersion: 7, body, clientId })
    return answer.readInt32BE(0)
  }

  it('holds Highwater back and nobody else, which is no silence, and it goes on telling the truth', async () => {
    await played()
    const from = Date.now()
    const longest = await until('to be held back', 60_000, async () => {
      const ms = await heldMs(DEFAULT_CLIENT_ID)
      return ms > 100 ? ms : null
    })
    expect(await heldMs('somebody-else')).toBe(0)
    report.push(`quota: one question is held back for ${longest} ms`)
    await compareUntil('quota', () => Date.now() - from > 10_000)
    const silent = recorder.statements.flatMap(({ publishedAt, headline }) =>
      publishedAt <= from
        ? []
        : headline.silent.map(
            ({ broker, silence, since }) =>
              `broker ${broker}, ${silence}: since ${since - from} ms, told at ${publishedAt - from}, ${stalls.stalled(since, publishedAt)} of them stood still here`,
          ),
    )
    expect(silent).toEqual([])
  })
})

scene('unclean', (played) => {
  it('elects a leader that missed acknowledged records, and they stay gone', async () => {
    const said = await played()
    const [, heir, has, lost] = /Broker (\d+) leads from offset (\d+): (\d+) records/.exec(said)!.map(Number)
    expect(lost).toBeGreaterThanOrEqual(500)
    report.push(`unclean: ${lost} acknowledged records lost, from offset ${has}`)
    await whenTopics('the heir to lead alone', (rows) =>
      ofTopic(rows, fiveRoles.lossy).every(({ leader, isr }) => leader === heir && isr.join() === String(heir)),
    )
    await compareUntil(
      'unclean',
      () => saidOf({ topic: fiveRoles.lossy, partition: 0 }) === `leader ${heir} ISR ${heir}`,
    )
  })
})

scene('reassign', (played) => {
  it('moves for minutes under its throttle, and what is added is not called missing', async () => {
    await played()
    const moving = (rows: readonly WitnessPartition[]): WitnessPartition[] => ofTopic(rows, fiveRoles.moved)
    const rows = await whenTopics('four replicas where there were two', (now) =>
      moving(now).every(({ replicas }) => replicas.length === 4),
    )
    await compareUntil('reassign', () => moving(rows).every((row) => saidOf(row) === wordOf(row)))
    const leos = (await witness.replicaLogEndOffsets()).filter(({ topic }) => topic === fiveRoles.moved)
    const now = moving(await witness.describeTopics())
    expect(now.every(({ replicas }) => replicas.length === 4)).toBe(true)
    for (const { partition, leader, replicas } of now) {
      const at = (broker: number): number =>
        leos.find((row) => row.partition === partition && row.broker === broker)?.logEndOffset ?? 0
      const behind = replicas.filter((id) => at(id) < at(leader))
      expect(behind.length).toBeGreaterThan(0)
    }
    const one = recorder.newest()
    for (const row of now) expect(one.state[findPartition(one.topology, row.topic, row.partition)]).toBe(HEALTHY)
  })
})

scene('topic-anew', (played) => {
  it('is another topic under the same name, and nothing of the old one is told of it', async () => {
    const TOPIC = 'inventory.stock-levels'
    const ends = async (): Promise<number> =>
      (await witness.replicaLogEndOffsets())
        .filter(({ topic }) => topic === TOPIC)
        .reduce((sum, { logEndOffset }) => sum + logEndOffset, 0)
    const before = await until('records in it', 60_000, async () => {
      const sum = await ends()
      return sum > 500 ? sum : null
    })
    await played()
    expect(await ends()).toBeLessThan(before)
    const from = Date.now()
    await compareUntil('topic-anew', () => Date.now() - from > 5_000)
  })
})

scene('rights', (played) => {
  async function asLogin<T>(login: Login, use: (link: BrokerLink) => Promise<T>): Promise<T> {
    const bootstrap = parseBootstrap([sandbox.cluster.bootstrapOf(LOGINS)])
    if (!bootstrap.ok) throw new Error(bootstrap.error.message)
    const sasl = { mechanism: 'plain', username: login, password: passwordOf(login) } as const
    const client = createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl })
    try {
      const { brokers } = await client.open(20_000)
      const link = client.link(brokers[0]!)
      await link.connect(20_000)
      return await use(link)
    } finally {
      await client.close()
    }
  }
  const topicsSeen = (login: Login): Promise<readonly string[]> =>
    asLogin(login, async (link) => (await link.metadata(null, 20_000)).topicNames)
  const mayReadSettings = (login: Login, name: string): Promise<number | undefined> =>
    asLogin(login, async (link) => (await link.configs([{ type: 'topic', name }], null, 20_000))[0]?.error)

  it('shows each login its own part of the cluster', async () => {
    await played()
    const all = new Set((await witness.describeTopics()).map(({ topic }) => topic))
    await until(
      'the login for all to see all',
      30_000,
      async () => (await topicsSeen('all')).length === all.size || null,
    )
    expect(new Set(await topicsSeen('no-configs'))).toEqual(all)
    expect(await topicsSeen('nothing')).toEqual([])
    expect(await topicsSeen('one-topic')).toEqual([roles.slow])
    expect(await topicsSeen('team')).toEqual([fiveRoles.team])
    expect(await mayReadSettings('all', roles.slow)).toBe(0)
    expect(await mayReadSettings('one-topic', roles.slow)).toBe(0)
    expect(await mayReadSettings('team', fiveRoles.team)).toBe(0)
    expect(await mayReadSettings('no-configs', roles.slow)).toBe(KafkaError.TOPIC_AUTHORIZATION_FAILED)
    const from = Date.now()
    await compareUntil('rights', () => Date.now() - from > 3_000)
  })
})
