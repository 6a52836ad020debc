import { describe, expect, it } from 'vitest'
import { QuestionRound } from '../../../../src-main/monitor/poll/question-round'
import { FakeClock } from '../../../support/fake-clock'

describe('a round of questions', () => {
  it('is over with the last answer, or with the grace', async () => {
    const clock = new FakeClock()
    const round = new QuestionRound(clock)
    let answer: () => void = () => undefined
    round.add(Promise.resolve())
    round.add(
      new Promise((resolve) => {
        answer = resolve
      }),
    )
    const early = round.settled(100)
    answer()
    expect(await early).toBe(true)
    const late = new QuestionRound(clock)
    late.add(new Promise(() => undefined))
    const settled = late.settled(100)
    await clock.advance(100)
    expect(await settled).toBe(false)
    expect(await new QuestionRound(clock).settled(100)).toBe(true)
  })
})
