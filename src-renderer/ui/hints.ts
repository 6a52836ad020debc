/** What on a page says more than it shows: by a text under the pointer, or as a cell of a list whose text is cut off. */
import { isCut } from './tell-whole'

export interface HintBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Its text, '' where it has none, or none that cannot be read there anyway. */
export function hintOf(element: Element): string {
  const title = element.getAttribute('title') ?? ''
  if (title !== '') return title === element.textContent.trim() && !isCut(element) ? '' : title
  return element.matches('[role=gridcell]') && element.querySelector('[title]') === null && isCut(element)
    ? element.textContent.trim()
    : ''
}

/** What a control that has the focus says: by itself, or by what it is drawn with. Of a list or a page that has it, nothing: there are many. */
export function hintOfControl(element: Element): string {
  if (!element.matches('a, button, input, select, textarea, summary, [role]:not([role=grid], [role=dialog])')) return ''
  return hintOf(element) || (element.querySelector('[title]')?.getAttribute('title') ?? '')
}

/** Inside the window and not scrolled out of one of the boxes it is in. */
function isInSight(element: Element): boolean {
  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return false
  const [x, y] = [(box.left + Math.min(box.right, innerWidth)) / 2, (box.top + box.bottom) / 2]
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (getComputedStyle(at).overflow === 'visible') continue
    const edge = at.getBoundingClientRect()
    if (x < edge.left || x > edge.right || y < edge.top || y > edge.bottom) return false
  }
  return true
}

/** Everything in sight that has a hint, in the order of the document. What is inside another with the same text counts once. */
export function hintsIn(root: ParentNode): Element[] {
  return [...root.querySelectorAll('[title], [role=gridcell]')].filter(
    (element) => hintOf(element) !== '' && isInSight(element),
  )
}

/** Where a tip of this size goes: below what it is of, above where there is no room, and inside the window. */
export function placeOfTip(
  of: HintBox,
  tip: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const GAP = 6
  const below = of.bottom + GAP
  const fits = below + tip.height <= room.height - GAP
  return {
    left: Math.max(GAP, Math.min(of.left, room.width - tip.width - GAP)),
    top: fits ? below : Math.max(GAP, of.top - GAP - tip.height),
  }
}
