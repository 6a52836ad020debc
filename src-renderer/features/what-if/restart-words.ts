/** The light of a restart and the steps of a rolling one, in words. Pure. */
import type { ClusterSummary } from '@contract/summary'
import type { Lamp, LampCondition } from '../../stores/restart-lamp'
import type { Rolling, RollingStep } from '../../stores/rolling'
import { reachWords } from '../common/reach-words'
import { counted, listed, sentences, tallyWords } from '../common/say'
import type { Say } from '../common/say'

/** What has to hold, and whether it does. */
export function conditionWords(say: Say, { what, holds, count, brokers }: LampCondition, broker: number): string {
  const named = { broker, who: listed(say, brokers.map(String)) }
  if (what === 'brokers') return say.t(`whatIf.condition.brokers.${holds}`, named, Math.max(1, brokers.length))
  return counted(say, `whatIf.condition.${what}.${holds}`, count, named)
}

/** `Go: restart broker 2.` and why, or why not. */
export function lampWords(
  say: Say,
  { broker, go, byDesign, conditions }: Lamp,
  summary: ClusterSummary,
): { readonly title: string; readonly text: string } {
  const reach = reachWords(say, summary)
  if (go) return { title: say.t('whatIf.lamp.go', { broker }), text: say.t('whatIf.lamp.goText', { reach }) }
  const first = conditions.find(({ holds }) => holds === 'no') ?? conditions.find(({ holds }) => holds === 'unknown')
  return {
    title: say.t(byDesign > 0 ? 'whatIf.lamp.never' : 'whatIf.lamp.wait', { broker }),
    text: sentences(say, [
      first === undefined ? '' : say.t('whatIf.lamp.because', { why: conditionWords(say, first, broker) }),
      byDesign > 0 ? counted(say, 'whatIf.lamp.byDesign', byDesign) : '',
    ]),
  }
}

/** `said: 0 offline, 25 refuse; seen: 0 offline, 24 refuse`, for a step that has gone away. */
function forecastAndTruth(say: Say, { forecast, meanwhile, watched }: RollingStep): string {
  const said = {
    offline: tallyWords(say, forecast.offline),
    refuses: tallyWords(say, forecast.refuses),
    loses: tallyWords(say, forecast.loses),
  }
  const seen = { offline: say.f.count(meanwhile.offline), refuses: say.f.count(meanwhile.refuses) }
  return sentences(say, [
    say.t('whatIf.step.forecast', said),
    say.t('whatIf.step.seen', seen),
    meanwhile.lost > 0 ? counted(say, 'whatIf.step.lost', meanwhile.lost) : '',
    watched ? '' : say.t('whatIf.step.notWatched'),
  ])
}

export interface StepWords {
  readonly broker: number
  readonly rack: string
  readonly light: 'done' | 'go' | 'wait' | 'idle'
  readonly text: string
  /** What happened beside what was said; '' = it has not gone away. */
  readonly detail: string
}

/** One row a broker. `lamp`: of the next one. */
export function stepWords(
  say: Say,
  { steps }: Rolling,
  lamp: Lamp | null,
  summary: ClusterSummary,
  now: number,
): readonly StepWords[] {
  const next = steps.find(({ phase }) => phase === 'to-do')?.broker
  return steps.map((step) => {
    const { broker, phase, wentAt, doneAt } = step
    const rack = summary.brokers.find(({ id }) => id === broker)?.rack ?? ''
    const about = { broker, rack, detail: phase === 'to-do' ? '' : forecastAndTruth(say, step) }
    if (phase === 'done')
      return {
        ...about,
        light: 'done',
        text: Number.isNaN(wentAt)
          ? say.t('whatIf.step.doneUnseen')
          : say.t('whatIf.step.done', { duration: say.f.seconds(doneAt - wentAt) }),
      }
    if (phase !== 'to-do') {
      const duration = say.f.seconds(Math.max(0, now - wentAt))
      return { ...about, light: 'wait', text: say.t(`whatIf.step.${phase}`, { duration }) }
    }
    if (broker !== next) {
      const last = broker === summary.controller
      return { ...about, light: 'idle', text: last ? say.t('whatIf.step.controller') : '' }
    }
    if (lamp?.broker !== broker) return { ...about, light: 'wait', text: say.t('whatIf.step.asked') }
    return {
      ...about,
      light: lamp.go ? 'go' : 'wait',
      text: lamp.go ? say.t('whatIf.step.go') : lampWords(say, lamp, summary).text,
    }
  })
}

/** Of a step's list: `step 3 of 6`. */
export function stepNote(say: Say, { steps }: Rolling): string {
  const done = steps.filter(({ phase }) => phase === 'done').length
  return say.t('whatIf.rolling.step', { n: Math.min(done + 1, steps.length), of: steps.length })
}

/** What is said in a notice when a wait is over. */
export const safeNow = (say: Say, broker: number): string => say.t('whatIf.lamp.notice', { broker })
