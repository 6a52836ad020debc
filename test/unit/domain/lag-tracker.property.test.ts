import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LeaderHistory } from '../../../src-main/domain/lag/leader-history'
import { LagModel } from '../../support/lag-model'
import type { Step } from '../../support/lag-model'

const ms = fc.integer({ min: 1, max: 300 })
const who = fc.constantFrom<0 | 1 | 2>(0, 1, 2)
const follower = fc.constantFrom<1 | 2>(1, 2)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('produce' as const), ms, records: fc.integer({ min: 0, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fetch' as const),
      ms,
      who: follower,
      share: fc.constantFrom(0, 0.3, 0.9, 1),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('ask' as const), ms, who }) },
)
/** Any order of sending, looking and answering, so late and crossing answers are among them. */
const steps = fc.array(step, { minLength: 20, maxLength: 400, size: 'max' })

function eachSettled(run: readonly Step[], check: (model: LagModel, replica: 1 | 2) => void): void {
  const model = new LagModel()
  for (const next of run) {
    if (!model.take(next)) continue
    for (const replica of [1, 2] as const)
      if (model.leaderSamples.length > 0 && model.seenAt[replica]! > 0) check(model, replica)
  }
}

describe('the lag tracker against the truth', () => {
  it('a lag is never too low, and too high by no more than the stated error', () => {
    fc.assert(
      fc.property(steps, (run) =>
        eachSettled(run, (model, replica) => {
          const { reading, tracker, leaderSamples } = model
          const newest = leaderSamples[leaderSamples.length - 1]!
          if (newest.sentAt < reading.readAt[replica]!) return
          const truth = model.leaderAt(model.seenAt[replica]!) - reading.logEndOffset[replica]!
          const lag = reading.lagRecords[replica]!
          expect(lag).toBeGreaterThanOrEqual(truth)
          expect(lag - truth).toBeLessThanOrEqual(tracker.lagErrorRecords(0))
        }),
      ),
      { numRuns: 150 },
    )
  })

  it('the last moment at the leader is never later than the truth, and never earlier than the answers prove', () => {
    fc.assert(
      fc.property(steps, (run) =>
        eachSettled(run, (model, replica) => {
          const { reading, leaderSamples } = model
          const own = reading.logEndOffset[replica]!
          const caughtUpAt = reading.caughtUpAt[replica]!
          const proofs = leaderSamples
            .slice(model.atHandFrom[replica])
            .filter((sample) => sample.logEndOffset <= own)
            .map((sample) => sample.sentAt)
          if (reading.lateAtLeast[replica] === 1) {
            expect(proofs).toEqual([])
            expect(caughtUpAt).toBeGreaterThanOrEqual(model.passedAt(own))
          } else {
            expect(caughtUpAt).toBeLessThanOrEqual(Math.min(model.now, model.passedAt(own)))
            expect(caughtUpAt).toBeGreaterThanOrEqual(Math.max(...proofs))
          }
        }),
      ),
      { numRuns: 150 },
    )
  })

  it('behind for certain means behind, since the first answer that proves it', () => {
    fc.assert(
      fc.property(steps, (run) =>
        eachSettled(run, (model, replica) => {
          const own = model.reading.logEndOffset[replica]!
          const proof = model.leaderSamples.slice(model.atHandFrom[replica]).find((sample) => sample.logEndOffset > own)
          const since = model.reading.behindSince[replica]!
          if (proof === undefined) {
            expect(since).toBeNaN()
          } else {
            expect(since).toBeGreaterThanOrEqual(model.passedAt(own))
            expect(since).toBeLessThanOrEqual(proof.readAt)
          }
        }),
      ),
      { numRuns: 150 },
    )
  })
})

describe('a bounded leader history', () => {
  it('thinned, it still never claims more than the full one: caught up not later, behind not earlier', () => {
    const growth = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 600, size: 'max' })
    fc.assert(
      fc.property(growth, fc.integer({ min: 16, max: 64 }), fc.nat(1200), (increments, limit, wanted) => {
        const full = new LeaderHistory()
        const bounded = new LeaderHistory()
        let logEndOffset = 0
        increments.forEach((records, i) => {
          logEndOffset += records
          full.add(logEndOffset, i * 10, i * 10 + 5, Infinity)
          bounded.add(logEndOffset, i * 10, i * 10 + 5, limit)
          expect(bounded.length).toBeLessThanOrEqual(limit)
        })
        expect(bounded.logEndOffset(0)).toBe(full.logEndOffset(0))
        expect(bounded.firstReadAt(0)).toBe(full.firstReadAt(0))
        const a = full.firstAbove(wanted)
        const b = bounded.firstAbove(wanted)
        if (a > 0) expect(bounded.lastSentAt(b - 1)).toBeLessThanOrEqual(full.lastSentAt(a - 1))
        if (b < bounded.length) expect(bounded.firstReadAt(b)).toBeGreaterThanOrEqual(full.firstReadAt(a))
        expect(b === bounded.length).toBe(a === full.length)
      }),
      { numRuns: 60 },
    )
  })
})
