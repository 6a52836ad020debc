import type { ClusterStatus } from '../../contract/frame'
import type { Announcement, ClusterEvent, OpenIncident, Plan, Watched } from '../../contract/history'
import type { LossFinding } from '../../contract/loss'
import { isGap } from '../../domain/blame/headline'
import { LateRecorder } from '../../domain/advisor/late-record'
import { clusterEvent } from '../../domain/events/cluster-event'
import { EventWatch } from '../../domain/events/event-watch'
import type { Looked } from '../../domain/events/looked'
import { announcePlan, standingPlans, withdrawPlan } from '../../domain/incident/announcements'
import { IncidentTracker } from '../../domain/incident/incident-tracker'
import { MomentTaker } from '../../domain/past/take-moments'
import { openIncident } from '../../domain/incident/open-incident'
import type { Clock } from '../../ports/clock'
import type { HistoryFiles, HistoryReader, HistoryWriter, PlanBook } from '../../ports/history'
import { inSlices } from '../../ports/slices'
import { isElectableTold, type Picture } from '../judge/picture'
import { keptLosses } from './kept-losses'
import type { LiveView } from './live-view'
import type { SampleRecorder } from './sample-recorder'

/** What is remembered of one opened cluster. */
export interface History {
  /** null until the cluster has told who it is. */
  readonly reader: HistoryReader | null
  /** False: another Highwater keeps this cluster's history now, and here it is only read, until that one ends. */
  readonly writes: boolean
  /** False: the cluster has not told who it is, so there is nothing to keep it with. Throws where it cannot be written. */
  announce(planned: Announcement): boolean
  /** As `announce`. */
  withdraw(broker: number): boolean
  /** Excursions of followers that are under way; null: they are not followed here. */
  readonly underWay: { readonly late: number; readonly out: number } | null
}

export interface RecorderParts {
  readonly files: HistoryFiles
  readonly clock: Clock
  /** Profile id. */
  readonly cluster: string
  readonly samples: SampleRecorder
  live(): LiveView | null
  /** The machine slept between the two. */
  slept(before: Picture, after: Picture): boolean
  /** `open` is another one. */
  changed(): void
  onError(cause: unknown): void
}

type Keeping = { readonly writer: HistoryWriter; readonly tracker: IncidentTracker }

const lookedAt = (picture: Picture, { reading }: LiveView, afterGap: boolean): Looked => ({
  ...picture,
  reading,
  afterGap,
  electableTold: isElectableTold(picture),
})

/** Newest ones that are looked through for the one that is open, or was a moment ago. */
const ONE = 1
/** While another process keeps the history: how often its place is asked for, and how often what it wrote is looked at. */
const ASKS_EVERY_MS = 2_000
const READS_EVERY_MS = 1_000

/**
 * Observer: turns pictures into events and incidents and hands them to the history of the cluster. It begins with the first picture that is complete, as what is not read yet is
 * neither trouble nor its end.
 */
export class Recorder implements History {
  private readonly events = new EventWatch()
  private readonly late = new LateRecorder()
  private readonly moments = new MomentTaker()
  private reads: HistoryReader | null = null
  private keeping: Keeping | null = null
  private planned: PlanBook | null = null
  private standing: readonly Plan[] = []
  private askedAt = Number.NEGATIVE_INFINITY
  private readAt = Number.NEGATIVE_INFINITY
  private lost: LossFinding[] = []
  private shown: OpenIncident | null = null
  private watched: Watched | null = null
  private looked: Picture | null = null
  private waiting: { readonly picture: Picture; readonly live: LiveView } | null = null
  private working: Promise<void> | null = null
  private phase: ClusterStatus['phase'] = 'connecting'
  /** What the connection was between the last picture and now, if not live. */
  private interrupted: ClusterStatus['phase'] | null = null

  constructor(private readonly parts: RecorderParts) {}

  get open(): OpenIncident | null {
    return this.shown
  }

  get reader(): HistoryReader | null {
    return this.reads
  }

  get writes(): boolean {
    return this.keeping !== null
  }

  get underWay(): History['underWay'] {
    return this.keeping === null ? null : this.late.underWay
  }

  /** Announced restarts that stand. */
  get plans(): readonly Plan[] {
    return this.standing
  }

  announce(planned: Announcement): boolean {
    const at = this.parts.clock.now()
    return this.keepPlans((plans) => announcePlan(plans, { ...planned, at }))
  }

  withdraw(broker: number): boolean {
    return this.keepPlans((plans) => withdrawPlan(plans, broker, this.parts.clock.now()))
  }

  /** Records that were lost, as they are found: they are told with the next picture. */
  found(finding: LossFinding): void {
    this.lost.push(finding)
  }

  status(phase: ClusterStatus['phase']): void {
    this.phase = phase
    if (phase !== 'live') this.interrupted = phase
  }

  /** Must see every picture, in order. One that comes while an earlier one is worked on waits, and gives way to one that comes later. */
  observe(picture: Picture): void {
    const live = this.parts.live()
    if (live === null || picture.summary.headline.level === 'unread') return
    this.waiting = { picture, live }
    this.working ??= this.work()
  }

  async close(): Promise<void> {
    await this.working
    await this.parts.samples.close()
    if (this.keeping === null) return
    const { writer, tracker } = this.keeping
    if (this.watched !== null) writer.watch({ ...this.watched, end: 'closed' })
    const { open } = tracker
    if (open !== null) writer.put(open)
    for (const part of this.late.stop()) writer.addExcursions(part)
    writer.close()
    this.keeping = null
  }

