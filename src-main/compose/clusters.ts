import type { ClusterSecrets } from '../contract/profiles'
import { fail, ok } from '../contract/result'
import type { Result } from '../contract/result'
import type { Clusters } from '../ipc/clusters'
import type { ClusterSession } from '../monitor/session'
import type { Profiles } from '../profiles/profiles'
import type { Connection } from '../profiles/secrets'
import { extractSecrets, needsSecret } from '../profiles/secrets'

/** Makes a session that connects by itself; refuses what cannot even be tried (bad address, unreadable certificate). */
export type OpenSession = (connection: Connection) => Result<ClusterSession>

export interface ClusterKeeper extends Clusters {
  all(): readonly ClusterSession[]
  closeAll(): Promise<void>
}

/**
 * State: the sessions that are open, by profile id, and those being opened (their secrets are fetched). A closing one is taken out first, so
 * that it can be opened anew at once; closing what is being opened waits for it and closes it.
 */
export function createClusters(options: {
  readonly profiles: Profiles
  readonly openSession: OpenSession
  readonly onOpened: (session: ClusterSession) => void
  readonly onClosing: (session: ClusterSession) => void
}): ClusterKeeper {
  const { profiles, openSession, onOpened, onClosing } = options
  const sessions = new Map<string, ClusterSession>()
  const opening = new Map<string, Promise<void>>()

  /** "Last seen" is a time with a live connection, not a time somebody tried; by then the cluster has told its id, where it tells one. */
  const noteWhenSeen = (session: ClusterSession): void => {
    let phase = session.status.phase
    session.onStatus((status) => {
      const before = phase
      if (status.phase === before) return
      phase = status.phase
      // Either may throw what our own file throws; which cluster it is matters more than when it was seen.
      if (phase === 'live') profiles.identified(session.cluster, session.inside.clusterId())
      if (phase === 'live' || before === 'live') profiles.seen(session.cluster)
    })
  }

  const begin = async (id: string, secrets: ClusterSecrets): Promise<Result<ClusterSession>> => {
    await profiles.remember(id, secrets)
    const connection = await profiles.connection(id)
    if (connection === null) return fail('not-found', 'This cluster is not saved any more', { id })
    if (needsSecret(connection.profile, extractSecrets(connection).secrets)) {
      return fail(
        'auth-failed',
        `${connection.profile.name} needs the password of ${connection.profile.sasl?.username ?? ''}`,
        { id, text: 'needs-password' },
      )
    }
    const opened = openSession(connection)
    if (!opened.ok) return opened
    sessions.set(id, opened.value)
    noteWhenSeen(opened.value)
    onOpened(opened.value)
    return opened
  }

  const open = async (id: string, secrets: ClusterSecrets): Promise<Result<ClusterSession>> => {
    // Secrets take their time: a second wish for the same cluster waits for the first. Nothing is awaited between looking and `opening.set`.
    for (let other = opening.get(id); other !== undefined; other = opening.get(id)) await other
    const known = sessions.get(id)
    if (known !== undefined) return ok(known)
    const beginning = begin(id, secrets).finally(() => opening.delete(id))
    opening.set(
      id,
      beginning.then(
        () => undefined,
        () => undefined,
      ),
    )
    return beginning
  }

  const close = async (id: string): Promise<void> => {
    await opening.get(id)
    const session = sessions.get(id)
    if (session === undefined) return
    sessions.delete(id)
    onClosing(session)
    await session.close()
  }

  return {
    open,
    async reopen(id) {
      await close(id)
      profiles.forgetIdentity(id)
      return open(id, {})
    },
    get: (id) => sessions.get(id) ?? null,
    close,
    all: () => [...sessions.values()],
    closeAll: async () => {
      await Promise.all([...opening.keys(), ...sessions.keys()].map(close))
    },
  }
}
