/** Whether some of its text cannot be seen. */
export const isCut = (cell: Element): boolean =>
  [cell, ...cell.querySelectorAll('*')].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)

/**
 * Gives the cell of a table under the pointer its whole text to be read there, where it is cut off and says nothing by itself. Taken back when the
 * pointer leaves, as the element is used again for other rows.
 */
export function tellWhole({ target }: Event): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role=gridcell]') : null
  if (cell === null || cell.title !== '' || cell.querySelector('[title]') !== null) return
  if (!isCut(cell)) return
  cell.title = cell.textContent.trim()
  cell.addEventListener('pointerleave', () => cell.removeAttribute('title'), { once: true })
}
