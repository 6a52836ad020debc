/**
 * The changes under work, by id: lines as read from the journal plus those written since. State per book: its lines, the progress and the
 * problem of the step that runs or ran last, and how often one of these two changed (so that `version` grows with everything a page shows).
 * Beside the books: which changes were planned in this run.
 * Books are made from the journal when first asked for; nothing in them would be lost by forgetting one. There is never more than one of a change.
 */
import type { ChangeEvent, ChangeNews, ChangeState, ChangeView, Progress } from '../../contract/change'
import type { JournalRow } from '../../contract/journal'
import type { Environment } from '../../contract/profiles'
import { fail } from '../../contract/result'
import type { AppError } from '../../contract/result'
import type { Cancel, Clock } from '../../ports/clock'
import { foldChange } from './fold'
import { leadsElsewhere } from '../links/elsewhere'
import type { JournalPort } from '../../ports/journal'
import type { FindCluster } from '../../ports/live-cluster'
import type { Book } from './step'
import { stepFailed, StorageFailed } from './step'
import { stateAfter, WrongOrder } from './allowed-steps'

export const NEWS_EVERY_MS = 200
const MOST_BOOKS = 50
/** Something of it was sent, and is waited for, verified or watched. */
const LOOKED_AFTER: ReadonlySet<ChangeState> = new Set<ChangeState>(['applying', 'unknown', 'applied', 'verified'])

export interface BooksOptions {
  readonly journal: JournalPort
  readonly clock: Clock
  readonly find: FindCluster
  readonly osUser: string
  readonly environmentOf: (cluster: string) => Environment
  readonly isArmed: (cluster: string) => boolean
  readonly isRunning: (change: string) => boolean
  /** Profile id of the opened cluster this change belongs to: its own, or another one of the same Kafka cluster; null = not open. */
  readonly openedAs: (row: Pick<JournalRow, 'cluster' | 'clusterId'>) => string | null
  readonly emit: (news: ChangeNews) => void
  /** Called for every line once it is written and told; what it throws is thrown by `append`. */
  readonly onLine: (book: Book, event: ChangeEvent) => void
}

class KeptBook implements Book {
  private progressNow: Progress | null = null
  private problemNow: AppError | null = null
  private asides = 0
  private toldAt = Number.NEGATIVE_INFINITY
  private stopTelling: Cancel | null = null

  constructor(
    readonly id: string,
    private readonly lines: JournalRow[],
    private readonly options: BooksOptions,
    private readonly plannedHere: Set<string>,
  ) {}

  rows(): readonly JournalRow[] {
    return this.lines
  }

  view(): ChangeView {
    const { clock, environmentOf, isArmed, isRunning, openedAs } = this.options
    const last = this.lines.at(-1)!
    const opened = openedAs(last)
    const folded = foldChange(this.lines, clock.now(), {
      environment: environmentOf(opened ?? last.cluster),
      plannedHere: this.plannedHere.has(this.id),
      armed: opened !== null && isArmed(opened),
      running: isRunning(this.id),
    })
    const elsewhere = LOOKED_AFTER.has(folded.state) ? this.elsewhere(opened) : null
    return {
      ...folded,
      progress: this.progressNow,
      problem: this.problemNow ?? elsewhere ?? folded.problem,
      version: folded.version + this.asides,
    }
  }

  /** Why nothing can be seen of it now, whatever its lines say of before. */
  private elsewhere(opened: string | null): AppError | null {
    const live = opened === null ? null : this.options.find(opened)
    const clusterId = live === null ? '' : leadsElsewhere(live)
    if (live === null || clusterId === '') return null
    const message = `${live.name} leads to another Kafka cluster now (${clusterId})`
    return fail('other-cluster', message, { text: 'other-cluster', clusterId }).error
  }

  append(event: ChangeEvent): ChangeView {
    const last = this.lines.at(-1)!
    const opened = this.options.openedAs(last)
    const live = opened === null ? null : this.options.find(opened)
    const row = {
      change: this.id,
      cluster: last.cluster,
      clusterName: live?.name ?? last.clusterName,
      clusterId: live?.clusterId() ?? last.clusterId,
      osUser: this.options.osUser,
      principal: live?.principal ?? last.principal,
      state: stateAfter(last.state, event),
      event,
    }
    this.problemNow = null
    this.lines.push(write(this.options.journal, row))
    if (event.type === 'planned') this.plannedHere.add(this.id)
    this.tell()
    this.options.onLine(this, event)
    return this.view()
  }

