import type { RouteLocationRaw } from 'vue-router'

/** Where the key and the palette go: the open incident or the newest one, the list where there is none. `id` 0 = none is known. */
export const newestIncident = (id: number): RouteLocationRaw =>
  id === 0 ? { name: 'history' } : { name: 'incident', params: { incident: id } }
