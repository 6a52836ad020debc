// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { heldOrder, movedPosition } from '../../../../src-renderer/ui/held-order'
import { nextSort } from '../../../../src-renderer/ui/table-column'

describe('rows under the pointer', () => {
  it('keep their place, and new ones come after them', () => {
    expect([...heldOrder([5, 1, 3], [3, 9, 1, 7])]).toEqual([5, 1, 3, 9, 7])
    const shown = [1, 2]
    expect(heldOrder(shown, [2, 1])).toBe(shown)
  })
})

describe('keys in a list', () => {
  it.each([
    ['j', 0, 5, 1],
    ['K', 0, 5, 0],
    ['ArrowDown', 4, 5, 4],
    ['End', 1, 5, 4],
    ['Home', 3, 5, 0],
    ['PageDown', 0, 25, 10],
    ['PageUp', 3, 25, 0],
    ['j', -1, 5, 0],
    ['k', -1, 5, 4],
    ['End', -1, 5, 4],
    ['Home', -1, 5, 0],
    ['j', -1, 0, -1],
    ['q', 0, 5, null],
  ] as const)('%s at %d of %d goes to %s', (key, at, count, expected) =>
    expect(movedPosition(key, at, count, 10)).toBe(expected),
  )
})

it('a heading sorts figures by the most first, words by the alphabet, and turns round at the second click', () => {
  const words = { key: 'topic', label: '', width: '' }
  const figures = { key: 'lag', label: '', width: '', align: 'end' as const }
  expect(nextSort({ key: '', descending: false }, words)).toEqual({ key: 'topic', descending: false })
  expect(nextSort({ key: 'topic', descending: false }, figures)).toEqual({ key: 'lag', descending: true })
  expect(nextSort({ key: 'lag', descending: true }, figures)).toEqual({ key: 'lag', descending: false })
})
