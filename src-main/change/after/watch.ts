/**
 * Watching the topics of a change for a minute after it: a partition that was well before and is not now is an alarm, and so is a topic that is gone or
 * made anew, said at once. Alarms stay, also when the partition recovers within the minute. At the end the settings are read again: another hand that
 * came after the write was seen is told by nothing else. Lowering min ISR wakes no idle partition (kafka-facts c9); that is no alarm here,
 * as only ISR and leader are looked at.
 */
import { MAX_EFFECT_ROWS, WATCH_MS } from '../../contract/change'
import type { Plan, ShownOtherwise, Watching } from '../../contract/change'
import { topicRows } from '../../domain/topology/topic-index'
import type { Cancel } from '../../ports/clock'
import { isAnother } from '../plan/compare'
import { ailingAtPlan, ailingNow, plannedMinIsr, worsened } from '../plan/health'
import type { Ailing } from '../plan/health'
import { planOf } from '../book/step'
import type { Step } from '../book/step'
import { shownSettings } from './verify'

type Alarm = Watching['alarms'][number]

/** A reading older than this is asked for anew, whatever the cadence. */
const LOOK_EVERY_MS = 5_000
/** A gap this long is told: a partition may have got worse and well again within it. */
const UNSEEN_MS = 20_000

/** How long the cluster was not seen. State: when it was last, and the longest gap until then. */
class Sight {
  private longest = 0

  constructor(
    private readonly step: Step,
    private seenAt: number,
  ) {}

  see(): void {
    const at = this.step.cluster.reading()?.metadataAt ?? Number.NEGATIVE_INFINITY
    if (at <= this.seenAt) return
    this.longest = Math.max(this.longest, at - this.seenAt)
    this.seenAt = at
  }

  isOld(): boolean {
    return this.step.clock.now() - this.seenAt >= LOOK_EVERY_MS
  }

  gapMs(): number {
    return Math.max(this.longest, this.step.clock.now() - this.seenAt)
  }
}

/** Topics of the plan that are not seen any more; nothing of them can be seen to get worse. */
function goneAlarms({ cluster }: Step, { topics, topicIds }: Plan, at: number): Alarm[] {
  const reading = cluster.reading()
  if (reading === null) return []
  const rows = topicRows(reading.topology)
  return topics.flatMap((topic, row): Alarm[] => {
    if (!rows.has(topic)) return [{ topic, partition: -1, state: 'gone', at }]
    return isAnother(topicIds[row]!, topic, cluster) ? [{ topic, partition: -1, state: 'anew', at }] : []
  })
}

/** One look: what is worse now than it was before. */
function look(step: Step, plan: Plan, before: Ailing, at: number): Alarm[] {
  const minIsrOf = plannedMinIsr(step.cluster, plan)
  const worse = [...worsened(before, ailingNow(step.cluster, plan.topics, minIsrOf)).values()]
    .slice(0, MAX_EFFECT_ROWS)
    .map((one): Alarm => ({ ...one, at }))
  return [...goneAlarms(step, plan, at), ...worse]
}

/** A broker that is behind is given this long to show the change at the end of the minute. */
const STILL_MS = 3_000

/** What is shown otherwise than it was left; null = not told of every topic. `lost`: topics that went away, of which that is said. An election leaves no settings. */
async function overwritten(
  step: Step,
  plan: Plan,
  lost: ReadonlySet<string>,
): Promise<readonly ShownOtherwise[] | null> {
  switch (plan.kind) {
    case 'election':
      return []
    case 'config': {
      const applied = step.book.view().results.filter((one) => one.outcome === 'applied' && !lost.has(one.topic))
      if (applied.length === 0) return []
      const { brokers, differences } = await shownSettings(step, plan, applied, STILL_MS)
      const found = differences.filter(({ key }) => key !== '')
      const isTold = brokers.length > 0 || differences.length > 0
      return found.length > 0 || (isTold && differences.length === 0) ? found : null
    }
  }
}

const lostOf = (alarms: readonly Alarm[]): ReadonlySet<string> =>
  new Set(alarms.filter(({ partition }) => partition < 0).map(({ topic }) => topic))

