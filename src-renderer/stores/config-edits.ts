import type { ConfigEdit } from '@contract/change'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

type Edits = Readonly<Record<string, ConfigEdit>>
const NONE: Edits = {}

/** Edits not yet made into a change, per cluster and topic, so that looking at another page does not lose them. Kept for this run only. */
export const useConfigEditsStore = defineStore('config-edits', () => {
  const all = shallowRef<ReadonlyMap<string, Edits>>(new Map())
  const place = (cluster: string, topic: string): string => `${cluster} ${topic}`
  /** Every topic of a cluster that has edits, in the order they were begun. */
  const list = (cluster: string): readonly { readonly topic: string; readonly edits: Edits }[] =>
    [...all.value].flatMap(([where, edits]) =>
      where.startsWith(`${cluster} `) ? [{ topic: where.slice(cluster.length + 1), edits }] : [],
    )
  return {
    list,
    of: (cluster: string, topic: string): Edits => all.value.get(place(cluster, topic)) ?? NONE,
    put(cluster: string, topic: string, edits: Edits): void {
      const next = new Map(all.value)
      if (Object.keys(edits).length === 0) next.delete(place(cluster, topic))
      else next.set(place(cluster, topic), edits)
      all.value = next
    },
  }
})
