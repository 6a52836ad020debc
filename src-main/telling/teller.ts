import type { ClusterStatus } from '../contract/frame'
import type { ClusterProfile } from '../contract/profiles'
import {
  TOLD_LINES,
  type Condition,
  type Delivery,
  type TellingRules,
  type TellKind,
  type ToldLine,
} from '../contract/telling'
import { awayNow, standingNow, type Standing } from '../domain/telling/conditions'
import { isQuiet } from '../domain/telling/quiet-hours'
import { tellingStep, type Held, type Look, type Matter, type Telling } from '../domain/telling/telling'
import { topicPattern } from '../domain/telling/topic-pattern'
import { isReadWell, worstNow } from '../domain/telling/worst'
import type { Picture } from '../monitor/judge/picture'
import type { ClusterSession } from '../monitor/session'
import type { Cancel, Clock } from '../ports/clock'
import type { Notifier } from '../ports/notifier'
import { inSlices } from '../ports/slices'
import { createFormats } from '../shared/words/format/formats'
import type { Language } from '../shared/words/language'
import { printable } from '../shared/printable'
import { say } from '../shared/words/say'
import { HookQueue, type Deliveries, type Hook } from './hook-queue'
import type { PostHook } from './hook-post'
import { overMessage, testMessage, troubleMessage, type About, type Message } from './message'
import { NOTHING_TOLD, readTold, toldToKeep, type Told, type Way } from './told-book'

/** What no picture brings: that a cluster is out of sight, that a pause is over. */
const BEAT_MS = 5_000
/** Nobody watched for longer than this, or than some pictures take. */
const GAP_MS = 30_000
const GAP_PICTURES = 3

export interface TellerParts {
  readonly clock: Clock
  readonly notifier: Notifier
  readonly post: PostHook
  /** null = the cluster is not saved any more. */
  readonly profile: (cluster: string) => ClusterProfile | null
  /** null = it has no webhook. */
  readonly hookOf: (cluster: string) => Promise<Hook | null>
  readonly rules: () => TellingRules
  readonly language: () => Language
  /** As `write` left it in an earlier run. */
  readonly kept: unknown
  /** Throws what storing throws; what was told is told all the same, and may be told again after a restart. */
  readonly write: (told: unknown) => void
  /** A person wants to see it; `incident` 0 = the cluster. */
  readonly open: (cluster: string, incident: number) => void
  /** Something that is shown is another. */
  readonly changed: () => void
  /** What was told, by whom and of what, for the log. */
  readonly log: (...parts: unknown[]) => void
  readonly onError: (cause: unknown) => void
  /** For tests; left out: the machine's. */
  readonly timeZone?: string
}

/** How a followed cluster stands, as far as it was read. */
export interface Stand {
  readonly worst: Condition | null
  readonly known: boolean
  readonly incident: number
}

interface Waiting {
  readonly picture: Picture
  /** Brokers that are silent or gone. */
  readonly away: readonly number[]
}

interface Followed {
  readonly session: ClusterSession
  readonly stop: () => void
  stand: Stand
  /** Something of this cluster was looked at in this run, by subject. */
  readonly looked: Set<string>
  waiting: Waiting | null
  /** At the picture before: one that is being connected to again is still silent. */
  silent: readonly number[]
  working: boolean
  blindSince: number
}

const WAYS: readonly Way[] = ['notification', 'webhook']
const NOTHING: Standing = {
  conditions: [],
  partitions: { short: 0, oneAway: 0, refuses: 0, offline: 0 },
  topics: [],
  topicCount: 0,
  brokers: [],
  lostAtLeast: 0,
}

/** What is looked at, for all ways. */
interface Seen {
  readonly session: ClusterSession
  readonly profile: ClusterProfile
  /** Key of what is told of it: the cluster and its incidents, or that it is out of sight. */
  readonly subject: string
  readonly look: Omit<Look, 'first'>
  readonly standing: Standing
}

/**
 * Follows sessions and tells people, by rule, of what is so: by notification, and by webhook where the cluster has one. State: what was told (told-book.ts), written before it goes
 * out, so that a process that is killed tells nothing twice; a message that waits for its receiver is kept with it. Pictures are looked at one after the other, off the monitor's own
 * turn; of those that come meanwhile the newest counts.
 */
