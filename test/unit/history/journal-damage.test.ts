import { describe, expect, it } from 'vitest'
import { journalDamage, lineNumbers } from '../../../src-main/history/journal-damage'
import type { ScannedLine } from '../../../src-main/history/journal-damage'

/** `a1 a b- a`: lines 1 to 4, of changes a, a, b, a; 1 = its first, - = damaged, _ = not there. The state after a line is that of its change's name. */
function scanned(lines: string, states: Readonly<Record<string, string>> = {}): ScannedLine[] {
  return lines.split(' ').flatMap((text, at) => {
    const change = text[0]!
    if (change === '_') return []
    const isWhole = !text.includes('-')
    return [{ seq: at + 1, change, state: states[change] ?? 'watched', isFirst: text.includes('1'), isWhole }]
  })
}

describe('lines of the journal', () => {
  it.each<[string, string, Record<string, string>, string, Record<string, number>]>([
    ['nothing is wrong', 'a1 a b1 a', {}, '', {}],
    ['there are none', '_', {}, '', {}],
    ['a damaged one closes its own change', 'a1 b1 a- b a', { b: 'applying' }, '3', { a: 3 }],
    ['a first one closes its change, which has no other', 'a1 b1- a', { a: 'draft' }, '2', { b: 2 }],
    ['one of nobody closes what spans it', 'a1 b1 x- b c1', {}, '3', { x: 3, b: 3 }],
    ['one of nobody closes what goes on', 'a1 b1 x- c1', { a: 'confirmed', b: 'discarded' }, '3', { x: 3, a: 3 }],
    ['a missing one is of nobody', 'a1 _ a b1', {}, '2', { a: 2 }],
    ['several missing ones', 'a1 _ _ b1 _ b', { a: 'unknown' }, '2–3, 5', { a: 2, b: 5 }],
    ['the first is missing', '_ a b1', {}, '1', {}],
    ['missing beside damaged ones of a known change', 'a1 b1 a- _ b a', {}, '3–4', { a: 3, b: 3 }],
    ['damaged at the end', 'a1 b1 a- b-', {}, '3–4', { a: 3, b: 3 }],
    ['all are damaged', 'a1- a-', {}, '1–2', { a: 1 }],
  ])('%s: %s', (_what, lines, states, numbers, doubts) => {
    const damage = journalDamage(scanned(lines, states))
    expect(lineNumbers(damage.lines)).toBe(numbers)
    expect(Object.fromEntries(damage.inDoubt)).toEqual(doubts)
  })

  it('of a damaged number do not count as many as it says', () => {
    const [first, wild] = scanned('a1 a-')
    expect(journalDamage([first!, { ...wild!, seq: 2 ** 50 }]).lines).toEqual([{ from: 2, to: 2 }])
  })

  it('are named up to ten ranges', () => {
    const lines = Array.from({ length: 12 }, (_, at) => ({ from: 2 * at + 1, to: 2 * at + 1 }))
    expect(lineNumbers(lines)).toBe('1, 3, 5, 7, 9, 11, 13, 15, 17, 19, …')
  })
})
