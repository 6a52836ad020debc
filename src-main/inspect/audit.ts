import { runAudit } from '../audit/run-audit'
import { stepAbort } from '../change/links/abortable'
import { createLinks } from '../change/links/links'
import { createSampleStore } from '../history/samples'
import { createSession } from '../monitor/session'
import type { ClusterSession } from '../monitor/session'
import type { ClusterPort } from '../ports/cluster-port'
import { cpuMs, type Clock } from '../ports/clock'
import type { LiveCluster } from '../ports/live-cluster'
import type { AuditRisk } from '../shared/audit-rules'
import type { ToolAccess } from '../shared/shell-words'
import { auditLines, auditVerdict } from './audit-lines'
import type { AuditVerdict } from './audit-lines'

/** Until the first complete picture is there. */
const FIRST_PICTURE_MS = 30_000

export interface AuditOptions {
  readonly port: ClusterPort
  readonly clock: Clock
  readonly access: ToolAccess
  readonly failOn: AuditRisk
  readonly print: (line: string) => void
  readonly warn: (line: string) => void
}

/** True once the cluster has been read; false when the login is refused, or the time is over. */
function firstPicture(session: ClusterSession, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const late = clock.after(FIRST_PICTURE_MS, () => settle(false))
    const look = (): void => {
      const level = session.frame()?.summary.headline.level
      if (level !== undefined && level !== 'unread') settle(true)
    }
    const reader = session.reader(look)
    const stopStatus = session.onStatus(({ phase, nextTryAt }) => {
      if (phase === 'lost' && Number.isNaN(nextTryAt)) settle(false)
    })
    const settle = (there: boolean): void => {
      late()
      reader.close()
      stopStatus()
      resolve(there)
    }
    look()
  })
}

/** One audit of a cluster that is opened for it and closed after. Nothing is kept, so nothing is accepted either. */
export async function auditCluster(options: AuditOptions): Promise<AuditVerdict> {
  const { port, clock, access, failOn, print, warn } = options
  const session = createSession({
    cluster: 'inspect',
    port,
    clock,
    intervalMs: 0,
    samples: createSampleStore(),
    busyMs: cpuMs,
    onError: (cause) => warn(String(cause)),
  })
  const live: LiveCluster = {
    ...session.inside,
    id: 'inspect',
    name: access.bootstrap.join(','),
    environment: 'prod',
    readOnly: true,
    access,
    principal: '',
  }
  const links = createLinks(live, clock)
  try {
    if (!(await firstPicture(session, clock))) {
      const { problem } = session.status
      warn(problem === null ? 'audit: the cluster could not be read in time' : `${problem.step}: ${problem.message}`)
      return 'unknown'
    }
    const { signal } = stepAbort()
    const report = await runAudit(live, links, { signal, progress: () => undefined })
    if (!report.ok) {
      warn(`audit: ${report.error.message}`)
      return 'unknown'
    }
    for (const line of auditLines(report.value)) print(line)
    return auditVerdict(report.value, failOn)
  } finally {
    links.close()
    await session.close()
  }
}