export class Teller {
  readonly hooks: HookQueue
  private readonly followed = new Map<string, Followed>()
  private tellings: Record<Way, Record<string, readonly Telling[]>>
  private pausedUntilMs: number
  private mutes: Told['mutes']
  private lines: readonly ToldLine[]
  private beat: Cancel
  private closed = false

  constructor(private readonly parts: TellerParts) {
    let told = NOTHING_TOLD
    try {
      told = readTold(parts.kept)
    } catch (cause) {
      parts.onError(cause)
    }
    this.tellings = { notification: { ...told.tellings.notification }, webhook: { ...told.tellings.webhook } }
    this.pausedUntilMs = told.pausedUntil ?? Number.NaN
    this.mutes = told.mutes
    this.lines = told.lines
    this.hooks = new HookQueue(
      {
        clock: parts.clock,
        post: parts.post,
        hookOf: parts.hookOf,
        language: parts.language,
        changed: () => {
          this.keep()
          parts.changed()
        },
      },
      told,
    )
    this.beat = this.nextBeat()
    this.hooks.wakeAll()
  }

  /** Nothing at all is told until then, NaN = it is. */
  get pausedUntil(): number {
    return this.pausedUntilMs > this.parts.clock.now() ? this.pausedUntilMs : Number.NaN
  }

  get told(): readonly ToldLine[] {
    return this.lines
  }

  stand(cluster: string): Stand {
    return this.followed.get(cluster)?.stand ?? { worst: null, known: false, incident: 0 }
  }

  deliveries(cluster: string): Deliveries {
    return this.hooks.of(cluster)
  }

  mutedUntil(cluster: string, incident: number): number {
    const mute = this.mutes.find((one) => one.cluster === cluster && one.incident === incident)
    if (mute === undefined) return Number.NaN
    const until = mute.until ?? Number.POSITIVE_INFINITY
    return until > this.parts.clock.now() ? until : Number.NaN
  }

  follow(session: ClusterSession): void {
    this.unfollow(session.cluster)
    const stops = [
      session.observe((picture) => this.observe(session.cluster, picture)),
      session.onStatus((status) => this.status(session.cluster, status)),
    ]
    this.followed.set(session.cluster, {
      session,
      stop: () => stops.forEach((stop) => stop()),
      stand: { worst: null, known: false, incident: 0 },
      looked: new Set(),
      waiting: null,
      silent: [],
      working: false,
      blindSince: Number.NaN,
    })
    this.status(session.cluster, session.status)
  }

  /** What was told of it stays known, for when it is followed again. */
  unfollow(cluster: string): void {
    this.followed.get(cluster)?.stop()
    if (this.followed.delete(cluster)) this.parts.changed()
  }

  /** The cluster is not saved any more. */
  forget(cluster: string): void {
    this.unfollow(cluster)
    for (const way of WAYS) {
      this.tellings[way] = without(this.tellings[way], cluster, blindOf(cluster))
    }
    this.mutes = this.mutes.filter((one) => one.cluster !== cluster)
    this.hooks.forget(cluster)
  }

  /** NaN = go on. */
  pause(until: number): void {
    this.pausedUntilMs = until
    this.keep()
    this.parts.changed()
  }

  /** `until` NaN = not any more, Infinity = until it is over. */
  mute(cluster: string, incident: number, until: number): void {
    const others = this.mutes.filter((one) => one.cluster !== cluster || one.incident !== incident)
    this.mutes = Number.isNaN(until)
      ? others
      : [...others, { cluster, incident, until: Number.isFinite(until) ? until : null }]
    this.keep()
    this.parts.changed()
  }

  /** A message that says that it is a test, now. */
  async tryHook(profile: ClusterProfile, hook: Hook): Promise<Delivery> {
    return this.hooks.try(hook, testMessage(this.about(profile)))
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.beat()
    // When each was last seen to be so.
    this.keep()
    for (const cluster of [...this.followed.keys()]) this.unfollow(cluster)
    this.hooks.close()
  }

  private nextBeat(): Cancel {
    return this.parts.clock.after(BEAT_MS, () => {
      if (this.closed) return
      this.beat = this.nextBeat()
      for (const cluster of this.followed.keys()) this.lookForSight(cluster)
    })
  }

