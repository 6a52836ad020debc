import { expect, it } from 'vitest'
import { judgeRights } from '../../../../src-main/kafka/doctor/rights'
import { AclOperation, OPERATIONS_NOT_TOLD } from '../../../../src-main/shared/acl-operations'

const { DESCRIBE, DESCRIBE_CONFIGS, ALTER, ALTER_CONFIGS } = AclOperation
const mask = (...operations: readonly number[]): number => operations.reduce((bits, one) => bits | (1 << one), 0)
const ALL = mask(DESCRIBE, DESCRIBE_CONFIGS, ALTER, ALTER_CONFIGS)
const times = (count: number, one: number): number[] => Array<number>(count).fill(one)

/* K4.2: no more is said than was asked. */
it.each<[string, number, number, readonly number[], string, RegExp]>([
  [
    'all of a few topics',
    3,
    ALL,
    times(3, ALL),
    'ok',
    /^3 topics visible\. Everything .* on the cluster and on 3 topics$/,
  ],
  [
    'all, of some of many topics',
    500,
    ALL,
    times(20, ALL),
    'ok',
    /is allowed on the cluster and on the 20 topics asked$/,
  ],
  ['one topic', 1, ALL, [ALL], 'ok', /on the cluster and on 1 topic$/],
  [
    'no settings of any topic',
    2,
    ALL,
    times(2, mask(DESCRIBE)),
    'warning',
    /Cannot be read: .*\(DescribeConfigs on topics\).*\(AlterConfigs on topics\)$/,
  ],
  [
    'no settings of those asked, of many',
    500,
    ALL,
    times(20, mask(DESCRIBE)),
    'warning',
    /DescribeConfigs on 20 of 20 topics asked/,
  ],
  [
    'a team: its topics, nothing on the cluster',
    1,
    0,
    [mask(DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS)],
    'warning',
    /Describe on the cluster.*DescribeConfigs on the cluster.*Cannot be changed: .*Alter on the cluster/,
  ],
  ['an old version', 1, OPERATIONS_NOT_TOLD, [OPERATIONS_NOT_TOLD], 'ok', /does not tell what is allowed$/],
])('%s', (_what, visible, cluster, topics, outcome, evidence) => {
  const found = judgeRights(visible, cluster, topics)
  expect(found.outcome).toBe(outcome)
  expect(found.evidence).toMatch(evidence)
})
