import type { Say } from '../../common/say'
import { counted, sentences } from '../../common/say'
import { STAYS } from './election-draft'
import type { LeadersBack } from './election-draft'

/** Which leaders cannot go back now, and why; '' where none is held back. */
export const stayWords = (say: Say, { stay }: LeadersBack): string =>
  sentences(
    say,
    STAYS.map((why) => (stay[why] === 0 ? '' : counted(say, `election.stay.${why}`, stay[why]))),
  )
