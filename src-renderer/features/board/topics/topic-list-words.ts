/** A line of the board's list of topics in words. Pure. */
import { severity } from '@shared/severity'
import { HEALTHY, MARK_LEADER_SILENT, STATE_NAMES } from '@shared/states'
import type { Say } from '../../common/say'
import { sentences } from '../../common/say'
import type { TopicFigures } from '../../topics/topic-columns'
import type { TopicLine } from './topic-samples'
import { STEP_MS } from './topic-samples'

type Hit = Exclude<(typeof STATE_NAMES)[number], 'healthy'> | 'silent'

/** What the worst partitions of a topic are: a silent leader is worse than any state but offline. */
export function worstOf({ severity: graveness, worstState }: TopicFigures, topic: number): Hit | 'healthy' {
  if (graveness[topic] === severity(HEALTHY, MARK_LEADER_SILENT)) return 'silent'
  return STATE_NAMES[worstState[topic]!] ?? 'unknown'
}

/** `6 of 12 refuse`, `all 12 refuse`; of a healthy one how many there are. */
export function hitWords(say: Say, figures: TopicFigures, topic: number): string {
  const [hit, all] = [figures.worstCount[topic]!, figures.partitions[topic]!]
  const worst = worstOf(figures, topic)
  if (worst === 'healthy') return say.t('board.topics.partitions', { n: say.f.count(all) }, all)
  const share =
    all === 1
      ? say.t('board.topics.one')
      : hit === all
        ? say.t('board.topics.all', { n: say.f.count(all) })
        : say.t('board.topics.share', { n: say.f.count(hit), all: say.f.count(all) })
  return say.t(`board.topics.hit.${worst}`, { share }, hit)
}

/** What the little line shows, for the ear and the hover: a row of a table has no other room for its figures. */
export function lagLabel(say: Say, { lag }: TopicLine): string {
  const known = lag.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return say.t('board.topics.lagUnknown')
  const unknown = lag.length - known.length
  return sentences(say, [
    say.t('board.topics.lagMost', { n: say.f.count(Math.max(...known)), now: say.f.count(lag.at(-1)!) }),
    unknown === 0 ? '' : say.t('board.topics.lagNotKnown', { duration: say.f.seconds(unknown * STEP_MS) }),
  ])
}

/** By which the leaders' logs grow now, records/s; NaN = not known: what was kept before a leader went or fell silent tells nothing of now. */
export function rateNow(figures: TopicFigures, topic: number, line: TopicLine | undefined): number {
  const worst = worstOf(figures, topic)
  return line === undefined || worst === 'offline' || worst === 'silent' ? Number.NaN : line.rate
}

/** Records a second; what is more than none is never shown as none. */
export const rateWords = (say: Say, rate: number): string =>
  rate > 0 && rate < 1 ? say.t('board.topics.belowOne') : say.f.count(rate)
