import type { AuditReport } from '../contract/audit'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { AuditProgress } from '../contract/tasks'
import type { Links } from '../change/links/links'
import { portFailure } from '../change/links/port-failure'
import { auditPass } from '../domain/audit/audit'
import type { LiveCluster } from '../ports/live-cluster'
import { inSlices } from '../ports/slices'
import { AUDIT_RULE_NAMES } from '../shared/audit-rules'
import { reportOf } from './finish'
import { readFacts } from './read-facts'

export interface AuditTask {
  readonly signal: AbortSignal
  readonly progress: (progress: AuditProgress) => void
}

/**
 * Reads settings and judges the whole cluster once: questions of 250 topics each to three brokers at once, then the rules in slices. What could not be read is in the report, so this
 * fails only before the first picture, when cancelled, and by mistake of ours.
 */
export async function runAudit(
  cluster: LiveCluster,
  links: Links,
  { signal, progress }: AuditTask,
): Promise<Result<AuditReport>> {
  const { clock } = links
  const at = clock.now()
  try {
    const facts = await readFacts({
      cluster,
      links,
      signal,
      progress: (done, total) => progress({ step: 'reading', done, total }),
    })
    if (facts === null) return fail('not-found', 'Nothing of this cluster has been read yet', {}, true)
    const total = AUDIT_RULE_NAMES.length
    const pass = auditPass(facts, (done) => progress({ step: 'judging', done, total }))
    const results = await inSlices(clock, pass, () => signal.aborted)
    return ok(reportOf(facts, results, cluster.access, at, clock.now()))
  } catch (error) {
    if (signal.aborted) return fail('cancelled', 'The audit was cancelled')
    return portFailure(error)
  }
}
