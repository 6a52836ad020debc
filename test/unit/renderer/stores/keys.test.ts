import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { KeyBinding } from '../../../../src-renderer/stores/find-key'
import { useKeys } from '../../../../src-renderer/stores/keys'

const opened: { unmount(): void }[] = []
beforeEach(() => setActivePinia(createPinia()))
afterEach(() => {
  for (const wrapper of opened.splice(0)) wrapper.unmount()
  document.body.innerHTML = ''
})

function bind(...bindings: KeyBinding[]): { unmount(): void } {
  const Host = defineComponent(() => {
    useKeys(bindings)
    return () => h('input')
  })
  const wrapper = mount(Host, { attachTo: document.body })
  opened.push(wrapper)
  return wrapper
}

function press(key: string, on: Element = document.body, init: KeyboardEventInit = {}): boolean {
  return !on.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...init }))
}

describe('useKeys', () => {
  it('runs what is bound, and takes the key', () => {
    const copy = vi.fn()
    bind({ key: 'copy', run: copy })
    expect(press('y')).toBe(true)
    expect(press('x')).toBe(false)
    expect(copy).toHaveBeenCalledOnce()
  })

  it.each([
    ['text', false],
    ['number', false],
    ['search', false],
    ['checkbox', true],
    ['radio', true],
    ['range', true],
  ])('in an input of type %s letters are keys of the page: %s', (type, isKey) => {
    const [copy, pause] = [vi.fn(), vi.fn()]
    bind({ key: 'copy', run: copy }, { key: 'pause', run: pause })
    const input = document.createElement('input')
    input.type = type
    document.body.append(input)
    expect(press('y', input)).toBe(isKey)
    // What is ticked keeps Space for itself.
    if (type !== 'range') expect(press(' ', input)).toBe(false)
  })

  it('listens once for everybody, and not at all when nobody is left', () => {
    const listen = vi.spyOn(window, 'addEventListener')
    const copy = vi.fn()
    const first = bind({ key: 'copy', run: copy })
    const second = bind({ key: 'export', run: () => undefined })
    expect(listen.mock.calls.filter(([type]) => type === 'keydown')).toHaveLength(1)
    first.unmount()
    expect(press('y')).toBe(false)
    expect(press('x')).toBe(true)
    second.unmount()
    expect(press('x')).toBe(false)
    listen.mockRestore()
  })

  it('refuses a second meaning in one scope', () => {
    bind({ key: 'edit', run: () => undefined })
    expect(() => bind({ key: 'edit', run: () => undefined })).toThrow('A key is bound twice: page E: edit, edit')
  })

  it('leaves a key alone that was dealt with, or belongs to a composition', () => {
    const copy = vi.fn()
    bind({ key: 'copy', run: copy })
    const deal = (event: Event): void => event.preventDefault()
    document.body.addEventListener('keydown', deal)
    press('y')
    document.body.removeEventListener('keydown', deal)
    press('y', document.body, { isComposing: true })
    press('y', document.querySelector('input')!)
    expect(copy).not.toHaveBeenCalled()
  })

  it('stands back from an open dialog or menu', () => {
    const copy = vi.fn()
    bind({ key: 'copy', run: copy })
    document.body.insertAdjacentHTML('beforeend', '<div role="menu"></div>')
    expect(press('y')).toBe(false)
    expect(copy).not.toHaveBeenCalled()
  })

  it('waits a moment for the second key of a pair', () => {
    const board = vi.fn()
    bind({ key: 'board', run: board }, { key: 'copy', run: () => undefined })
    expect(press('g')).toBe(true)
    expect(press('b')).toBe(true)
    expect(press('b')).toBe(false)
    press('g')
    press('y')
    expect(press('b')).toBe(false)
    expect(board).toHaveBeenCalledOnce()
  })
})
