import { expect, it } from 'vitest'
import type { WhatIf } from '../../../src-main/contract/what-if'
import { clock, cluster, frame, open, prepare, session, start, watchOver } from '../../support/opened-session'

watchOver()

async function ask(brokers: readonly number[]): Promise<WhatIf | null> {
  const answer = session.whatIf(brokers)
  await clock.advance(10)
  return answer
}

it('there is no answer before the first picture', async () => {
  prepare()
  open()
  expect(await session.whatIf([1])).toBeNull()
})

it("a broker's answer has the figures of its row on the board, and asks nobody", async () => {
  await start({ partitionsPerTopic: 7 })
  await clock.until('min ISR read', () => frame().summary.minIsrUnknown === 0, 5_000)
  const asked = cluster.asked.length
  const { summary } = frame()
  for (const { id, stopOffline, stopRefuses, stopLoses, leaders } of summary.brokers) {
    const answer = await session.whatIf([id])
    expect(answer).toMatchObject({
      brokers: [id],
      takenAt: summary.takenAt,
      reach: summary.reach,
      offline: stopOffline,
      refuses: stopRefuses,
      loses: stopLoses,
    })
    expect(answer?.moves.reduce((sum, { partitions }) => sum + partitions, 0)).toBe(leaders)
  }
  expect(cluster.asked).toHaveLength(asked)
})

it('two of three copies: every partition refuses, and with all three none has a leader', async () => {
  await start()
  await clock.until('min ISR read', () => frame().summary.minIsrUnknown === 0, 5_000)
  expect(await ask([1, 2])).toMatchObject({ offline: { atLeast: 0 }, refuses: { atLeast: 20, complete: true } })
  expect(await ask([3, 1, 2])).toMatchObject({
    brokers: [1, 2, 3],
    offline: { atLeast: 20 },
    byDesign: 20,
    topicCount: 4,
  })
})
