// @vitest-environment node
/** Each state, event, phase, rule, finding and row of the quorum has its sentence, in both languages. */
import { describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '@contract/history'
import type { Phase } from '@contract/history'
import { AUDIT_FINDING_IDS, AUDIT_RULE_NAMES } from '@shared/audit-rules'
import { AT_MIN_ISR, STATE_NAMES } from '@shared/states'
import { findingText, ruleText } from '@shared/words/audit-texts'
import { LANGUAGES } from '@shared/words/language'
import { eventExplained, phaseExplained, stateExplained } from '../../../../../src-renderer/features/common/explain'
import { protects } from '../../../../../src-renderer/features/quorum/protects'
import { sayIn } from '../../../../support/say'

/** Every kind: one that is added does not compile without its place here. */
const PHASES = Object.keys({
  unwatched: 0,
  silent: 0,
  gone: 0,
  leaving: 0,
  stays: 0,
  answers: 0,
  listed: 0,
  late: 0,
  refuses: 0,
  unread: 0,
  offline: 0,
  lost: 0,
  moved: 0,
  recovering: 0,
  over: 0,
} satisfies Record<Phase['kind'], 0>) as Phase['kind'][]

const isSentence = (text: string): boolean => text.length > 8 && /[.。]$/.test(text)
const counts = STATE_NAMES.map((_, code) => code)
const SUMMARY = { counts, partitions: 96, sourceBroker: 2, takenAt: 1_000_000 }

describe.each(LANGUAGES)('in %s', (language) => {
  const say = sayIn(language)

  it('every event is explained, each in its own words', () => {
    const all = EVENT_KINDS.map((kind) => eventExplained(say, kind))
    expect(all.filter((text) => !isSentence(text))).toEqual([])
    expect(new Set(all).size).toBe(EVENT_KINDS.length)
  })

  it('every phase is explained, each in its own words', () => {
    const all = PHASES.map((kind) => phaseExplained(say, kind))
    expect(all.filter((text) => !isSentence(text))).toEqual([])
    expect(new Set(all).size).toBe(PHASES.length)
  })

  it('every state is explained with the numbers of now', () => {
    const all = STATE_NAMES.map((_, code) => stateExplained(say, code, SUMMARY, 1_002_000))
    expect(all.filter((text) => !isSentence(text) || !text.includes('96'))).toEqual([])
    expect(new Set(all).size).toBe(STATE_NAMES.length)
  })

  it('every rule and every finding of the audit is explained', () => {
    for (const rule of AUDIT_RULE_NAMES) expect(ruleText(language, rule).clear.length, rule).toBeGreaterThan(3)
    for (const id of AUDIT_FINDING_IDS) {
      const { title, why, fix } = findingText(language, id)
      expect(
        [title, why, fix].filter((text) => text.length < 3),
        id,
      ).toEqual([])
    }
  })

  it('every row of what protects what is explained, before anything is known', () => {
    const rows = protects(say, null, null, null)
    expect(rows.length).toBe(7)
    expect(rows.filter(({ text }) => !isSentence(text)).map(({ key }) => key)).toEqual([])
  })
})

it('a state says how many, of how many, what it means, by whom and how old', () => {
  expect(stateExplained(sayIn('en'), AT_MIN_ISR, { ...SUMMARY, counts: counts.map(() => 6) }, 1_002_000)).toBe(
    '6 of 96 partitions: With one replica fewer, acks=all writes are refused. Based on Metadata of broker 2, log end offsets of the replicas and min ISR of each topic, 2 s ago.',
  )
})

it('nobody has told anything yet: no broker is named', () => {
  expect(stateExplained(sayIn('en'), 0, { ...SUMMARY, sourceBroker: -1, takenAt: Number.NaN }, 0)).not.toMatch(
    /broker -1|NaN/,
  )
})
