import type { MenuEntry } from '../../ui/menu-offers'

/** What a table is given so that something can be done with its rows. */
export interface ListMenu {
  readonly keyOf: (id: number) => string
  readonly menu: (id: number) => readonly MenuEntry[]
  readonly menuOf: (ids: readonly number[]) => readonly MenuEntry[]
}
