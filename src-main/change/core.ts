/** What every step of the engine stands on: the books, what runs, what is armed, and the checks before a step. The checks throw StepFailed. */
import type { ArmState, ChangeEvent, ChangeNews, ChangeState, ChangeView } from '../contract/change'
import type { Environment } from '../contract/profiles'
import { ok } from '../contract/result'
import type { Result } from '../contract/result'
import { createArming } from './arming'
import type { Arming } from './arming'
import { createBooks } from './book/change-log'
import type { Books, BooksOptions } from './book/change-log'
import { createHiddenBook } from './book/hidden-values'
import type { HiddenBook } from './book/hidden-values'
import type { Reach } from './book/checkpoints'
import type { Clock } from '../ports/clock'
import type { JournalPort } from '../ports/journal'
import type { Links } from './links/links'
import { listeners } from './book/listeners'
import type { Listeners } from './book/listeners'
import type { FindCluster, LiveCluster } from '../ports/live-cluster'
import { doesPlanHold } from './book/next-steps'
import { askToStop, createRunner } from './runner'
import type { Run, Runner } from './runner'
import { asAppError, planOf, stepFailed } from './book/step'
import type { Book, Step, StopReason } from './book/step'

export interface ChangesOptions {
  readonly journal: JournalPort
  readonly clock: Clock
  readonly find: FindCluster
  /** Links of the changes' own; whoever makes them closes them with the cluster. */
  readonly linksOf: (cluster: LiveCluster) => Links
  readonly osUser: string
  readonly newId: () => string
  /** Also of clusters that are not open. */
  readonly environmentOf: (cluster: string) => Environment
  readonly onUnexpected: (cause: unknown) => void
  /** For tests, see checkpoints.ts. */
  readonly reach?: Reach
}

/** A line that was just written. */
export interface WrittenLine {
  readonly book: Book
  readonly event: ChangeEvent
}

export interface Core {
  readonly books: Books
  readonly runner: Runner
  readonly arming: Arming
  readonly hidden: HiddenBook
  readonly news: Listeners<ChangeNews>
  readonly armed: Listeners<ArmState>
  /** Lines as they are written. A subscriber that fails fails the step that wrote the line, which is in the journal all the same. */
  readonly lines: Listeners<WrittenLine>
  /** Kafka's id of an opened cluster, so that a change finds it under whatever name it is saved now. */
  readonly opened: (cluster: LiveCluster) => void
  readonly bookOf: (id: string) => Book
  readonly liveOf: (book: Book) => LiveCluster
  readonly requireState: (book: Book, states: readonly ChangeState[]) => ChangeView
  /** Of this run and not too old. */
  readonly requirePlan: (book: Book) => void
  readonly requireArmed: (live: LiveCluster) => void
  readonly stepOf: (book: Book, live: LiveCluster, run: Run) => Step
  /** Runs a step on the change's own cluster. */
  readonly begin: <T>(book: Book, work: (step: Step) => Promise<T>) => Promise<Result<T>>
}

const READ_ONLY_AGAIN: StopReason = { by: 'arming', why: { id: 'stop.read-only', args: {} } }

export function createCore(options: ChangesOptions): Core {
  const { journal, clock, find, linksOf, reach = () => undefined } = options
  const news = listeners<ChangeNews>(options.onUnexpected)
  const armed = listeners<ArmState>(options.onUnexpected)
  const lines = listeners<WrittenLine>((cause) => {
    throw cause
  })
  const runner = createRunner(options.onUnexpected)
  const hidden = createHiddenBook()
  const openedAs = new Map<string, string>()
  /** A profile may lead to another Kafka cluster today than when the change was made: then it is not the one that is meant. */
  const isOf = (profile: string, kafkaId: string): boolean => {
    const now = find(profile)?.clusterId()
    return now !== undefined && (now === null || kafkaId === '' || now === kafkaId)
  }
  const openedNow: BooksOptions['openedAs'] = ({ cluster, clusterId }) => {
    if (isOf(cluster, clusterId)) return cluster
    const other = openedAs.get(clusterId)
    return other !== undefined && isOf(other, clusterId) ? other : null
  }

  const arming = createArming({
    clock,
    find,
    onArmed: (state) => {
      armed.tell(state)
      if (state.armedUntil > clock.now()) return
      for (const run of runner.all()) if (run.cluster === state.cluster && run.writes) askToStop(run, READ_ONLY_AGAIN)
    },
  })
  const books = createBooks({
    journal,
    clock,
    find,
    osUser: options.osUser,
    environmentOf: options.environmentOf,
    isArmed: arming.isArmed,
    isRunning: runner.isRunning,
    openedAs: openedNow,
    emit: news.tell,
    onLine: (book, event) => lines.tell({ book, event }),
  })

  const liveOf = (book: Book): LiveCluster => {
    const last = book.rows().at(-1)!
    const opened = openedNow(last)
    const live = opened === null ? null : find(opened)
    const other = find(last.cluster)?.clusterId() ?? ''
    if (live === null && other !== '') {
      throw stepFailed('conflict', `${last.clusterName} leads to another Kafka cluster today (${other})`, {
        text: 'other-cluster',
        clusterId: other,
      })
    }
    if (live === null)
      throw stepFailed('not-found', `The cluster ${last.clusterName} is not open`, {
        text: 'not-open',
        cluster: last.cluster,
      })
    return live
  }
  const stepOf = (book: Book, live: LiveCluster, run: Run): Step => ({
    book,
    cluster: live,
    links: linksOf(live),
    clock,
    signal: run.abort.signal,
    reach,
    hidden: hidden.of(book.id),
    mayWrite: (now) => {
      run.writes = now
    },
    stop: () => run.stop ?? (run.writes && !arming.isArmed(live.id) ? READ_ONLY_AGAIN : null),
  })

  return {
    books,
    runner,
    arming,
    hidden,
    news,
    armed,
    lines,
    liveOf,
    stepOf,
    opened(cluster) {
      const id = cluster.clusterId()
      if (id !== null) openedAs.set(id, cluster.id)
    },
    bookOf(id) {
      const book = books.get(id)
      if (book === null) throw stepFailed('not-found', 'There is no such change', { id })
      return book
    },
    requireState(book, states) {
      const run = runner.running(book.id)
      if (run !== null && !run.abort.signal.aborted)
        throw stepFailed('conflict', 'A step of this change is under way', { text: 'busy' })
      const view = book.view()
      if (!states.includes(view.state))
        throw stepFailed('conflict', `This cannot be done in state ${view.state}`, { text: 'state', state: view.state })
      return view
    },
    requirePlan(book) {
      if (!doesPlanHold(planOf(book.view()), clock.now(), books.plannedHere(book.id)))
        throw stepFailed('conflict', 'The plan is too old: plan again', { text: 'plan-old' })
    },
    requireArmed(live) {
      if (!arming.isArmed(live.id))
        throw stepFailed('not-authorized', `${live.name} is read-only: arm it first`, {
          text: 'not-armed',
          cluster: live.id,
        })
    },
    begin(book, work) {
      const live = liveOf(book)
      return runner.run(book, live.id, (run) => work(stepOf(book, live, run)))
    },
  }
}

/** Foreseen failures as a Result; anything else is thrown on, for the gate to log. */
export function attempt<T>(work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (cause) {
    return refusal(cause)
  }
}

export async function attemptAsync<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (cause) {
    return refusal(cause)
  }
}

function refusal(cause: unknown): { readonly ok: false; readonly error: NonNullable<ReturnType<typeof asAppError>> } {
  const error = asAppError(cause)
  if (error === null) throw cause
  return { ok: false, error }
}
