import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADVICE } from '@contract/profiles'
import { ADVICE_FOR } from '../../../../src-main/kafka/doctor/advice'
import { projectRoot } from '../../../../tools/setup/places'
import english from '../../../../src-renderer/locales/en.json'
import chinese from '../../../../src-renderer/locales/zh-CN.json'

describe('the advice of the doctor', () => {
  it.each([
    ['English', english],
    ['Chinese', chinese],
  ])('has a text in %s for every key, and none without a key', (_name, { doctor }) => {
    expect(Object.keys(doctor.advice).sort()).toEqual([...ADVICE].sort())
    // Braces, @ and | mean something to vue-i18n.
    for (const text of Object.values(doctor.advice)) expect(text).toMatch(/^[^{}@|]{8,}$/)
  })

  it('of two reasons is the same only where the same is to be done', () => {
    const reasonsOf = new Map<string, string[]>()
    for (const [reason, advice] of Object.entries(ADVICE_FOR))
      reasonsOf.set(advice, [...(reasonsOf.get(advice) ?? []), reason])
    expect([...reasonsOf.values()].filter((reasons) => reasons.length > 1)).toEqual([
      ['reset', 'closed', 'closed-by-us', 'kafka'],
    ])
  })

  it('does not hang on what a message says', () => {
    const source = readFileSync(join(projectRoot, 'src-main/kafka/doctor/advice.ts'), 'utf8')
    expect(source).not.toMatch(/message|test\(/)
  })
})
