import { expect, it } from 'vitest'
import { isUnderWay, nextTaskPhase, TASK_EVENTS, TASK_PHASES } from '../../../src-main/shared/task-phase'

it('moves as the table says, and what ended stays as it ended', () => {
  const table = Object.fromEntries(
    TASK_PHASES.map((phase) => [phase, TASK_EVENTS.map((event) => nextTaskPhase(phase, event)).join(' ')]),
  )
  expect(TASK_EVENTS.join(' ')).toBe('progress cancel done failed')
  expect(table).toEqual({
    running: 'running cancelling done failed',
    cancelling: 'cancelling cancelling cancelled cancelled',
    done: 'done done done done',
    failed: 'failed failed failed failed',
    cancelled: 'cancelled cancelled cancelled cancelled',
  })
})

it('is under way until its work has ended, cancelled or not', () => {
  expect(TASK_PHASES.filter(isUnderWay)).toEqual(['running', 'cancelling'])
})
