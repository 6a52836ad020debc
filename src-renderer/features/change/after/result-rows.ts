/** Results item by item, what needs a look first. Pure. */
import type { ItemOutcome, ItemResult } from '@contract/change'
import { say as sentence } from '@shared/words/say'
import type { Say } from '../../common/say'

const ORDER: readonly ItemOutcome[] = ['unknown', 'refused', 'not-begun', 'applied', 'not-needed']

/** Indices into `results`, in the order of the table; the order of apply within an outcome. */
export const resultOrder = (results: readonly ItemResult[]): Uint32Array =>
  Uint32Array.from(results, (_, at) => at).sort(
    (a, b) => ORDER.indexOf(results[a]!.outcome) - ORDER.indexOf(results[b]!.outcome) || a - b,
  )

export const whereWords = ({ topic, partition }: ItemResult): string =>
  partition < 0 ? topic : `${topic} / ${partition}`

/** What was found, or the broker's own words; its code where it says nothing. */
export const whyWords = (say: Say, { error, message }: ItemResult): string =>
  message !== null ? sentence(say.f.locale, message) : error !== 0 ? say.t('change.errorCode', { error }) : ''
