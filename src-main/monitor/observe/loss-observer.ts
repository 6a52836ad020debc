import type { KeptLoss, LossAcknowledgement, LossFinding } from '../../contract/loss'
import type { LossSummary } from '../../contract/summary'
import { lossSummary } from '../../domain/loss/loss-summary'
import { LossWatch, type EpochQuestion } from '../../domain/loss/loss-watch'
import type { LossBook, LossOwner } from '../../ports/loss-book'
import { isElectableTold, type Picture } from '../judge/picture'
import type { LiveView } from './live-view'

/** Lost records of one opened cluster: kept ones, and those that its file could not keep. */
export interface Losses {
  readonly kept: readonly KeptLoss[]
  readonly unreadable: number
  /** Answers how many of them were open until now. Throws what the file throws. */
  acknowledge(ids: readonly number[], acknowledgement: LossAcknowledgement): number
}

export interface LossParts {
  readonly book: LossBook
  /** Profile id. */
  readonly cluster: string
  live(): LiveView | null
  now(): number
  ask(questions: readonly EpochQuestion[], told: (question: EpochQuestion, end: number) => void): void
  /** Whether it is kept or not. */
  found(finding: LossFinding): void
  /** `summary` is another one. */
  changed(): void
  onError(cause: unknown): void
}

/**
 * Observer: follows every partition over its leaders (domain/loss) and keeps what it finds. A finding is in the file before it is told; where the file does not
 * take it, it is told all the same, for this run, with an id below zero, and offered to the file again at every picture.
 */
export class LossObserver implements Losses {
  private readonly watch = new LossWatch()
  private owner: LossOwner | null = null
  private listed: ReturnType<LossBook['list']> = { kept: [], unreadable: 0 }
  private refused: readonly LossFinding[] = []
  private shown: Omit<LossSummary, 'watchedSince' | 'undecided'> = lossSummary([], 0)

  constructor(private readonly parts: LossParts) {}

  get summary(): LossSummary {
    return { ...this.shown, watchedSince: this.watch.watchedSince, undecided: this.watch.undecided }
  }

  get kept(): readonly KeptLoss[] {
    const untaken = this.refused.map((finding, at) => ({ ...finding, id: -1 - at, acknowledged: null }))
    return [...this.listed.kept, ...untaken]
  }

  get unreadable(): number {
    return this.listed.unreadable
  }

  observe(picture: Picture): void {
    const { clusterId, columns } = picture
    const view = this.parts.live()
    if (view === null) return
    if (this.owner === null) {
      this.owner = { cluster: this.parts.cluster, clusterId: clusterId ?? '' }
      this.listAnew()
    }
    const { reading, highWatermarkReadAt, facts } = view
    const { state } = columns
    const { found, questions } = this.watch.observe(
      { reading, highWatermarkReadAt, facts, electableTold: isElectableTold(picture), state },
      this.parts.now(),
    )
    this.parts.ask(questions, (question, end) => this.watch.epochEnds(question, end))
    if (found.length > 0 || this.refused.length > 0) this.keep(found)
  }

  acknowledge(ids: readonly number[], acknowledgement: LossAcknowledgement): number {
    const done = this.parts.book.acknowledge(ids, acknowledgement).length
    const before = this.refused.length
    this.refused = this.refused.filter((_, at) => !ids.includes(-1 - at))
    this.listAnew()
    return done + before - this.refused.length
  }

  private keep(found: readonly LossFinding[]): void {
    const { owner } = this
    if (owner === null) return
    for (const finding of found) this.parts.found(finding)
    const again = this.refused
    const refused: LossFinding[] = []
    for (const finding of [...again, ...found]) {
      try {
        this.parts.book.keep(owner, finding)
      } catch (cause) {
        if (found.includes(finding)) this.parts.onError(cause)
        refused.push(finding)
      }
    }
    if (found.length === 0 && refused.length === again.length) return
    this.refused = refused
    this.listAnew()
  }

  private listAnew(): void {
    if (this.owner !== null) {
      try {
        this.listed = this.parts.book.list(this.owner)
      } catch (cause) {
        this.parts.onError(cause)
      }
    }
    this.shown = lossSummary(this.kept, this.listed.unreadable)
    this.parts.changed()
  }
}
