/** What the tests of the audit on real brokers plant topics with, and how they name what is found. */
import type { AuditFinding } from '../../src-main/contract/audit'
import type { Furniture } from '../../tools/sandbox'

/** Of each topic. */
export const SAFE_SETTINGS = { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' }

/** A topic that no rule finds anything about, but for what these settings and this assignment plant. */
export const safeTopic = (
  name: string,
  configs: Readonly<Record<string, string>>,
  assignment: readonly (readonly number[])[],
): NonNullable<Furniture['topics']>[number] => ({ name, assignment, configs: { ...SAFE_SETTINGS, ...configs } })

/** `id topic`, `id broker 1` or `id`, in order. */
export const placesOf = (findings: readonly AuditFinding[]): string[] =>
  findings
    .flatMap(({ id, rows }) =>
      rows.map((row) =>
        row.topic !== '' ? `${id} ${row.topic}` : row.broker >= 0 ? `${id} broker ${row.broker}` : id,
      ),
    )
    .sort()
