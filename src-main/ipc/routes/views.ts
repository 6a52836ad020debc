import { clusterViews } from '../../contract/schemas'
import { ok } from '../../contract/result'
import { NO_VIEWS } from '../../contract/views'
import { attempt } from '../attempt'
import type { Routes } from '../handle'

export interface ViewDesk {
  readonly read: (cluster: string) => unknown
  readonly write: (cluster: string, views: unknown) => void
  /** Whether it is saved: of one that was only named at start the next run knows nothing. */
  readonly isSaved: (cluster: string) => boolean
}

export const viewRoutes = (desk: ViewDesk): Pick<Routes, 'views:read' | 'views:write'> => ({
  'views:read': ({ cluster }) => {
    const read = clusterViews.safeParse(desk.read(cluster))
    return ok(read.success ? read.data : NO_VIEWS)
  },
  'views:write': ({ cluster, views }) =>
    attempt('How the pages were left could not be kept', () => {
      if (desk.isSaved(cluster)) desk.write(cluster, views)
      return null
    }),
})
