import { altered } from './compile'
import type { Fixture } from './compile'

const plan = (what: string, code: string, refused: RegExp | null): Fixture => ({
  what,
  path: `src-main/change/plan/fixture-${what.replace(/\W+/g, '-')}.ts`,
  text: `
import type * as change from '../../contract/change'
${code}
`,
  refused,
})

/** A plan is of settings or of an election, and has nothing of the other. */
const plans = [
  altered(
    'src-main/change/book/fold.ts',
    "    case 'election':\n      return null\n",
    '',
    'a plan without its conflict for one kind',
    /lacks ending return statement/,
  ),
  altered(
    'src-main/change/plan/plan-election.ts',
    '    leaders,\n  }',
    '    leaders,\n    items: [],\n  }',
    'a plan of an election with items of settings',
    /'items' does not exist in type 'ElectionPlan'/,
  ),
  altered(
    'src-main/change/plan/plan-settings.ts',
    '    unchanged,\n    effects,',
    '    unchanged,\n    partitions: [],\n    effects,',
    'a plan of settings with partitions of an election',
    /'partitions' does not exist in type 'ConfigPlan'/,
  ),
  altered(
    'src-main/change/plan/plan-election.ts',
    "    kind: 'election',\n",
    '',
    'a plan without its kind',
    /'kind' is missing/,
  ),
  plan(
    'the items of any plan',
    'export const count = (plan: change.Plan): number => plan.items.length',
    /'items' does not exist on type 'Plan'/,
  ),
  plan(
    'a plan of settings where one of an election is wanted',
    'export const turned = (plan: change.ConfigPlan): change.ElectionPlan => plan',
    /Type 'ConfigPlan' is missing the following properties from type 'ElectionPlan': partitions, leaders/,
  ),
  plan(
    'the members of each kind',
    "export const count = (plan: change.Plan): number => (plan.kind === 'config' ? plan.items.length : plan.leaders.length)",
    null,
  ),
]

/** A member of a union that nothing deals with. */
export const unions = [
  altered(
    'src-main/contract/subject.ts',
    "    case 'broker':\n      return `broker:${watch.broker}`\n",
    '',
    'what is watched, without a name for one kind',
    /lacks ending return statement/,
  ),
  altered(
    'src-main/kafka/doctor/advice.ts',
    "  'tls-expired': 'tls-expired',\n",
    '',
    'a reason without advice',
    /Property '"tls-expired"' is missing/,
  ),
  altered(
    'src-main/domain/state/presence.ts',
    '  heard: { ...NONE, unanswered: true, silent: true },\n',
    '',
    'a presence of which nobody says what it means',
    /Property 'heard' is missing/,
  ),
  altered(
    'src-main/domain/state/presence.ts',
    "    case 'connecting':\n      return 'unheard'\n",
    '',
    'an answer of which nobody says what presence it is',
    /lacks ending return statement/,
  ),
  ...plans,
]
