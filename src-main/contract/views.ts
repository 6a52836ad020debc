/** How a page was left: what was typed or chosen in its filters by name, its order ('' = the page's own) and the columns that are put away. */
export interface PageView {
  readonly chosen: Readonly<Record<string, string>>
  readonly sort: { readonly key: string; readonly descending: boolean }
  readonly hidden: readonly string[]
}

/** How the pages of one cluster were left, for the next run. */
export interface ClusterViews {
  /** Address of the page that was shown last, '' = none yet. */
  readonly last: string
  readonly pages: Readonly<Record<string, PageView>>
}

export const NO_VIEWS: ClusterViews = { last: '', pages: {} }
export const MAX_VIEW_TEXT = 500
