import type { Sliced } from '../slices'
import { SampleFold } from './fold'
import type { ClusterSample } from './sample'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How finely samples are kept, and for how long. */
export const TIERS = [
  { everyMs: 10 * SECOND, keptMs: 6 * HOUR },
  { everyMs: MINUTE, keptMs: 3 * DAY },
  { everyMs: 10 * MINUTE, keptMs: 30 * DAY },
] as const

export interface TierSample {
  /** Index of TIERS. */
  readonly tier: number
  readonly sample: ClusterSample
}

/**
 * Takes a sample every ten seconds and answers what is to be kept in which tier. A coarser one gets its span from the tier before it, when the first of the next span comes (ten minutes a minute late, then), or when `rest` is asked for;
 * a process that is killed loses the span that goes on of each, while the finest has every sample.
 */
export class Tiers {
  private readonly folds = TIERS.map(() => new SampleFold())
  private readonly spans = TIERS.map(() => Number.NaN);

  *add(sample: ClusterSample): Sliced<TierSample[]> {
    const kept: TierSample[] = []
    yield* this.put(0, sample, kept)
    return kept
  }

  /** What is not kept yet. */
  *rest(): Sliced<TierSample[]> {
    const kept: TierSample[] = []
    for (let tier = 1; tier < TIERS.length; tier += 1) yield* this.finish(tier, kept)
    return kept
  }

  private *put(tier: number, sample: ClusterSample, kept: TierSample[]): Sliced<void> {
    kept.push({ tier, sample })
    const coarser = tier + 1
    if (coarser >= TIERS.length) return
    const span = Math.floor(sample.at / TIERS[coarser]!.everyMs)
    if (span !== this.spans[coarser]) yield* this.finish(coarser, kept)
    this.spans[coarser] = span
    yield* this.folds[coarser]!.add(sample)
  }

  private *finish(tier: number, kept: TierSample[]): Sliced<void> {
    const fold = this.folds[tier]!
    this.folds[tier] = new SampleFold()
    if (!fold.isEmpty) yield* this.put(tier, yield* fold.taken(), kept)
  }
}