  private status(cluster: string, { phase, since }: ClusterStatus): void {
    const one = this.followed.get(cluster)
    if (one === undefined) return
    // Trying anew after a sleep is neither sight nor the lack of it.
    if (phase === 'lost' && Number.isNaN(one.blindSince)) one.blindSince = since
    if (phase === 'live' || phase === 'paused') one.blindSince = Number.NaN
    if (phase !== 'live') this.standAs(one, { ...one.stand, worst: phase === 'lost' ? 'blind' : null, known: false })
    this.lookForSight(cluster)
  }

  private standAs(one: Followed, stand: Stand): void {
    const { worst, known, incident } = one.stand
    one.stand = stand
    if (worst !== stand.worst || known !== stand.known || incident !== stand.incident) this.parts.changed()
  }

  private lookForSight(cluster: string): void {
    const one = this.followed.get(cluster)
    const profile = this.parts.profile(cluster)
    if (one === undefined || profile === null || this.closed) return
    const { phase, takenAt } = one.session.status
    if (phase !== 'lost' && phase !== 'live') return
    const at = this.parts.clock.now()
    const isBlind = phase === 'lost'
    const matter: Matter | null = isBlind
      ? {
          id: 0,
          key: `${cluster}/unseen/${Math.round(one.blindSince)}`,
          began: { from: takenAt, to: Number.isNaN(one.blindSince) ? at : one.blindSince },
          planned: null,
        }
      : null
    const conditions: readonly Condition[] = isBlind ? ['blind'] : []
    this.tell({
      session: one.session,
      profile,
      subject: blindOf(cluster),
      look: { at, matter, conditions, gapMs: GAP_MS, ended: () => true },
      standing: { ...NOTHING, conditions },
    })
  }

  private observe(cluster: string, picture: Picture): void {
    const one = this.followed.get(cluster)
    if (one === undefined || picture.summary.headline.level === 'unread') return
    const { summary } = picture
    const { brokers: away, silent } = awayNow(summary, one.silent)
    one.silent = silent
    this.standAs(one, {
      worst: worstNow(summary, away),
      known: isReadWell(summary),
      incident: summary.incident?.id ?? 0,
    })
    one.waiting = { picture, away }
    if (!one.working) void this.work(one)
  }

  private async work(one: Followed): Promise<void> {
    one.working = true
    try {
      for (let next = one.waiting; next !== null; next = one.waiting) {
        one.waiting = null
        await this.look(one.session, next)
      }
    } catch (cause) {
      this.parts.onError(cause)
    } finally {
      one.working = false
    }
  }

  private async look(session: ClusterSession, { picture, away }: Waiting): Promise<void> {
    const { cluster, history } = session
    const profile = this.parts.profile(cluster)
    if (profile === null || this.closed) return
    const { incident, takenAt, intervalMs } = picture.summary
    const rule = this.parts.rules().environments[profile.environment]
    // While nothing is open there is nothing to count, which is nearly always.
    const standing =
      incident === null
        ? NOTHING
        : await inSlices(this.parts.clock, standingNow(picture, away, topicPattern(rule.topics)))
    const matter: Matter | null =
      incident === null
        ? null
        : {
            id: incident.id,
            key: `${cluster}/incident/${incident.id}/${Math.round(incident.began.to)}`,
            began: incident.began,
            planned: incident.planned,
          }
    this.tell({
      session,
      profile,
      subject: cluster,
      look: {
        at: takenAt,
        matter,
        conditions: standing.conditions,
        gapMs: Math.max(GAP_MS, GAP_PICTURES * intervalMs),
        ended: (id) => matter === null || Number.isFinite(history?.reader?.incident(id)?.ended.to),
      },
      standing,
    })
  }

  private heldFor(way: Way, cluster: string, incident: number): Held {
    const { clock, rules, timeZone } = this.parts
    const now = clock.now()
    if (!Number.isNaN(this.pausedUntil) || !Number.isNaN(this.mutedUntil(cluster, incident))) return 'all'
    const { quiet } = rules()
    if (way === 'webhook' || !isQuiet(quiet, now, timeZone)) return 'nothing'
    return quiet.outagesToo ? 'mild' : 'all'
  }

