/** The scenes of trouble, in the real window on real brokers: what it says, when it says it, and that the brokers agree afterwards. */
import { until } from '../../tools/sandbox'
import { roles } from '../../tools/sandbox/topics'
import { expect, test } from './fixture'
import type { RunningSandbox } from './fixture'
import { launch } from './launch'
import type { Highwater } from './launch'
import { detail, goTo, headline, recordsBehind, replicaOf, untilHeadline } from './scene-words'

const WELL = /fully replicated/
/** The promise is 3 s; a busy test machine may take a little longer to start the look. */
const NAMED_WITHIN_MS = 3000

let open: Highwater | null = null
const window = (): Highwater => {
  if (open === null) throw new Error('The window is not open')
  return open
}

/** Plays a scene; answers what it announced. */
async function play(sandbox: RunningSandbox, name: string, broker?: number): Promise<string> {
  let said = ''
  await sandbox.director.play(name, broker, (text) => (said += text))
  return said
}

async function healed(sandbox: RunningSandbox): Promise<void> {
  await sandbox.director.heal()
  await goTo(window().page, '/board')
  await untilHeadline(window().page, WELL, 60_000)
}

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test.beforeAll(async ({ built, sandbox }) => {
  expect(built).toBe(true)
  open = await launch({ env: { BOOTSTRAP: sandbox.cluster.bootstrap, CLUSTER_NAME: 'sandbox', ENV: 'dev' } })
  await window().page.locator('[data-headline][data-level=well]').waitFor({ timeout: 60_000 })
})
test.afterAll(async () => {
  await open?.close()
})

test('slow-follower: lag grows, the countdown runs, the ISR shrinks when the brokers say so, and heals with an estimate', async ({ sandbox }) => {
  const { page } = window()
  const said = await play(sandbox, 'slow-follower', 3)
  const partition = Number(/partitions? (\d+)/.exec(said)?.[1])
  await goTo(page, `/partition/${roles.slow}/${partition}`)
  const lags: number[] = []
  const seen = new Set<string>()
  await until('growing lag and a countdown', 25_000, async () => {
    const { membership, notes } = await replicaOf(page, 3)
    seen.add(`${membership}: ${notes}`)
    const lag = recordsBehind(notes)
    if (lag > (lags.at(-1) ?? 0)) lags.push(lag)
    return lags.length >= 3 && membership === 'in ISR' && /leaves ISR in/.test(notes) ? true : null
  }).catch((cause: unknown) => {
    throw new Error(`The ladder said: ${[...seen].join(' | ')}`, { cause })
  })
  const inSync = async (): Promise<boolean | undefined> =>
    (await sandbox.admin.view(1)).partitions.find((row) => row.topic === roles.slow && row.partition === partition)?.isr.includes(3)
  await until('the brokers to evict it', 40_000, async () => ((await inSync()) === false ? true : null), 20)
  await expect.poll(async () => (await replicaOf(page, 3)).membership, { timeout: 5000 }).toMatch(/^out/)
  const { notes } = await replicaOf(page, 3)
  expect(recordsBehind(notes), notes).toBeGreaterThan(lags[0] ?? Number.NaN)

  await goTo(page, '/board')
  await expect.poll(() => detail(page), { timeout: 15_000 }).toContain('under a replication throttle')
  await goTo(page, `/partition/${roles.slow}/${partition}`)

  // Enough to fetch that catching up takes a while, then a throttle that lets it: the estimate must show on the way back.
  const before = recordsBehind((await replicaOf(page, 3)).notes)
  const backlog = sandbox.traffic.start({ topic: roles.slow, partitions: [partition], recordsPerSecond: 150, recordBytes: 10_000, acks: 1 })
  await expect.poll(async () => recordsBehind((await replicaOf(page, 3)).notes), { timeout: 60_000 }).toBeGreaterThan(before + 1500)
  backlog.stop()
  await sandbox.admin.alterBroker(3, { 'follower.replication.throttled.rate': '1000000' })
  await expect.poll(async () => (await replicaOf(page, 3)).notes, { timeout: 60_000, intervals: [50] }).toMatch(/caught up in about/)
  await sandbox.director.heal()
  await expect.poll(async () => (await replicaOf(page, 3)).membership, { timeout: 60_000 }).toBe('in ISR')
  await healed(sandbox)
})

test('frozen-broker: named within 3 s, before the metadata knows, with what follows when it is fenced', async ({ sandbox }) => {
  const { page } = window()
  await play(sandbox, 'frozen-broker', 2)
  const tookMs = await untilHeadline(page, /Broker 2 \(rack-b\) does not answer/, 15_000)
  const { brokers } = await sandbox.admin.view(1)
  expect(brokers, 'metadata still calls it live').toContain(2)
  expect(tookMs).toBeLessThan(NAMED_WITHIN_MS)
  expect(await detail(page)).toMatch(/fenced in about/)
  await untilHeadline(page, /(gone|one loss away|under-replicated|offline|behind)/, 30_000)
  const healing = sandbox.director.heal()
  await untilHeadline(page, WELL, 60_000)
  await healing
})

test('dead-broker: named at once, then gone, then well again', async ({ sandbox }) => {
  const { page } = window()
  await play(sandbox, 'dead-broker', 2)
  const tookMs = await untilHeadline(page, /Broker 2 \(rack-b\) does not answer/, 15_000)
  const { brokers } = await sandbox.admin.view(1)
  expect(brokers, 'metadata still calls it live').toContain(2)
  expect(tookMs).toBeLessThan(NAMED_WITHIN_MS)
  expect(await detail(page)).toMatch(/refuses connections/)
  await untilHeadline(page, /Broker 2 \(rack-b\) is gone/, 30_000)
  await healed(sandbox)
})

test('offline-partition: offline partitions are shown while everything else stays live', async ({ sandbox }) => {
  const { page } = window()
  await play(sandbox, 'offline-partition')
  await untilHeadline(page, /3 partitions are offline|goes? offline/, 30_000)
  await until('the partitions without a leader', 30_000, async () => {
    const rows = (await sandbox.admin.view(1)).partitions.filter(({ topic }) => topic === roles.lonely)
    return rows.every(({ leader }) => leader === -1) ? true : null
  })
  await expect.poll(() => headline(page), { timeout: 10_000 }).toMatch(/3 partitions are offline/)
  const offline = page.locator('[role=grid] [role=row]', { hasText: roles.lonely })
  await expect(offline.first()).toContainText('offline')
  // Everything else goes on: the page of a partition elsewhere still moves.
  await goTo(page, `/partition/${roles.busy}/0`)
  const leaderRow = page.locator('li.row', { hasText: 'leader' }).locator('[data-notes]')
  const before = await leaderRow.innerText()
  await expect.poll(() => leaderRow.innerText(), { timeout: 20_000 }).not.toBe(before)
  await healed(sandbox)
})

test('min-isr-block: the board says that writes are refused, and so does the partition', async ({ sandbox }) => {
  const { page } = window()
  await play(sandbox, 'min-isr-block')
  await untilHeadline(page, /refuses? acks=all writes/, 40_000)
  const blocked = (await sandbox.admin.view()).partitions.find(({ topic, isr }) => topic === roles.guarded && isr.length < 3)
  await goTo(page, `/partition/${roles.guarded}/${blocked?.partition ?? 0}`)
  await expect(page.locator('[data-accepts]')).toContainText('Refuses acks=all writes')
  await healed(sandbox)
})
