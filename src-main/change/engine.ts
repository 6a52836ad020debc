/**
 * The guarded changes: checks that a step is allowed, does it, writes the line, and only then tells it. Everything a change is stands in the
 * journal; here is only what runs.
 */
import { BEFORE_APPLY, DONE } from '../contract/change'
import type { ChangeEvent, ChangeView } from '../contract/change'
import { ok } from '../contract/result'
import type { JournalRow } from '../contract/journal'
import type { Result } from '../contract/result'
import { cancelled } from './links/abortable'
import { carryOut, markUndone, pickUp } from './after/aftermath'
import { createBackground } from './background'
import type { Changes } from './changes'
import { attempt, attemptAsync, createCore } from './core'
import type { ChangesOptions, Core } from './core'
import { checkConfirmation } from './plan/needs'
import { planChange } from './plan/plan'
import { report } from './report/report'
import type { Reported, Unread } from './report/report'
import { askToStop, cutOff } from './runner'
import { verifyChange } from './after/verify'
import { veilOf } from './book/veil'
import type { Veil } from './book/veil'
import { planOf, stepFailed, StepFailed } from './book/step'
import type { Book } from './book/step'
import { refuseElsewhere, restDraft, undoDraft } from './plan/undo'
import { validateSettings } from './send/validate'

/** `written` resolves when the change gets a line of this type; `forget` ends waiting for it. */
function nextLine(
  core: Core,
  book: Book,
  type: ChangeEvent['type'],
): { readonly written: Promise<Result<null>>; readonly forget: () => void } {
  let forget: () => void = () => undefined
  const written = new Promise<Result<null>>((resolve) => {
    forget = core.lines.add((line) => {
      if (line.book.id === book.id && line.event.type === type) resolve(ok(null))
    })
  })
  return { written, forget }
}

/** A write that is out is waited for this long when Highwater ends; quitting takes no longer than 4 s. */
const CLOSE_MS = 3_000
const REST_FRESH_MS = 5_000

