import { describe, expect, it } from 'vitest'
import { hintOf, hintOfControl, placeOfTip } from '../../../../src-renderer/ui/hints'

function made(html: string): Element {
  const frame = document.createElement('div')
  frame.innerHTML = html
  return frame.firstElementChild!
}

describe('a hint', () => {
  it.each([
    ['<span title="RF 3, min ISR 2">3/2</span>', 'RF 3, min ISR 2'],
    ['<span title="">3/2</span>', ''],
    ['<span>3/2</span>', ''],
    ['<span title="orders"> orders </span>', ''],
    // Nothing is laid out here, so nothing is cut off.
    ['<div role="gridcell">orders.payments</div>', ''],
  ])('of %s is "%s"', (html, hint) => expect(hintOf(made(html))).toBe(hint))

  it.each([
    ['<button title="Copies the command">Copy</button>', 'Copies the command'],
    ['<a href="#/"><span title="2 partitions">2</span></a>', '2 partitions'],
    ['<div role="radio"><span title="by records">records</span></div>', 'by records'],
    // There are many in each of these: a key walks through them.
    ['<div role="grid"><span title="offline">●</span></div>', ''],
    ['<main tabindex="-1"><span title="offline">●</span></main>', ''],
    ['<button>Copy</button>', ''],
  ])('of the control %s is "%s"', (html, hint) => expect(hintOfControl(made(html))).toBe(hint))
})

describe('a tip', () => {
  const room = { width: 1100, height: 700 }
  const tip = { width: 300, height: 40 }
  const box = (left: number, top: number) => ({ left, top, right: left + 50, bottom: top + 20 })

  it.each([
    ['below what it is of', box(100, 100), { left: 100, top: 126 }],
    ['above it at the lower edge', box(100, 660), { left: 100, top: 614 }],
    ['inside the window at the right edge', box(1040, 100), { left: 794, top: 126 }],
    ['inside the window at the left edge', box(-20, 100), { left: 6, top: 126 }],
  ])('stands %s', (_, of, place) => expect(placeOfTip(of, tip, room)).toEqual(place))

  it('never begins above the window', () =>
    expect(placeOfTip(box(0, 30), { width: 300, height: 680 }, room)).toEqual({ left: 6, top: 6 }))
})
