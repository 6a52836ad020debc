/**
 * The countdown against Kafka's own rule, on a follower that stops fetching at any moment: busy and idle partitions, read often and seldom.
 * The rule is Replica.updateFetchStateOrThrow and isCaughtUp, looked at every half window (ReplicaManager, isr-expiration).
 */
import { describe, expect, it } from 'vitest'
import { createLagTracker } from '../../../../src-main/domain/lag/lag-tracker'
import { leavesIsr } from '../../../../src-main/domain/lag/lateness'
import { createRandom } from '../../../support/change-random'
import { readingOfPartitions, settings } from '../../../support/columns'

const WINDOW_MS = 10_000
const STEP_MS = 5
const WAIT_MS = 500
const SEED = 20261129

interface Run {
  readonly everyMs: number
  readonly readEveryMs: number
  readonly stopsAt: number
  /** When the leader looks first. */
  readonly looksAt: number
}

/** Reads of a run until it is evicted: what was said at each while it was late, and when it left. */
function play({ everyMs, readEveryMs, stopsAt, looksAt }: Run) {
  const reading = readingOfPartitions([{ replicas: [1, 2] }])
  const tracker = createLagTracker(reading)
  const said: { readonly from: number; readonly to: number }[] = []
  let [leader, follower, caughtUpAt, fetchedLeader, fetchedAt] = [0, 0, 0, 0, 0]
  let waitsSince = 0
  for (let now = STEP_MS; now < stopsAt + 200_000; now += STEP_MS) {
    if (now % everyMs < STEP_MS) leader += 1
    // A fetch at the end waits for records, at most WAIT_MS; it is noted when it comes and when it is answered.
    if (now < stopsAt && (leader > follower || now - waitsSince >= WAIT_MS)) {
      if (follower >= leader) caughtUpAt = now
      else if (follower >= fetchedLeader) caughtUpAt = Math.max(caughtUpAt, fetchedAt)
      ;[fetchedLeader, fetchedAt, follower, waitsSince] = [leader, now, leader, now]
    }
    if ((now - looksAt) % (WINDOW_MS / 2) < STEP_MS && now >= looksAt)
      if (leader !== follower && now - caughtUpAt > WINDOW_MS) return { said, leftAt: now }
    if (now % readEveryMs >= STEP_MS) continue
    tracker.followerRead(1, follower, now, now + 2)
    tracker.leaderRead(0, leader, now + 1, now + 3)
    tracker.settle(0)
    if (reading.sentAt[1]! > reading.behindSince[1]! + 1000)
      said.push(leavesIsr(reading, 1, settings({ evictionWindowMs: WINDOW_MS })))
  }
  throw new Error('never left')
}

describe('the countdown of a follower that stops', () => {
  it.each([20, 500, 2000, 5000, 20_000, 60_000])('holds for one record every %i ms', (everyMs) => {
    const random = createRandom(SEED + everyMs)
    let [judged, begins] = [0, 0]
    for (let run = 0; run < 60; run += 1) {
      const { said, leftAt } = play({
        everyMs,
        readEveryMs: random.pick([250, 500, 1000, 5000]),
        stopsAt: 70_000 + STEP_MS * random.below(12_000),
        looksAt: STEP_MS * random.below(1000),
      })
      for (const { from, to } of said) {
        judged += 1
        if (from > leftAt - WINDOW_MS) begins += 1
        expect([from <= leftAt, leftAt <= to], `run ${run}: ${from} ${leftAt} ${to}`).toEqual([true, true])
      }
    }
    // Something was said, and on a busy partition more than "at any moment".
    expect(judged).toBeGreaterThan(0)
    if (everyMs <= 500) expect(begins).toBeGreaterThan(0)
  })
})