  private async work(): Promise<void> {
    try {
      for (let next = this.waiting; next !== null; next = this.waiting) {
        this.waiting = null
        await this.look(next.picture, next.live)
      }
    } catch (cause) {
      this.parts.onError(cause)
    } finally {
      this.working = null
    }
  }

  private async look(picture: Picture, live: LiveView): Promise<void> {
    if (this.keeping === null) this.begin(picture.clusterId ?? '')
    this.readPlans()
    const { keeping } = this
    if (keeping === null) {
      this.follow()
      return
    }
    const { writer, tracker } = keeping
    const { clock } = this.parts
    const before = this.looked
    const afterGap = this.watch(writer, picture, before)
    const looked = lookedAt(picture, live, afterGap)
    this.looked = picture
    const everyRow = before?.seq !== picture.seq - 1
    const events = await inSlices(clock, this.events.observe(looked, everyRow))
    for (const part of await inSlices(clock, this.late.look(looked, events, everyRow))) writer.addExcursions(part)
    for (const event of this.losses(looked)) events.push(event)
    const moments = await inSlices(clock, this.moments.take(looked, this.events, events.length))
    const kept = await inSlices(clock, tracker.observe(looked, events))
    // Those of the look that ended it are its own.
    writer.add(events, tracker.openId || (kept.at(-1)?.id ?? 0))
    writer.keep(moments)
    for (const incident of kept) writer.put(incident)
    this.parts.samples.look({ writer, picture, live, events, afterGap })
    this.show(tracker, kept.length > 0)
  }

  /** Takes the writer's place, now or as soon as the one who has it ends. */
  private begin(clusterId: string): void {
    const { files, clock, cluster } = this.parts
    const now = clock.now()
    if (Math.abs(now - this.askedAt) < ASKS_EVERY_MS) return
    this.askedAt = now
    const owner = { cluster, clusterId }
    const writer = files.write(owner)
    this.planned ??= files.plans(owner)
    this.reads = writer ?? this.reads ?? files.read(owner)
    if (writer === null) return
    const last = writer.incidents(ONE).rows[0] ?? null
    const watchedTo = writer.watched(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).at(-1)?.to ?? Number.NaN
    this.keeping = {
      writer,
      tracker: new IncidentTracker({
        last,
        watchedTo,
        nextId: () => writer.nextIncident(),
        lossesBefore: keptLosses(writer),
      }),
    }
  }

  /** What another process writes of this cluster, while it does. */
  private follow(): void {
    // Each finds records lost for itself; told later by us they would be there twice.
    this.lost = []
    const now = this.parts.clock.now()
    if (this.reads === null || Math.abs(now - this.readAt) < READS_EVERY_MS) return
    this.readAt = now
    const [newest] = this.reads.incidents(ONE).rows
    const isOpen = newest !== undefined && Number.isNaN(newest.ended.to)
    this.showOne(isOpen ? openIncident(newest) : null)
  }

  private keepPlans(change: (plans: readonly Plan[]) => readonly Plan[]): boolean {
    if (this.planned === null) return false
    this.planned.keep(change(this.planned.list()))
    this.readPlans()
    return true
  }

  private readPlans(): void {
    const before = this.standing
    this.standing = standingPlans(this.planned?.list() ?? [], this.parts.clock.now())
    this.keeping?.tracker.announced(this.standing)
    const words = (plans: readonly Plan[]): string => JSON.stringify(plans)
    if (words(before) !== words(this.standing)) this.parts.changed()
  }

  private losses({ summary }: Looked): ClusterEvent[] {
    const told = this.lost.map((finding) =>
      clusterEvent(
        'lost',
        { from: Number.NaN, to: Math.max(finding.seenAt, summary.takenAt) },
        {
          topic: finding.topic,
          partition: finding.partition,
          broker: finding.newLeader,
          other: finding.oldLeader,
          epoch: finding.epoch,
          amount: finding.atLeast,
          total: finding.atMost,
          text: finding.kind,
        },
      ),
    )
    this.lost = []
    return told
  }

  /** Goes on with what is watched, or begins anew after a gap; whether there was one. */
  private watch(writer: HistoryWriter, picture: Picture, before: Picture | null): boolean {
    const { takenAt, intervalMs } = picture.summary
    const { watched } = this
    const asleep = before !== null && this.parts.slept(before, picture)
    const gap = watched !== null && (asleep || isGap(watched.to, takenAt, intervalMs))
    const to = Math.max(takenAt, watched?.to ?? takenAt)
    if (watched !== null && gap) writer.watch({ ...watched, end: asleep ? 'asleep' : this.reason() })
    this.interrupted = this.phase === 'live' ? null : this.phase
    this.watched = watched === null || gap ? { from: takenAt, to: takenAt, end: 'open' } : { ...watched, to }
    writer.watch(this.watched)
    return gap
  }

  private reason(): Watched['end'] {
    return this.interrupted === 'paused' ? 'paused' : 'unreachable'
  }

  private show(tracker: IncidentTracker, changed: boolean): void {
    if (!changed && tracker.openId === (this.shown?.id ?? 0)) return
    const { open } = tracker
    this.showOne(open === null ? null : openIncident(open))
  }

  private showOne(open: OpenIncident | null): void {
    const before = this.shown
    this.shown = open
    if (this.shown?.id !== before?.id || this.shown?.phases.length !== before?.phases.length) this.parts.changed()
  }
}