  progress(progress: Progress | null): void {
    if (progress === null && this.progressNow === null) return
    this.progressNow = progress
    const wait = this.toldAt + NEWS_EVERY_MS - this.options.clock.now()
    if (progress === null || wait <= 0) this.tell()
    else this.stopTelling ??= this.options.clock.after(wait, () => this.tell())
  }

  problem(problem: AppError | null): void {
    if (problem === null && this.problemNow === null) return
    this.problemNow = problem
    this.asides += 1
    this.tell()
  }

  forget(): void {
    this.stopTelling?.()
  }

  private tell(): void {
    this.stopTelling?.()
    this.stopTelling = null
    this.toldAt = this.options.clock.now()
    const last = this.lines.at(-1)!
    this.options.emit({
      id: this.id,
      cluster: last.cluster,
      state: last.state,
      version: this.lines.length + this.asides,
      progress: this.progressNow,
    })
  }
}

function write(journal: JournalPort, row: Parameters<JournalPort['append']>[0]): JournalRow {
  try {
    return journal.append(row)
  } catch (cause) {
    throw new StorageFailed(cause)
  }
}

/** What is wrong with a damaged line goes to the page: that change cannot be told, and all others can. */
function read(journal: JournalPort, id: string): readonly JournalRow[] {
  const damaged = (words: string): Error => stepFailed('storage', words, { id })
  let rows: readonly JournalRow[]
  try {
    rows = journal.rows(id)
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause))
  }
  try {
    // Lines that are whole each and do not make a change together are found here and not in the middle of a step.
    if (rows.length > 0) foldChange(rows, 0)
  } catch (cause) {
    throw damaged(
      `the lines of this change do not fit together${cause instanceof WrongOrder ? `: ${cause.message}` : ''}`,
    )
  }
  return rows
}

export interface Books {
  /** null = no such change. Throws StepFailed with code 'storage' when a line of it cannot be read. */
  readonly get: (id: string) => Book | null
  /** Throws StorageFailed. */
  readonly create: (id: string, cluster: string, event: Extract<ChangeEvent, { type: 'drafted' }>) => Book
  /** Whether it was planned in this run of Highwater. */
  readonly plannedHere: (id: string) => boolean
  readonly close: () => void
}

export function createBooks(options: BooksOptions): Books {
  const books = new Map<string, KeptBook>()
  const plannedHere = new Set<string>()
  // A watch or a step holds its book for longer than it is kept here; a second one of the same change would write lines that do not fit.
  const inUse = new Map<string, WeakRef<KeptBook>>()

  const keep = (book: KeptBook): Book => {
    // Oldest first, as a Map keeps them.
    for (const id of books.keys()) {
      if (books.size < MOST_BOOKS) break
      if (!options.isRunning(id)) books.delete(id)
    }
    books.set(book.id, book)
    for (const [id, held] of inUse) if (held.deref() === undefined) inUse.delete(id)
    inUse.set(book.id, new WeakRef(book))
    return book
  }

  return {
    get(id) {
      const known = books.get(id)
      if (known !== undefined) return known
      const held = inUse.get(id)?.deref()
      if (held !== undefined) return keep(held)
      const rows = read(options.journal, id)
      return rows.length === 0 ? null : keep(new KeptBook(id, [...rows], options, plannedHere))
    },
    create(id, cluster, event) {
      const live = options.find(cluster)
      const row = write(options.journal, {
        change: id,
        cluster,
        clusterName: live?.name ?? '',
        clusterId: live?.clusterId() ?? '',
        osUser: options.osUser,
        principal: live?.principal ?? '',
        state: stateAfter(null, event),
        event,
      })
      return keep(new KeptBook(id, [row], options, plannedHere))
    },
    plannedHere: (id) => plannedHere.has(id),
    close() {
      for (const held of inUse.values()) held.deref()?.forget()
    },
  }
}
