import type { ClusterEvent } from '../../contract/history'
import { AroundTrouble } from '../../domain/samples/around-trouble'
import { IsrChangeCount } from '../../domain/samples/isr-changes'
import { LeaderEnds } from '../../domain/samples/leader-ends'
import { takeSample } from '../../domain/samples/take-sample'
import { TIERS } from '../../domain/samples/tiers'
import { Presences } from '../../domain/state/presences'
import type { Topology } from '../../domain/topology/reading'
import type { Clock } from '../../ports/clock'
import type { KeptSampleWriter } from '../../ports/kept-samples'
import { inSlices } from '../../ports/slices'
import type { Picture } from '../judge/picture'
import type { LiveView } from './live-view'

const EVERY_MS = TIERS[0].everyMs

export interface SampleLook {
  readonly writer: KeptSampleWriter
  readonly picture: Picture
  readonly live: Pick<LiveView, 'reading' | 'facts'>
  /** What the history was told with this picture. */
  readonly events: readonly ClusterEvent[]
  /** Nobody watched between this picture and the one before. */
  readonly afterGap: boolean
}

/**
 * Takes a sample of the cluster in every ten seconds by the clock in which there is a picture, in slices beside the tick, and hands it to the history. Where there is no picture there is no sample.
 * A pass that takes longer than that leaves the next one out.
 */
export class SampleRecorder {
  private readonly changes = new IsrChangeCount()
  private readonly trouble = new AroundTrouble()
  private ends: LeaderEnds | null = null
  private span = Number.NaN
  private working: Promise<void> | null = null
  private isClosed = false

  constructor(
    private readonly clock: Clock,
    private readonly onError: (cause: unknown) => void,
  ) {}

  look(look: SampleLook): void {
    const { picture, events, afterGap } = look
    // How fast logs grew while nobody looked is no rate of now; and what changed then belongs to no sample.
    if (afterGap) this.ends = null
    else this.changes.note(events)
    const span = Math.floor(picture.summary.takenAt / EVERY_MS)
    if (span === this.span || this.working !== null || this.isClosed) return
    this.span = span
    this.working = this.take(look)
  }

  /** What is under way is left. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.working
  }

  private async take({ writer, picture, live: { reading, facts } }: SampleLook): Promise<void> {
    try {
      const at = picture.summary.takenAt
      const abandoned = (): boolean => this.isClosed
      const sample = await inSlices(
        this.clock,
        takeSample({
          reading,
          columns: picture.columns,
          presences: new Presences(facts, at, reading.withoutListener),
          brokers: picture.summary.brokers.map(({ id }) => id),
          now: at,
          ends: await this.endsOf(reading.topology),
          isrChanges: this.changes.take(),
        }),
        abandoned,
      )
      const { told } = sample
      const moment = { at, reading, leader: picture.columns.leader, told }
      writer.addSample(sample, await inSlices(this.clock, this.trouble.observe(moment), abandoned))
    } catch (cause) {
      if (!this.isClosed) this.onError(cause)
    } finally {
      this.working = null
    }
  }

  private async endsOf(topology: Topology): Promise<LeaderEnds> {
    const { ends } = this
    if (ends?.topology === topology) return ends
    const carried = ends === null ? new LeaderEnds(topology) : await inSlices(this.clock, ends.carriedTo(topology))
    this.ends = carried
    return carried
  }
}