export function createChanges(options: ChangesOptions): Changes {
  const { journal, clock, find, newId, reach = () => undefined } = options
  const core = createCore(options)
  const { books, runner, arming, hidden, bookOf, liveOf, requireState, requirePlan, requireArmed, begin } = core
  const markTakenBack = (book: Book): void => markUndone(book, books, reach)
  core.lines.add(({ book, event }) => {
    if (event.type !== 'verified') return
    reach('verified')
    markTakenBack(book)
  })
  const background = createBackground(core, { journal, clock, markTakenBack, onUnexpected: options.onUnexpected })

  /** `from`: the change whose edits these are, with what was typed there. An undo restores what stands in the journal, of which nothing is hidden. */
  const makeDraft = (cluster: string, draft: ChangeView['draft'], undoOf: string, from = ''): Book => {
    const id = newId()
    const shown = undoOf === '' ? hidden.hide(id, draft, from) : draft
    const book = books.create(id, cluster, { type: 'drafted', draft: shown, undoOf })
    reach(undoOf === '' ? 'drafted' : 'undo-drafted')
    return book
  }
  /** Edits and discarding do not wait for a plan that is being made of what is no longer wanted. */
  const endReading = (book: Book): void => {
    const run = runner.running(book.id)
    if (run !== null && !run.writes) askToStop(run, { by: 'person', why: { id: 'stop.not-wanted', args: {} } })
  }
  /** An undo may say what the change said that it takes back. */
  const veilFor = (book: Book): Veil => {
    const [first] = book.rows()
    const undoOf = first?.event.type === 'drafted' ? first.event.undoOf : ''
    const original = attempt(() => (undoOf === '' ? null : books.get(undoOf))?.rows() ?? [])
    return veilOf([...(original.ok ? original.value : []), ...book.rows()])
  }
  /** A change as it may be seen: the engine itself goes by its lines. */
  const shown = (book: Book): ChangeView => veilFor(book).view(book.view())
  const shownWithRows = (book: Book): { change: ChangeView; rows: JournalRow[] } => {
    const veil = veilFor(book)
    return { change: veil.view(book.view()), rows: book.rows().map(veil.row) }
  }
  const asStep = (id: string, work: (book: Book) => Promise<Result<unknown>>): Promise<Result<ChangeView>> =>
    attemptAsync(async () => {
      const book = bookOf(id)
      const done = await work(book)
      return done.ok ? ok(shown(book)) : done
    })
  const plan = (book: Book): Promise<Result<unknown>> => {
    const { undoOf } = requireState(book, BEFORE_APPLY)
    return begin(book, (step) => planChange(step, undoOf === '' ? null : bookOf(undoOf)))
  }

  return {
    draft: ({ id, cluster, draft: edits }) =>
      attempt(() => {
        if (id === '') {
          if (find(cluster) === null)
            throw stepFailed('not-found', 'This cluster is not open', { text: 'not-open', cluster })
          return shown(makeDraft(cluster, edits, ''))
        }
        const book = bookOf(id)
        endReading(book)
        if (requireState(book, BEFORE_APPLY).undoOf !== '') {
          throw stepFailed('conflict', 'What an undo restores stands in the journal and is not edited', {
            text: 'undo-fixed',
          })
        }
        book.append({ type: 'drafted', draft: hidden.hide(id, edits, id), undoOf: '' })
        reach('drafted')
        return shown(book)
      }),
    plan: (id) => asStep(id, plan),
    validate: (id) =>
      asStep(id, (book) => {
        const plan = planOf(requireState(book, ['planned', 'validated']))
        if (plan.kind === 'election')
          throw stepFailed('unsupported', 'Kafka has no trial run of an election', { text: 'election' })
        requirePlan(book)
        return begin(book, async (step) => {
          const validation = await validateSettings(step, plan)
          if (step.signal.aborted) throw cancelled()
          book.append({ type: 'validated', validation })
          reach('validated')
        })
      }),
    confirm: ({ id, ...given }) =>
      attempt(() => {
        const book = bookOf(id)
        const { state, draft, needs } = requireState(book, ['planned', 'validated', 'confirmed'])
        if (state === 'planned' && draft.kind === 'config')
          throw stepFailed('conflict', 'The brokers were not asked yet', { text: 'not-validated' })
        requirePlan(book)
        requireArmed(liveOf(book))
        const checked = checkConfirmation(needs!, given)
        if (!checked.ok) throw new StepFailed(checked.error)
        book.append({ type: 'confirmed', confirmation: { at: clock.now(), ...checked.value } })
        reach('confirmed')
        return shown(book)
      }),
    apply: (id) =>
      asStep(id, (book) => {
        requireState(book, ['confirmed'])
        if (!journal.durable)
          throw stepFailed('storage', 'Nothing can be written down in this run, so nothing is changed', {
            text: 'not-durable',
          })
        requirePlan(book)
        const live = liveOf(book)
        requireArmed(live)
        const begun = nextLine(core, book, 'applying')
        const all = begin(book, carryOut).then((done) => {
          background.settleLater(book)
          background.watch(book, live)
          return done
        })
        // What comes after the first line is told by the change itself.
        return Promise.race([begun.written, all]).finally(begun.forget)
      }),
    stop: (id) =>
      attempt(() => {
        const run = runner.running(id)
        if (run === null) throw stepFailed('conflict', 'Nothing of this change is under way', { text: 'not-running' })
        askToStop(run, { by: 'person', why: { id: 'stop.by-hand', args: {} } })
        return shown(bookOf(id))
      }),
    settle: (id) =>
      asStep(id, async (book) => {
        requireState(book, ['applying', 'unknown'])
        const live = liveOf(book)
        const done = await begin(book, pickUp)
        markTakenBack(book)
        background.settleLater(book)
        background.watch(book, live)
        return done
      }),
    verify: (id) =>
      asStep(id, (book) => {
        requireState(book, DONE)
        return begin(book, verifyChange)
      }),
    undo: ({ id, cluster }) =>
      attemptAsync(async () => {
        const original = bookOf(id)
        const view = original.view()
        const draft = undoDraft(original.rows(), view)
        const live = find(cluster)
        if (live === null) throw stepFailed('not-found', 'This cluster is not open', { text: 'not-open', cluster })
        refuseElsewhere(view, live)
        const book = makeDraft(cluster, draft, id)
        // A plan that fails is the problem of the undo, which is there to be planned again.
        await plan(book)
        return ok(shown(book))
      }),
    rest: (id) =>
      attemptAsync(async () => {
        const book = bookOf(id)
        const view = requireState(book, ['failed', ...DONE])
        const live = liveOf(book)
        if (!(await live.freshReading(REST_FRESH_MS)))
          throw stepFailed('unreachable', 'The cluster was not read yet', { text: 'not-read' })
        return ok(shown(makeDraft(live.id, restDraft(view, live), '', id)))
      }),
    discard: (id) =>
      attempt(() => {
        const book = bookOf(id)
        endReading(book)
        requireState(book, BEFORE_APPLY)
        book.append({ type: 'discarded' })
        reach('discarded')
        return shown(book)
      }),
    get: (id) => attempt(() => shown(bookOf(id))),
    rows: (id) => attempt(() => shownWithRows(bookOf(id))),
    report: (ids, format) => {
      const told: Reported[] = []
      const unread: Unread[] = []
      for (const id of ids) {
        const read = attempt(() => shownWithRows(bookOf(id)))
        if (read.ok) told.push(read.value)
        else unread.push({ id, why: read.error.message })
      }
      return ok({ text: report(told, format, unread) })
    },
    arm: arming.arm,
    armState: arming.state,
    clusterLive(cluster) {
      const live = find(cluster)
      if (live === null) return
      core.opened(live)
      void background.resume(live)
    },
    clusterClosed(cluster) {
      for (const run of runner.all())
        if (run.cluster === cluster) cutOff(run, { by: 'error', why: { id: 'stop.cluster-closed', args: {} } })
      background.closed(cluster)
      arming.closed(cluster)
    },
    onNews: core.news.add,
    onArmed: core.armed.add,
    async close() {
      background.close()
      arming.close()
      for (const run of runner.all()) cutOff(run, { by: 'error', why: { id: 'stop.ended', args: {} } })
      await Promise.race([
        Promise.all([runner.idle(), background.idle()]),
        new Promise<void>((resolve) => clock.after(CLOSE_MS, resolve)),
      ])
      books.close()
    },
  }
}
