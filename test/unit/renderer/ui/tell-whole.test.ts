import { afterEach, beforeEach, expect, it } from 'vitest'
import { tellWhole } from '../../../../src-renderer/ui/tell-whole'

let row: HTMLElement
beforeEach(() => {
  row = document.createElement('div')
  row.addEventListener('pointerover', tellWhole)
  document.body.append(row)
})
afterEach(() => row.remove())

/** happy-dom lays nothing out. */
function cell(html: string, width: number, wanted: number): HTMLElement {
  row.innerHTML = `<div role="gridcell">${html}</div>`
  const made = row.firstElementChild as HTMLElement
  Object.defineProperties(made, { clientWidth: { value: width }, scrollWidth: { value: wanted } })
  return made
}
const over = (at: Element): boolean => at.dispatchEvent(new Event('pointerover', { bubbles: true }))

it('tells the whole of a cell that is cut off, and only while the pointer is there', () => {
  const cut = cell('<b>inventory</b>.stock-levels', 60, 140)
  over(cut.firstElementChild!)
  expect(cut.title).toBe('inventory.stock-levels')
  cut.dispatchEvent(new Event('pointerleave'))
  expect(cut.hasAttribute('title')).toBe(false)
})

it('says nothing of a cell that is whole, or that says more by itself', () => {
  const whole = cell('orders', 60, 60)
  over(whole)
  expect(whole.title).toBe('')
  const own = cell('<span title="3 of 20 partitions: 4, 7, 11">4, 7, …</span>', 60, 140)
  over(own)
  expect(own.title).toBe('')
})
