// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { KeyPress } from '../../../../src-renderer/stores/find-key'
import { findKey, keyClashes } from '../../../../src-renderer/stores/find-key'
import type { KeyName } from '../../../../src-renderer/stores/key-table'
import { KEY_HELP, KEY_NAMES, keyRow, keyText, readStroke } from '../../../../src-renderer/stores/key-table'

/** Nothing is under way: work that is takes its keys before the page. */
const every = KEY_NAMES.filter((key) => keyRow(key).scope !== 'task').map((key) => ({ key, run: () => undefined }))
const ON_PAGE: readonly KeyName[] = ['neighbours', 'nextStep', 'edit', 'planAgain', 'undo', 'putAway']
const IN_WINDOW = every.filter(({ key }) => keyRow(key).scope === 'app')

const press = (key: string, change: Partial<KeyPress> = {}, bindings = every): string | null => {
  const found = findKey(bindings, {
    key,
    ctrl: false,
    alt: false,
    shift: false,
    repeat: false,
    typing: false,
    onControl: false,
    overlay: false,
    after: '',
    ...change,
  })
  return found === null ? null : found.kind === 'run' ? found.binding.key : `first ${found.key}`
}

describe('the table of keys', () => {
  it('gives no key two meanings in one scope', () => expect(keyClashes(KEY_NAMES)).toEqual([]))

  it('finds a key with two meanings', () => {
    expect(keyClashes(['edit', 'undo', 'edit'])).toEqual(['page E: edit, edit'])
    expect(keyClashes(['leave', 'putAway'])).toEqual([])
  })

  it('reads strokes as people write them', () => {
    expect(readStroke('Ctrl Shift A')).toEqual({ after: '', ctrl: true, alt: false, shift: true, key: 'a' })
    expect(readStroke('G B')).toEqual({ after: 'g', ctrl: false, alt: false, shift: false, key: 'b' })
    expect(readStroke('Ctrl ↵')).toEqual({ after: '', ctrl: true, alt: false, shift: false, key: 'enter' })
    expect(readStroke('Space').key).toBe(' ')
    expect(readStroke('Alt ←')).toEqual({ after: '', ctrl: false, alt: true, shift: false, key: 'arrowleft' })
  })

  it('has a badge for each stroke, and none beyond', () => {
    expect(keyText('clusters', 8)).toBe('Ctrl 9')
    expect(keyText('clusters', 9)).toBe('')
    expect(keyText('neighbours', 1)).toBe(']')
  })

  it('shows pairs as two caps, and rows that need no explanation not at all', () => {
    expect(KEY_HELP.find(({ name }) => name === 'board')?.keys).toEqual(['G', 'B'])
    expect(KEY_HELP.find(({ name }) => name === 'rows')?.keys).toEqual(['J', 'K', '↓', '↑'])
    expect(KEY_HELP.map(({ name }) => name)).not.toContain('putAway')
  })
})

