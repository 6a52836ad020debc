// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { KeyFacts } from '../../../../src-renderer/app/key-actions'
import { keyAction } from '../../../../src-renderer/app/key-actions'

const press = (key: string, change: Partial<KeyFacts> = {}) =>
  keyAction({ key, ctrl: false, alt: false, typing: false, onControl: false, overlay: false, afterG: false, ...change })

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
    ['g', 'prefix'],
  ])('%j means %s', (key, kind) => expect(press(key)?.kind).toBe(kind))

  it.each([
    ['b', 'board'],
    ['t', 'topics'],
    ['R', 'brokers'],
    ['c', 'changes'],
    ['s', 'settings'],
    ['l', 'connect'],
  ])('G then %s goes to %s', (key, page) => expect(press(key, { afterG: true })).toEqual({ kind: 'page', page }))

  it('Ctrl K works everywhere, Ctrl 1 to 9 choose a cluster', () => {
    expect(press('k', { ctrl: true, typing: true, overlay: true })?.kind).toBe('palette')
    expect(press('3', { ctrl: true })).toEqual({ kind: 'cluster', nth: 3 })
    expect(press('0', { ctrl: true })).toBeNull()
    expect(press('c', { ctrl: true })).toBeNull()
  })

  it('arms by three keys at once, and not while one types or a dialog is open', () => {
    expect(press('A', { ctrl: true, shift: true })?.kind).toBe('arm')
    expect(press('a', { ctrl: true })).toBeNull()
    expect(press('A', { ctrl: true, shift: true, typing: true })).toBeNull()
    expect(press('A', { ctrl: true, shift: true, overlay: true })).toBeNull()
    expect(press('A', { shift: true })).toBeNull()
  })

  it('leaves typing, dialogs, buttons and other modifiers alone', () => {
    expect(press('y', { typing: true })).toBeNull()
    expect(press('Backspace', { typing: true })).toBeNull()
    expect(press('Escape', { typing: true })?.kind).toBe('leave')
    expect(press('x', { overlay: true })).toBeNull()
    expect(press(' ', { onControl: true })).toBeNull()
    expect(press('y', { alt: true })).toBeNull()
    expect(press('z', { afterG: true })).toBeNull()
  })
})
