import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLossBook } from '../../../src-main/history/loss-book'
import { openStoreFile, type StoreFile } from '../../../src-main/profiles/store-file'
import type { LossBook } from '../../../src-main/ports/loss-book'
import type { FakePartition } from '../../support/fake-cluster'
import { clock, close, cluster, errors, frame, open, prepare, session, watchOver } from '../../support/opened-session'

const BY = { at: 1_700_000_000_000, by: 'ada', reason: 'sent again' }
const TOPIC = 'topic-00000'
let file: StoreFile
let book: LossBook
let proof: () => void

watchOver()
beforeEach(() => {
  file = openStoreFile(':memory:', 0, () => undefined)
  proof = () => undefined
  book = createLossBook(file.db, () => proof())
})
afterEach(() => file.close())

async function opened(): Promise<void> {
  open(0, '', book)
  await clock.advance(2_000)
}

async function start(): Promise<void> {
  prepare({ topics: 2, partitionsPerTopic: 1, minInSyncReplicas: 1 })
  await opened()
}

const loss = () => frame().summary.loss
const shop = (): FakePartition => cluster.partition(TOPIC, 0)

/** Broker 1 is alone in the ISR and takes in 500 that it acknowledges. */
async function leadAlone(): Promise<void> {
  const one = shop()
  expect(one.leader).toBe(1)
  one.isr = [1]
  one.logEndOffset[0] = 600
  one.highWatermark = 600
  cluster.touch()
  await clock.advance(1_000)
}

/** It dies, is fenced 9 s later, and a replica without those 500 leads, as topics that elect uncleanly do. */
async function electUncleanly(): Promise<void> {
  cluster.kill(1)
  await clock.advance(9_000)
  cluster.fence(1)
  const one = shop()
  one.leader = 2
  one.isr = [2]
  one.highWatermark = 100
  one.epochEnds = new Map([[0, 100]])
  cluster.touch()
}

describe('records that are lost', () => {
  it('are told while no broker knows whether there are eligible leaders, and not called an unclean election: the new leader may have been one', async () => {
    prepare({ topics: 2, partitionsPerTopic: 1, minInSyncReplicas: 1 })
    for (const broker of cluster.brokers.values()) broker.features = null
    await opened()
    await leadAlone()
    await electUncleanly()
    await clock.until('the loss', () => loss().open > 0)
    expect(loss().atLeast).toBe(500)
    expect(session.losses!.kept.map(({ kind }) => kind)).not.toContain('unclean-election')
  })

  it('are told within 2 s, kept, there after a restart, and gone when they are acknowledged with a reason', async () => {
    await start()
    await leadAlone()
    expect(loss()).toMatchObject({ open: 0, undecided: 0 })
    await electUncleanly()
    const took = await clock.until('the loss', () => loss().open > 0)
    expect(took).toBeLessThan(2_000)
    expect(loss()).toMatchObject({
      open: 1,
      atLeast: 500,
      topics: [{ topic: TOPIC, partitions: 1, atLeast: 500 }],
      holders: [1],
    })
    const [finding] = session.losses!.kept
    expect(finding).toMatchObject({
      kind: 'unclean-election',
      oldLeader: 1,
      newLeader: 2,
      partsAt: 100,
      highWatermark: 600,
      acknowledged: null,
    })

    await close()
    await opened()
    expect(loss()).toMatchObject({ open: 1, atLeast: 500 })
    expect(session.losses!.acknowledge([finding!.id], BY)).toBe(1)
    await clock.until('the alarm to end', () => loss().open === 0)
    expect(session.losses!.kept).toMatchObject([{ acknowledged: BY }])
    await close()
    await opened()
    expect(loss()).toMatchObject({ open: 0, atLeast: 0 })
  })

  it('are counted by where the epochs part when the new log has grown past the old one', async () => {
    await start()
    await leadAlone()
    await electUncleanly()
    shop().logEndOffset[1] = 5_000
    await clock.until('the count', () => loss().atLeast > 0, 3_000)
    expect(session.losses!.kept).toMatchObject([{ atLeast: 500, partsAt: 100, kind: 'unclean-election' }])
  })

  it('are told also where the file takes nothing, and are kept as soon as it does', async () => {
    await start()
    await leadAlone()
    proof = () => {
      throw new Error('the file was replaced')
    }
    await electUncleanly()
    await clock.until('the loss', () => loss().open > 0)
    expect(errors.splice(0)).not.toEqual([])
    expect(session.losses!.kept).toMatchObject([{ id: -1, atLeast: 500 }])
    proof = () => undefined
    await clock.until('it to be kept', () => session.losses!.kept[0]!.id > 0)
    expect(loss()).toMatchObject({ open: 1 })
  })
})

describe('no loss is told', () => {
  it('of a clean failover, with since when that was watched', async () => {
    await start()
    const from = loss().watchedSince
    expect(clock.now() - from).toBeLessThanOrEqual(2_000)
    cluster.kill(1)
    await clock.advance(9_000)
    cluster.fence(1)
    await clock.advance(8_000)
    expect(loss()).toMatchObject({ open: 0, undecided: 0, watchedSince: from })
  })

  it('when a topic is deleted and made anew', async () => {
    await start()
    await leadAlone()
    cluster.deleteTopic(TOPIC)
    cluster.createTopic(TOPIC)
    await clock.advance(8_000)
    expect(loss()).toMatchObject({ open: 0, undecided: 0 })
  })
})
