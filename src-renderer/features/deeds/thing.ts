import type { RouteLocationRaw } from 'vue-router'

/** What something can be done with, wherever its name stands. */
export type Thing =
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'partition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'broker'; readonly broker: number }
  | { readonly kind: 'incident'; readonly incident: number }
  | { readonly kind: 'change'; readonly change: string }

/** What a page is of, by its address; null = of nothing that has a name. */
export function thingOf({
  name,
  params,
}: {
  name?: unknown
  params: Readonly<Record<string, string | string[] | undefined>>
}): Thing | null {
  const { topic, partition, broker, incident, id } = params
  if (typeof topic === 'string')
    return typeof partition === 'string'
      ? { kind: 'partition', topic, partition: Number(partition) }
      : { kind: 'topic', topic }
  if (typeof broker === 'string') return { kind: 'broker', broker: Number(broker) }
  if (typeof incident === 'string') return { kind: 'incident', incident: Number(incident) }
  return name === 'change' && typeof id === 'string' ? { kind: 'change', change: id } : null
}

export function pageOf(thing: Thing): RouteLocationRaw {
  switch (thing.kind) {
    case 'topic':
      return { name: 'topic', params: { topic: thing.topic } }
    case 'partition':
      return { name: 'partition', params: { topic: thing.topic, partition: String(thing.partition) } }
    case 'broker':
      return { name: 'broker', params: { broker: String(thing.broker) } }
    case 'incident':
      return { name: 'incident', params: { incident: String(thing.incident) } }
    case 'change':
      return { name: 'change', params: { id: thing.change } }
  }
}