/** After a restart the minute is over: one look at a fresh reading, told as cut short. */
export async function watchOnce(step: Step): Promise<void> {
  const { book, clock, cluster } = step
  const view = book.view()
  const plan = planOf(view)
  if (!(await cluster.freshReading(5_000))) return
  const differences = await overwritten(step, plan, lostOf(goneAlarms(step, plan, clock.now())))
  // Not told: it stays as it is, and is looked at again the next time.
  if (differences === null || step.signal.aborted) return
  const now = clock.now()
  const startedAt = view.watching?.startedAt ?? view.verification?.at ?? now
  const known = view.watching?.alarms ?? []
  const added = look(step, plan, ailingAtPlan(cluster, plan), now).filter(
    (alarm) => !known.some((one) => one.topic === alarm.topic && one.partition === alarm.partition),
  )
  const seen = { startedAt, until: startedAt + WATCH_MS, alarms: [...known, ...added] }
  book.append({
    type: 'watched',
    watching:
      differences.length > 0 ? { ...seen, outcome: 'overwritten', differences } : { ...seen, outcome: 'cut-short' },
  })
  step.reach('watched')
}

/** Watches until the minute is over, the step is cancelled, or the change is taken back meanwhile. A line at begin, per new alarm, and at the end, once the settings were read again. */
export function watchChange(step: Step): Promise<void> {
  const { book, clock, cluster, signal } = step
  const plan = planOf(book.view())
  const before = ailingAtPlan(cluster, plan)
  const startedAt = clock.now()
  const until = startedAt + WATCH_MS
  const alarms = new Map<string, Alarm>()
  const sight = new Sight(step, startedAt)
  const seen = () => ({ startedAt, until, alarms: [...alarms.values()] })
  const watching = (outcome: 'running' | 'calm' | 'alarm' | 'unread'): Watching => ({ ...seen(), outcome })
  const ended = (unseenMs: number, differences: readonly ShownOtherwise[] | null): Watching => {
    if (differences !== null && differences.length > 0) return { ...seen(), outcome: 'overwritten', differences }
    if (alarms.size > 0) return watching('alarm')
    if (unseenMs >= UNSEEN_MS) return { ...seen(), outcome: 'unseen', unseenMs }
    return watching(differences === null ? 'unread' : 'calm')
  }

  book.append({ type: 'watched', watching: watching('running') })
  step.reach('watch-begun')
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => {
      end()
      reject(cause instanceof Error ? cause : new Error(String(cause)))
    }
    const guarded = (work: () => void): void => {
      try {
        work()
      } catch (cause) {
        failed(cause)
      }
    }
    const isOurs = (): boolean =>
      !signal.aborted && book.view().watching?.outcome === 'running' && book.view().state !== 'undone'
    const see = (): void =>
      guarded(() => {
        if (!isOurs()) {
          end()
          resolve()
          return
        }
        const known = alarms.size
        sight.see()
        for (const alarm of look(step, plan, before, clock.now())) {
          const key = `${alarm.topic}\n${alarm.partition}\n${alarm.state}`
          if (!alarms.has(key)) alarms.set(key, alarm)
        }
        step.reach('during-watch')
        if (alarms.size > known) book.append({ type: 'watched', watching: watching('running') })
        else
          book.progress({
            what: 'watching',
            done: Math.min(WATCH_MS, clock.now() - startedAt),
            total: WATCH_MS,
            stoppable: false,
          })
      })
    const finish = async (): Promise<void> => {
      see()
      if (!isOurs()) return
      const unseenMs = sight.gapMs()
      const differences = await overwritten(step, plan, lostOf([...alarms.values()]))
      see()
      if (!isOurs()) return
      book.append({ type: 'watched', watching: ended(unseenMs, differences) })
      step.reach('watched')
      end()
      resolve()
    }
    const stopListening = cluster.onPicture(see)
    const stopTimer = clock.after(WATCH_MS, () => void finish().catch(failed))
    let stopAsking: Cancel = () => undefined
    const ask = (): void => {
      if (sight.isOld()) void cluster.freshReading(LOOK_EVERY_MS)
      stopAsking = clock.after(LOOK_EVERY_MS, ask)
    }
    stopAsking = clock.after(LOOK_EVERY_MS, ask)
    const end = (): void => {
      stopListening()
      stopTimer()
      stopAsking()
      signal.removeEventListener('abort', see)
    }
    signal.addEventListener('abort', see, { once: true })
    see()
  })
}
