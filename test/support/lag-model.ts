import { createLagTracker } from '../../src-main/domain/lag/lag-tracker'
import { readingOfPartitions } from './columns'

/**
 * What happens next on a partition led by broker 1 with followers 2 and 3. `who` = 0 leader, 1 and 2 followers. Time
 * moves on by `ms` first.
 */
export type Step =
  | { readonly kind: 'produce'; readonly ms: number; readonly records: number }
  | { readonly kind: 'fetch'; readonly ms: number; readonly who: 1 | 2; readonly share: number }
  | { readonly kind: 'ask'; readonly ms: number; readonly who: 0 | 1 | 2 }

interface Question {
  readonly sentAt: number
  /** NaN until the broker has looked. */
  readonly seenAt: number
  readonly logEndOffset: number
}

export interface Sample {
  readonly sentAt: number
  readonly readAt: number
  readonly logEndOffset: number
}

/**
 * The truth about a partition, with its full history, beside a tracker that only sees answers. An 'ask' moves a
 * question on: send, look, answer.
 */
export class LagModel {
  readonly reading = readingOfPartitions([{ replicas: [1, 2, 3] }])
  readonly tracker = createLagTracker(this.reading)
  readonly leaderSamples: Sample[] = []
  /** When each answer of a follower was looked up at its broker. */
  readonly seenAt = [NaN, NaN, NaN]
  /**
   * Leader samples a tracker has at hand for a follower: from the one before last when the follower was first heard.
   */
  readonly atHandFrom = [0, 0, 0]
  now = 1000
  readonly #offsets = [0, 0, 0]
  readonly #growth: { at: number; logEndOffset: number }[] = [{ at: 0, logEndOffset: 0 }]
  readonly #open: (Question | null)[] = [null, null, null]

  /** True when an answer came in and was settled. */
  take(step: Step): boolean {
    this.now += step.ms
    if (step.kind === 'produce') {
      this.#offsets[0]! += step.records
      this.#growth.push({ at: this.now, logEndOffset: this.#offsets[0]! })
    } else if (step.kind === 'fetch') {
      this.#offsets[step.who]! += Math.floor((this.#offsets[0]! - this.#offsets[step.who]!) * step.share)
    } else {
      return this.#moveOn(step.who)
    }
    return false
  }

  leaderAt(time: number): number {
    return this.#growth.reduce((found, entry) => (entry.at <= time ? entry.logEndOffset : found), 0)
  }

  /** When the leader's LEO first went past this offset; Infinity = not yet. */
  passedAt(logEndOffset: number): number {
    return this.#growth.find((entry) => entry.logEndOffset > logEndOffset)?.at ?? Infinity
  }

  #moveOn(who: 0 | 1 | 2): boolean {
    const question = this.#open[who]
    if (question === null || question === undefined) {
      this.#open[who] = { sentAt: this.now, seenAt: NaN, logEndOffset: NaN }
      return false
    }
    if (Number.isNaN(question.seenAt)) {
      this.#open[who] = { ...question, seenAt: this.now, logEndOffset: this.#offsets[who]! }
      return false
    }
    this.#open[who] = null
    const { sentAt, logEndOffset } = question
    if (who === 0) {
      this.leaderSamples.push({ sentAt, readAt: this.now, logEndOffset })
      this.tracker.leaderRead(0, logEndOffset, sentAt, this.now)
    } else {
      if (Number.isNaN(this.seenAt[who]!)) this.atHandFrom[who] = Math.max(0, this.leaderSamples.length - 2)
      this.seenAt[who] = question.seenAt
      this.tracker.followerRead(who, logEndOffset, sentAt, this.now)
    }
    this.tracker.settle(0)
    return true
  }
}
