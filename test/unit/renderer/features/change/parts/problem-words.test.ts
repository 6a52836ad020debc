import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AppError } from '@contract/result'
import { isStop, PROBLEMS, problemWords } from '../../../../../../src-renderer/features/change/parts/problem-words'
import { sayIn } from '../../../../../support/say'

const problem = (text: string, more: AppError['detail'] = {}): AppError => ({
  code: 'timeout',
  message: 'm',
  retryable: false,
  detail: { text, ...more },
})

/** Every code the engine gives, by its source: a new one without words would fall back to a sentence that says less. */
function codesOfEngine(): string[] {
  const folder = join(process.cwd(), 'src-main/change')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const codes = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\btext: '([a-z-]+)'/g)].map(([, code]) => code!),
  )
  return [...new Set(codes)]
}

describe('why a step did not get on', () => {
  it('has words for every code of the engine', () => {
    const codes = codesOfEngine()
    expect(codes).toEqual(expect.arrayContaining(['not-armed', 'plan-old', 'tick-missing', 'no-rest']))
    expect(codes.filter((code) => !PROBLEMS.some((problem) => problem === code))).toEqual([])
  })

  it('has a sentence for every code, in both languages', () => {
    for (const say of [sayIn('en'), sayIn('zh-CN')]) {
      const without = PROBLEMS.filter((text) => problemWords(say, problem(text)).startsWith('change.problem'))
      expect(without).toEqual([])
    }
  })

  it('names what the main process names, and falls back to the error code', () => {
    const say = sayIn('en')
    expect(problemWords(say, problem('missing-right', { right: 'AlterConfigs', on: 'topic', name: 'a' }))).toContain(
      'lacks the AlterConfigs permission on the topic a',
    )
    expect(problemWords(say, problem('something-new'))).toBe('No answer in time. It may work later.')
  })

  it('does not call a stop a failure', () => {
    expect(isStop(problem('stopped-by-person'))).toBe(true)
    expect(isStop(problem('busy'))).toBe(false)
  })
})