  private tell(seen: Seen): void {
    const { session, profile, subject, look, standing } = seen
    const one = this.followed.get(session.cluster)
    // Closed or opened anew while it was counted.
    if (one?.session !== session) return
    const { rules } = this.parts
    const { environments, planned, notifications } = rules()
    const rule = environments[profile.environment]
    const first = !one.looked.has(subject)
    one.looked.add(subject)
    const messages: { readonly way: Way; readonly message: Message }[] = []
    let changed = false
    for (const way of WAYS) {
      const isOn = way === 'webhook' ? profile.hook !== 'none' : notifications
      const before = this.tellings[way][subject] ?? []
      // What was told is forgotten with it: switched on again in the middle, it is told of as of anything that is so.
      if (!isOn) {
        if (before.length > 0) changed = this.setTellings(way, subject, [])
        continue
      }
      const id = look.matter?.id ?? before[0]?.id ?? 0
      const held = this.heldFor(way, session.cluster, id)
      const step = tellingStep(before, { ...look, first }, { rule, planned, held })
      this.setTellings(way, subject, step.tellings)
      changed ||= differsInWhatWasTold(before, step.tellings)
      for (const tell of step.tells) {
        const about = this.about(profile)
        const message =
          tell.kind === 'over' || look.matter === null
            ? overMessage(about, tell, tell.id === 0 ? null : (session.history?.reader?.incident(tell.id) ?? null))
            : troubleMessage(about, tell, look.matter, standing)
        messages.push({ way, message })
      }
    }
    if (look.matter === null) this.unmuteEnded(session.cluster, subject)
    if (messages.length === 0) {
      if (changed) this.keep()
      return
    }
    for (const { way, message } of messages) {
      if (way === 'webhook') this.hooks.add(message)
      this.note(way, message)
    }
    this.keep()
    for (const { way, message } of messages) {
      this.parts.log(way, message.kind, message.key, message.condition)
      if (way === 'webhook') this.hooks.wake(message.cluster)
      else this.notify(message)
    }
    this.parts.changed()
  }

  /** Answers true, for whoever notes that something changed. */
  private setTellings(way: Way, subject: string, tellings: readonly Telling[]): true {
    const others = without(this.tellings[way], subject)
    this.tellings[way] = tellings.length === 0 ? others : { ...others, [subject]: tellings }
    return true
  }

  private unmuteEnded(cluster: string, subject: string): void {
    if (subject !== cluster) return
    const left = this.mutes.filter((one) => one.cluster !== cluster)
    if (left.length === this.mutes.length) return
    this.mutes = left
    this.keep()
  }

  private note(by: Way, { at, cluster, name, id: incident, kind, condition }: Message): void {
    const line: ToldLine = { at, cluster, name, incident, kind: kind as TellKind, condition, by }
    this.lines = [line, ...this.lines].slice(0, TOLD_LINES)
  }

  private notify({ title, lines, cluster, id }: Message): void {
    const language = this.parts.language()
    const words = (phrase: Message['title']): string => say(language, phrase, printable)
    this.parts.notifier.show({ title: words(title), body: lines.map(words).join('\n') }, () =>
      this.parts.open(cluster, id),
    )
  }

  private about(profile: ClusterProfile): About {
    return { profile, at: this.parts.clock.now(), f: createFormats(this.parts.language(), this.parts.timeZone) }
  }

  private keep(): void {
    const { queue, deliveries } = this.hooks
    const pausedUntil = Number.isFinite(this.pausedUntilMs) ? this.pausedUntilMs : null
    const { mutes, tellings, lines } = this
    try {
      this.parts.write(toldToKeep({ pausedUntil, mutes, tellings, queue, deliveries, lines }))
    } catch (cause) {
      this.parts.onError(cause)
    }
  }
}

const without = <T>(all: Readonly<Record<string, T>>, ...keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)))

const blindOf = (cluster: string): string => `${cluster}/unseen`

/** Times go on with every look; they are not worth a write. */
function differsInWhatWasTold(before: readonly Telling[], after: readonly Telling[]): boolean {
  const of = (tellings: readonly Telling[]): string =>
    JSON.stringify(tellings.map(({ id, key, told, old, over, unseenEnd }) => [id, key, told, old, over, unseenEnd]))
  return of(before) !== of(after)
}
