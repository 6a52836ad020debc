import { altered } from './compile'
import type { Fixture } from './compile'

const fixture = (line: string, at: number, refused: RegExp | null): Fixture => ({
  what: line,
  path: `src-renderer/features/board/fixture-${at}.ts`,
  text: `import type { BrokerSummary, Headline } from '@contract/summary'
import { exactly, isNone } from '@shared/tally'
import type { Say } from '../common/say'
import { counted } from '../common/say'
export function claim(say: Say, headline: Headline, broker: BrokerSummary): unknown {
  void [say, headline, broker, counted, isNone, exactly]
  return (${line})
}
`,
  refused,
})

/** Each of these takes what was seen for all there is. */
const CLAIMS: readonly (readonly [string, RegExp])[] = [
  ['headline.offline > 0', /Operator '>' cannot be applied/],
  ['headline.writesRefused === 0', /have no overlap/],
  ['headline.offline + headline.writesRefused', /Operator '\+' cannot be applied/],
  ['broker.stopRefuses <= 0', /Operator '<=' cannot be applied/],
  ['broker.behind === 0', /have no overlap/],
  ['say.f.count(headline.underReplicated)', /not assignable to parameter of type 'number'/],
]
const ASKS = [
  'isNone(headline.offline)',
  'headline.offline.atLeast > 0',
  'exactly(broker.behind)',
  "counted(say, 'board.damage.offline', headline.offline)",
]

/** Nobody can take a count of what was seen for a number, or leave the reach out. */
export const seen = [
  ...CLAIMS.map(([line, refused], at) => fixture(line, at, refused)),
  ...ASKS.map((line, at) => fixture(line, CLAIMS.length + at, null)),
  altered(
    'src-main/domain/picture/summary.ts',
    '    reach: input.reach,\n',
    '',
    'a summary without its reach',
    /'reach' is missing/,
  ),
  altered(
    'src-main/domain/picture/summary.ts',
    'offline: tallied(counts[OFFLINE]!, judged)',
    'offline: counts[OFFLINE]!',
    'a summary that counts with plain numbers',
    /'number' is not assignable to type 'Tally'/,
  ),
]
