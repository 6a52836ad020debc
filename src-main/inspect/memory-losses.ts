import type { KeptLoss, LossFinding } from '../contract/loss'
import type { LossBook } from '../ports/loss-book'

const isSame = (a: LossFinding, b: LossFinding): boolean =>
  a.topic === b.topic && a.topicId === b.topicId && a.partition === b.partition && a.epoch === b.epoch

/** Findings of this run alone, of one cluster: nothing is written, and nobody acknowledges. */
export function memoryLosses(): LossBook {
  const kept: KeptLoss[] = []
  return {
    list: () => ({ kept: [...kept], unreadable: 0 }),
    keep(_, finding) {
      const at = kept.findIndex((one) => isSame(one, finding))
      if (at < 0) kept.push({ ...finding, id: kept.length + 1, acknowledged: null })
      else kept[at] = { ...kept[at]!, ...finding, seenAt: kept[at]!.seenAt }
    },
    acknowledge: () => [],
  }
}
