/** The guarded changes and what they stand on: journal, opened clusters, links of their own. */
import { randomUUID } from 'node:crypto'
import type { Changes } from '../change/changes'
import { createAudits } from '../audit/audits'
import type { Audits } from '../audit/audits'
import type { AuditBook } from '../audit/audit-book'
import { createConfigs } from '../change/configs/create-configs'
import type { Configs } from '../change/configs/configs'
import { onCheckpoint, readCheckpoint } from '../change/book/checkpoints'
import type { Reach } from '../change/book/checkpoints'
import { createChanges } from '../change/engine'
import type { JournalPort } from '../ports/journal'
import { createClock } from '../ports/clock'
import type { ClusterSession } from '../monitor/session'
import type { Profiles } from '../profiles/profiles'
import type { Log } from '../shell/log'
import { createLiveClusters } from './live-clusters'
import { osUser } from './os-user'

export interface ChangeDesk {
  readonly changes: Changes
  readonly configs: Configs
  readonly audits: Audits
  readonly journal: JournalPort
  /** Follows a session: once it is live for the first time, what was interrupted on its cluster is picked up. */
  opened(session: ClusterSession): void
  closing(session: ClusterSession): void
}

/** For tests of what the journal tells after a sudden end: the app ends itself, as by kill -9, at a named moment of a change. */
function killAt(text: string): Reach | null {
  const point = readCheckpoint(text)
  return point === null ? null : onCheckpoint(point, () => process.kill(process.pid, 'SIGKILL'))
}

export function createChangeDesk(options: {
  readonly journal: JournalPort
  readonly auditBook: AuditBook
  readonly profiles: Profiles
  readonly session: (id: string) => ClusterSession | null
  readonly log: Log
  /** A checkpoint, '' = none. */
  readonly killAt: string
}): ChangeDesk {
  const { journal, profiles, session, log } = options
  const lives = createLiveClusters({ session, profile: profiles.find })
  const reach = killAt(options.killAt)
  const changes = createChanges({
    journal,
    clock: createClock(),
    find: lives.find,
    linksOf: lives.linksOf,
    osUser: osUser(),
    newId: randomUUID,
    // A cluster that is not saved any more: the careful one.
    environmentOf: (id) => profiles.find(id)?.environment ?? 'prod',
    onUnexpected: (cause) => log.error('change', cause),
    ...(reach === null ? {} : { reach }),
  })
  return {
    changes,
    journal,
    configs: createConfigs(lives.find, lives.linksOf),
    // Over the same links: an audit costs no connections of its own, and its cures are changes.
    audits: createAudits({ book: options.auditBook, find: lives.find, linksOf: lives.linksOf, clock: createClock() }),
    opened(opened) {
      // One that was only watched until now is live already.
      if (opened.status.phase === 'live') {
        changes.clusterLive(opened.cluster)
        return
      }
      const stop = opened.onStatus(({ phase }) => {
        if (phase !== 'live') return
        stop()
        changes.clusterLive(opened.cluster)
      })
    },
    closing({ cluster }) {
      changes.clusterClosed(cluster)
      lives.closed(cluster)
    },
  }
}
