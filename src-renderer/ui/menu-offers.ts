import type { InjectionKey } from 'vue'
import { inject, onBeforeUnmount, onMounted } from 'vue'

/** One line of a menu that says what can be done. */
export interface MenuEntry {
  readonly id: string
  readonly text: string
  /** The key that does the same where the menu was opened, '' = none. */
  readonly keys: string
  /** Why it cannot be done now, '' = it can. */
  readonly why: string
  readonly run: () => unknown
}

/** What can be done with one thing on screen. */
export interface MenuOffer {
  readonly deeds: readonly MenuEntry[]
  readonly copies: readonly MenuEntry[]
  /** Where the menu stands when it was opened by a key. */
  readonly at: Element
}

/** `under`: the element under the pointer; null = asked by a key, which is about what has the focus. null = nothing can be done there. */
export type AskOffer = (under: Element | null) => MenuOffer | null

/** Who has something to offer, by element. The menu asks them from the innermost outwards. */
export interface MenuOffers {
  add(element: Element, ask: AskOffer): void
  take(element: Element): void
  of(element: Element): AskOffer | undefined
}

export const MENU_OFFERS: InjectionKey<MenuOffers> = Symbol('menu-offers')

export function createMenuOffers(): MenuOffers {
  const asks = new WeakMap<Element, AskOffer>()
  return {
    add: (element, ask) => void asks.set(element, ask),
    take: (element) => void asks.delete(element),
    of: (element) => asks.get(element),
  }
}

/** Offers what can be done within an element while the component is there. Call it in the component's setup. */
export function useMenuOffer(element: () => Element | null, ask: AskOffer): void {
  const offers = inject(MENU_OFFERS, null)
  let offered: Element | null = null
  onMounted(() => {
    offered = element()
    if (offered !== null) offers?.add(offered, ask)
  })
  onBeforeUnmount(() => {
    if (offered !== null) offers?.take(offered)
  })
}
