import { MOST_WATCHED, type WatchState } from '../contract/telling'
import type { ClusterProfile, ClusterSecrets } from '../contract/profiles'
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
  /** The session of one that a person has open. */
  opened(id: string): ClusterSession | null
  /** Every session, of those too that are only watched. */
  all(): readonly ClusterSession[]
  allOpen(): readonly ClusterSession[]
  /** How it stands with watching it; `problem` is why it could not be opened. */
  watchOf(profile: ClusterProfile): { readonly state: WatchState; readonly problem: string }
  closeAll(): Promise<void>
}

const WATCH_STATES = {
  live: 'watching',
  connecting: 'connecting',
  paused: 'paused',
  lost: 'blind',
  closed: 'off',
} as const

/**
 * State: the sessions, by profile id, those of them that a person has open (the others are only watched), and those being opened (their secrets are fetched). A closing one is taken out first, so
 * that it can be opened anew at once; closing what is being opened waits for it and closes it.
 */
export function createClusters(options: {
  readonly profiles: Profiles
  readonly openSession: OpenSession
  /** A session has begun, or ends: one that a person has open, or one that is only watched. */
  readonly onBegan?: (session: ClusterSession) => void
  readonly onEnding?: (session: ClusterSession) => void
  /** A person has it open from now on, or not any more. */
  readonly onOpened: (session: ClusterSession) => void
  readonly onClosing: (session: ClusterSession) => void
  /** How watching stands has changed, beside what the sessions tell. */
  readonly onWatch?: () => void
}): ClusterKeeper {
  const { profiles, openSession, onOpened, onClosing, onBegan, onEnding, onWatch } = options
  const sessions = new Map<string, ClusterSession>()
  const open = new Set<string>()
  const opening = new Map<string, Promise<void>>()
  /** Why one that is to be watched is not. */
  const unwatched = new Map<string, { readonly state: WatchState; readonly problem: string }>()

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

  const attend = (session: ClusterSession): void => {
    open.add(session.cluster)
    session.attend(true)
    onOpened(session)
  }

  const begin = async (id: string, secrets: ClusterSecrets, attended: boolean): Promise<Result<ClusterSession>> => {
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
    unwatched.delete(id)
    noteWhenSeen(opened.value)
    onBegan?.(opened.value)
    // Here and not after it: closing waits for what is being opened, and no longer.
    if (attended) attend(opened.value)
    else opened.value.attend(false)
    return opened
  }

  /** The session there is, or a new one. */
  const session = async (id: string, secrets: ClusterSecrets, attended: boolean): Promise<Result<ClusterSession>> => {
    // Secrets take their time: a second wish for the same cluster waits for the first. Nothing is awaited between looking and `opening.set`.
    for (let other = opening.get(id); other !== undefined; other = opening.get(id)) await other
    const known = sessions.get(id)
    if (known !== undefined) {
      if (attended && !open.has(id)) attend(known)
      return ok(known)
    }
    const beginning = begin(id, secrets, attended).finally(() => opening.delete(id))
    opening.set(
      id,
      beginning.then(
        () => undefined,
        () => undefined,
      ),
    )
    return beginning
  }

  const openOne = (id: string, secrets: ClusterSecrets): Promise<Result<ClusterSession>> => session(id, secrets, true)

  const close = async (id: string): Promise<void> => {
    await opening.get(id)
    const closing = sessions.get(id)
    if (closing === undefined) return
    sessions.delete(id)
    if (open.delete(id)) onClosing(closing)
    onEnding?.(closing)
    await closing.close()
  }

  const isWatched = (id: string): boolean => profiles.find(id)?.watch === true

  const watch = async ({ id }: ClusterProfile): Promise<void> => {
    if (sessions.has(id)) return
    if (sessions.size - open.size >= MOST_WATCHED) {
      unwatched.set(id, { state: 'full', problem: '' })
      return
    }
    const begun = await session(id, {}, false)
    if (!begun.ok) {
      const needsPassword = begun.error.detail['text'] === 'needs-password'
      unwatched.set(id, { state: needsPassword ? 'password' : 'failed', problem: begun.error.message })
    }
  }

  return {
    open: openOne,
    async reopen(id) {
      await close(id)
      profiles.forgetIdentity(id)
      return openOne(id, {})
    },
    get: (id) => sessions.get(id) ?? null,
    opened: (id) => (open.has(id) ? (sessions.get(id) ?? null) : null),
    isOpen: (id) => open.has(id),
    async leave(id) {
      await opening.get(id)
      const left = sessions.get(id)
      if (left === undefined || !isWatched(id)) {
        await close(id)
        return
      }
      if (!open.delete(id)) return
      left.attend(false)
      onClosing(left)
    },
    close,
    async follow() {
      unwatched.clear()
      const unwanted = [...sessions.keys()].filter((id) => !open.has(id) && !isWatched(id))
      await Promise.all(unwanted.map(close))
      for (const profile of profiles.saved()) if (profile.watch) await watch(profile)
      onWatch?.()
    },
    watchOf({ id, watch: wanted }) {
      const known = sessions.get(id)
      if (known !== undefined)
        return { state: WATCH_STATES[known.status.phase], problem: known.status.problem?.message ?? '' }
      return (wanted ? unwatched.get(id) : undefined) ?? { state: 'off', problem: '' }
    },
    all: () => [...sessions.values()],
    allOpen: () => [...open].flatMap((id) => sessions.get(id) ?? []),
    closeAll: async () => {
      await Promise.all([...opening.keys(), ...sessions.keys()].map(close))
    },
  }
}