describe('keys', () => {
  it.each([
    ['/', 'filter'],
    ['?', 'help'],
    ['y', 'copy'],
    ['X', 'export'],
    ['j', 'rows'],
    ['K', 'rows'],
    ['Backspace', 'back'],
    [' ', 'pause'],
    ['g', 'first g'],
    ['[', 'neighbours'],
    ['e', 'edit'],
    ['P', 'planAgain'],
    ['u', 'undo'],
    ['Escape', 'leavePast'],
    ['z', null],
  ])('%j means %s', (key, name) => expect(press(key)).toBe(name))

  it.each([
    ['b', 'board'],
    ['t', 'topics'],
    ['R', 'brokers'],
    ['c', 'changes'],
    ['s', 'settings'],
    ['l', 'list'],
    ['p', 'moment'],
    ['E', 'advisor'],
  ])('G then %s goes to %s', (key, page) => expect(press(key, { after: 'g' })).toBe(page))

  it('lets nothing but a second key count after a first one', () => {
    expect(press('z', { after: 'g' })).toBeNull()
    expect(press('x', { after: 'g' })).toBeNull()
    expect(press('b')).toBeNull()
    expect(press('k', { after: 'g', ctrl: true })).toBe('palette')
  })

  it('Ctrl K works everywhere, Ctrl 1 to 9 choose a cluster', () => {
    expect(press('k', { ctrl: true, typing: true, overlay: true })).toBe('palette')
    expect(press('3', { ctrl: true, typing: true })).toBe('clusters')
    expect(press('3', { ctrl: true, overlay: true })).toBeNull()
    expect(press('f', { ctrl: true })).toBe('filter')
    expect(press('f', { ctrl: true, typing: true })).toBeNull()
    expect(press('0', { ctrl: true })).toBeNull()
    expect(press('c', { ctrl: true })).toBeNull()
  })

  it('arms by three keys at once, and not while one types or a dialog is open', () => {
    expect(press('A', { ctrl: true, shift: true })).toBe('arm')
    expect(press('a', { ctrl: true })).toBe('choose')
    expect(press('A', { ctrl: true, shift: true, typing: true })).toBeNull()
    expect(press('A', { ctrl: true, shift: true, overlay: true })).toBeNull()
    expect(press('A', { shift: true })).toBeNull()
  })

  it('leaves typing, dialogs, buttons and other modifiers alone', () => {
    expect(press('y', { typing: true })).toBeNull()
    expect(press('Backspace', { typing: true })).toBeNull()
    expect(press('Escape', { typing: true })).toBe('leave')
    expect(press('x', { overlay: true })).toBeNull()
    expect(press(' ', { onControl: true })).toBeNull()
    expect(press('y', { alt: true })).toBeNull()
    expect(press('k', { alt: true, ctrl: true })).toBeNull()
  })

  it('goes back and forward with Alt, and not while one types or a dialog is open', () => {
    expect(press('ArrowLeft', { alt: true })).toBe('back')
    expect(press('ArrowRight', { alt: true })).toBe('forward')
    expect(press('ArrowLeft')).toBeNull()
    expect(press('ArrowLeft', { alt: true, typing: true })).toBeNull()
    expect(press('ArrowLeft', { alt: true, overlay: true })).toBeNull()
    expect(press('ArrowLeft', { alt: true, ctrl: true })).toBeNull()
  })

  it('Ctrl Enter goes on, also while one types', () => {
    expect(press('Enter', { ctrl: true, typing: true })).toBe('nextStep')
    expect(press('Enter', { ctrl: true, overlay: true })).toBeNull()
  })

  it('counts a step of a change once while its key is held down', () => {
    for (const key of ['p', 'u', 'Escape']) expect(press(key, { repeat: true })).toBeNull()
    expect(press('Enter', { ctrl: true, repeat: true })).toBeNull()
    expect(press(']', { repeat: true })).toBe('neighbours')
  })

  it('come to the page first, then to the window', () => {
    const says = (name: KeyName) => ({ key: name, run: () => undefined })
    // Esc belongs to the page outside of fields, and to the window within.
    expect(press('Escape', {}, [...IN_WINDOW, says('putAway')])).toBe('putAway')
    expect(press('Escape', { typing: true }, [...IN_WINDOW, says('putAway')])).toBe('leave')
  })

  it('come to work under way before the page, also while somebody types', () => {
    const underWay = [...every, { key: 'cancel' as const, run: () => undefined }]
    expect(press('Escape', {}, underWay)).toBe('cancel')
    expect(press('Escape', { typing: true }, underWay)).toBe('cancel')
  })

  it('go on to the next scope, or to nobody, while a binding does not want them', () => {
    const never = ON_PAGE.map((key) => ({ key, when: () => false, run: () => undefined }))
    expect(press('e', {}, never)).toBeNull()
    expect(press('Escape', { typing: true }, [...never, ...IN_WINDOW])).toBe('leave')
  })
})
