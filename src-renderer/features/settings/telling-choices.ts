import { NEVER } from '@contract/telling'
import type { Say } from '../common/say'

interface Choice {
  readonly value: string
  readonly text: string
}

const SECONDS = [NEVER, 0, 10, 30, 60, 300, 900, 3_600]
const DAY_MINUTES = 1_440
const STEP_MINUTES = 30

const secondsText = (say: Say, seconds: number): string => {
  if (seconds === NEVER) return say.t('settings.telling.never')
  if (seconds === 0) return say.t('settings.telling.atOnce')
  return say.t('settings.telling.after', { time: say.f.seconds(seconds * 1_000) })
}

/** What a condition may wait for, and whatever is set now. */
export const waitChoices = (say: Say, set: number): readonly Choice[] =>
  [...new Set([...SECONDS, set])]
    .sort((a, b) => a - b)
    .map((seconds) => ({ value: String(seconds), text: secondsText(say, seconds) }))

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Times of day, half an hour apart, and whatever is set now. */
export const timeChoices = (set: number): readonly Choice[] => {
  const steps = Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, n) => n * STEP_MINUTES)
  return [...new Set([...steps, set])]
    .sort((a, b) => a - b)
    .map((minute) => ({ value: String(minute), text: clockText(minute) }))
}
