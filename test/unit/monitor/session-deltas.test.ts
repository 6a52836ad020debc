import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClusterFrame, FrameDelta } from '../../../src-main/contract/frame'
import {
  changes,
  clock,
  close,
  cluster,
  delta,
  errors,
  frame,
  reader,
  resetChanges,
  session,
  start,
  watch,
  watchOver,
} from '../../support/opened-session'

watchOver()

describe('listeners', () => {
  it('are told once per tick, and one that throws harms nobody', async () => {
    await start()
    const broken = session.reader(() => {
      throw new Error('a listener of its own')
    })
    resetChanges()
    await clock.advance(5_000)
    expect(changes).toBeGreaterThanOrEqual(20)
    expect(changes).toBeLessThanOrEqual(22)
    expect(errors.length).toBeGreaterThanOrEqual(20)
    broken.close()
    errors.length = 0
  })
})

describe('deltas', () => {
  /** As it arrives in a window. */
  const arrived = (): ClusterFrame => structuredClone(frame()) as ClusterFrame
  const apply = (base: ClusterFrame, delta: FrameDelta): void => {
    for (const name of Object.keys(base.columns) as (keyof ClusterFrame['columns'])[]) {
      delta.rows.forEach((row, i) => {
        base.columns[name][row] = delta.columns[name][i]!
      })
    }
    let at = 0
    for (const row of delta.rows) {
      for (let replica = base.replicaStart[row]!; replica < base.replicaStart[row + 1]!; replica += 1)
        base.replicaFlags[replica] = delta.replicaFlags[at++]!
    }
  }

  it('applied to a frame give the next frame, from any earlier cursor, whatever happens in between', async () => {
    const event = fc.record({
      kind: fc.constantFrom('produce', 'stuck', 'shrink', 'grow', 'move', 'hang', 'revive', 'wait'),
      row: fc.nat(19),
      broker: fc.integer({ min: 1, max: 3 }),
      ms: fc.integer({ min: 50, max: 900 }),
      look: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 14 }), async (events) => {
        await start()
        let base = arrived()
        const take = (): void => {
          const news = reader.next()
          if (news?.type === 'frame') base = structuredClone(news.frame) as ClusterFrame
          if (news?.type !== 'delta') return
          const { seq, takenAt, summary } = news.delta
          apply(base, news.delta)
          base = { ...base, seq, takenAt, summary }
        }
        take()
        for (const { kind, row, broker, ms, look } of events) {
          const one = cluster.topics[Math.floor(row / 5)]!.partitions[row % 5]!
          if (kind === 'produce') cluster.produce(7)
          if (kind === 'stuck') cluster.produce(7, [broker])
          if (kind === 'shrink') one.isr = one.isr.filter((id) => id !== broker || id === one.leader)
          if (kind === 'grow') one.isr = [...one.replicas]
          if (kind === 'move')
            Object.assign(one, { leader: one.replicas[broker - 1], leaderEpoch: one.leaderEpoch + 1 })
          if (kind === 'hang') cluster.hang(broker)
          if (kind === 'revive') cluster.revive(broker)
          cluster.touch()
          await clock.advance(ms)
          // A reader that looks rarely must be told the same in the end as one that looks every time.
          if (!look) continue
          take()
          expect(base).toEqual(frame())
        }
        await close()
      }),
      { numRuns: 20 },
    )
  }, 60_000)

  it('hold nothing when nothing changed; a whole frame comes to one who lost track', async () => {
    await start()
    await clock.advance(3_000)
    expect(reader.next()?.type).toBe('frame')
    await clock.advance(2_000)
    expect(delta().rows).toHaveLength(0)
    reader.restart()
    expect(reader.next()?.type).toBe('frame')
  })

  it('carry the worst lag of the rows in view', async () => {
    await start()
    watch({ rows: [3, 4, 999] })
    cluster.produce(30, [3])
    await clock.advance(600)
    const view = delta().view!
    expect([...view.rows]).toEqual([3, 4])
    expect([...view.lagRecords].every((lag) => lag === 30 || lag === 0)).toBe(true)
    expect(Math.max(...view.lagRecords)).toBe(30)
  })
})

describe('series', () => {
  it('remember lag per broker line, and when one left the ISR', async () => {
    await start()
    const chart = { kind: 'partition', topic: 'topic-00000', partition: 0 } as const
    watch({ chart })
    for (let step = 0; step < 60; step += 1) {
      cluster.produce(5, [3])
      await clock.advance(100)
    }
    cluster.partition('topic-00000', 0).isr = [1, 2]
    cluster.touch()
    await clock.advance(3_000)
    const series = session.series(chart)
    expect([...series.lines].sort()).toEqual([2, 3])
    const three = [...series.lines].indexOf(3)
    expect(series.lagRecords.at(-series.lines.length + three)).toBe(300)
    expect(series.events).toContainEqual(expect.objectContaining({ line: 3, kind: 'left-isr' }))
    expect(session.series({ kind: 'cluster' }).at.length).toBeGreaterThan(2)
    expect(delta().point).toMatchObject({ subject: series.subject })
  })
})
