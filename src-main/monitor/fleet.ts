import type { FleetNews, FleetRow } from '../contract/fleet'
import type { ClusterSummary } from '../contract/summary'
import type { Cancel, Clock } from '../ports/clock'
import type { ClusterSession } from './session'

/** The page is told that something has changed this often at most, whatever the number of clusters. */
export const BELL_MS = 1_000
/** Between two sessions that begin to be polled more often: twenty at once would be one stall. */
export const LIST_APART_MS = 60

/** What is not of a session: how a saved cluster stands otherwise. */
export type FleetStanding = Omit<FleetRow, 'status' | 'summary'>

export interface FleetParts {
  readonly clock: Clock
  /** Of all that are saved, in their order. */
  readonly standings: () => readonly FleetStanding[]
  /** Something has changed, and somebody looks. */
  readonly bell: () => void
}

interface Followed {
  readonly session: ClusterSession
  readonly stop: () => void
  summary: ClusterSummary | null
}

interface Entry {
  /** What of it was told last, as text. */
  told: string
  /** It has a newer picture or status than was told. */
  dirty: boolean
  version: number
}

/**
 * How the saved clusters stand, for whoever shows them beside each other. State: the summary of each session's newest picture, and per saved cluster the version at which it was another last. Nothing is
 * sent: the page is told that there is something (`bell`, at most once a second for all of them) and asks for what is newer than it has, so a page that is busy or hidden costs nothing. While it is on
 * screen (`show`, and the window is visible) what is watched is polled every two seconds and not every ten.
 */
export class Fleet {
  private readonly followed = new Map<string, Followed>()
  private readonly entries = new Map<string, Entry>()
  private version = 0
  private wanted = false
  private visible = false
  private rangAt = Number.NEGATIVE_INFINITY
  private ringing: Cancel | null = null
  private listing: Cancel | null = null

  constructor(private readonly parts: FleetParts) {}

  follow(session: ClusterSession): void {
    this.unfollow(session.cluster)
    const followed: Followed = {
      session,
      summary: null,
      stop: () => stops.forEach((stop) => stop()),
    }
    const stops = [
      session.observe((picture) => {
        followed.summary = picture.summary
        this.changed(session.cluster)
      }),
      session.onStatus(() => this.changed(session.cluster)),
    ]
    this.followed.set(session.cluster, followed)
    if (this.isShown) session.list(true)
    this.changed(session.cluster)
  }

  unfollow(cluster: string): void {
    this.followed.get(cluster)?.stop()
    if (this.followed.delete(cluster)) this.changed(cluster)
  }

  /** `cluster` left out: something of the standings, whichever it is. */
  changed(cluster?: string): void {
    const entry = cluster === undefined ? undefined : this.entries.get(cluster)
    if (entry !== undefined) entry.dirty = true
    this.ring()
  }

  /** The page has them on screen. */
  show(shown: boolean): void {
    this.wanted = shown
    this.list()
  }

  /** The window is to be seen. */
  see(visible: boolean): void {
    this.visible = visible
    this.list()
    this.ring()
  }

  read(since: number): FleetNews {
    this.version += 1
    const standings = this.parts.standings()
    const clusters = standings.map(({ cluster }) => cluster)
    for (const known of this.entries.keys()) if (!clusters.includes(known)) this.entries.delete(known)
    const rows = standings.filter((standing) => this.versionOf(standing) > since).map((one) => this.rowOf(one))
    return { version: this.version, clusters, rows }
  }

  close(): void {
    for (const cluster of [...this.followed.keys()]) this.unfollow(cluster)
    this.ringing?.()
    this.listing?.()
    this.ringing = this.listing = null
    this.wanted = false
  }

  private get isShown(): boolean {
    return this.wanted && this.visible
  }

  private versionOf(standing: FleetStanding): number {
    const told = JSON.stringify(standing, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))
    const entry = this.entries.get(standing.cluster)
    if (entry?.told === told && !entry.dirty) return entry.version
    this.entries.set(standing.cluster, { told, dirty: false, version: this.version })
    return this.version
  }

  private rowOf(standing: FleetStanding): FleetRow {
    const followed = this.followed.get(standing.cluster)
    return { ...standing, status: followed?.session.status ?? null, summary: followed?.summary ?? null }
  }

  private ring(): void {
    if (!this.isShown || this.ringing !== null) return
    const { clock, bell } = this.parts
    const wait = this.rangAt + BELL_MS - clock.now()
    const now = (): void => {
      this.ringing = null
      if (!this.isShown) return
      this.rangAt = clock.now()
      bell()
    }
    if (wait <= 0) now()
    else this.ringing = clock.after(Math.min(wait, BELL_MS), now)
  }

  private list(): void {
    this.listing?.()
    this.listing = null
    const sessions = [...this.followed.values()].map(({ session }) => session)
    if (!this.isShown) {
      for (const session of sessions) session.list(false)
      return
    }
    const next = (): void => {
      this.listing = null
      const session = sessions.shift()
      if (session === undefined) return
      session.list(true)
      if (sessions.length > 0) this.listing = this.parts.clock.after(LIST_APART_MS, next)
    }
    next()
  }
}
