import { CLUSTER_ROW, Says } from './look'
import type { AuditRuleFile, RuleFix } from './look'

const LOOK: RuleFix = {
  kind: 'tools',
  lines: [{ tool: 'kafka-metadata-quorum.sh', words: ['describe', '--status'] }],
}

/** A majority has to be there: of 2n controllers no more may fail than of 2n - 1, and one alone may not fail at all. */
export const quorum: AuditRuleFile = {
  rule: 'quorum',
  *look(facts) {
    const says = new Says('quorum')
    if (facts.zooKeeper === true) says.idle({ id: 'audit.idle.zookeeper', args: {} })
    const voters = facts.zooKeeper === true ? null : says.known(facts.voters)
    if (voters === null || !facts.voters.known) return says.result()
    const { readAt } = facts.voters
    const count = { unit: 'count', value: voters.length } as const
    if (voters.length === 1)
      says.found({
        id: 'quorum.one',
        evidence: [{ id: 'audit.quorum.one', args: { voter: voters[0]! } }],
        rows: [CLUSTER_ROW],
        fix: LOOK,
        readAt,
      })
    else if (voters.length % 2 === 0)
      says.found({
        id: 'quorum.even',
        risk: 'untidy',
        evidence: [
          {
            id: 'audit.quorum.even',
            args: { count, fail: { unit: 'count', value: Math.floor((voters.length - 1) / 2) } },
          },
        ],
        rows: [CLUSTER_ROW],
        fix: LOOK,
        readAt,
      })
    return says.result()
  },
}
