import { printable } from '@shared/printable'
import { storeToRefs } from 'pinia'
import { useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import { useClusterStore } from '../../stores/cluster'
import { useHistoryStore } from '../../stores/history'
import { usePastStore } from '../../stores/past'
import type { MenuEntry } from '../../ui/menu-offers'
import { leadersBack } from '../change/start/election-draft'
import type { LeadersScope } from '../change/start/election-draft'
import { stayWords } from '../change/start/stay-words'
import { useStartChange } from '../change/start/use-start-change'
import { useCommands } from '../common/use-commands'
import { useCopy } from '../common/use-copy'
import { useSay } from '../common/use-say'
import { boardAt } from '../history/board-at'
import { incidentCommands } from '../history/incident-commands'
import { incidentTitle } from '../history/incident-words'
import { placesOf, thingWords } from './places'
import { pageOf } from './thing'
import type { Thing } from './thing'

/**
 * The one list of what can be done with a thing: the menu of its name and rows and the palette on its page are made of it. Worked out when it is asked
 * for. Of a moment of the past nothing is planned.
 */
export interface Deeds {
  readonly open: (thing: Thing) => MenuEntry
  readonly places: (thing: Thing) => readonly MenuEntry[]
  readonly plans: (thing: Thing) => readonly MenuEntry[]
  /** What it is called elsewhere. */
  readonly names: (thing: Thing) => readonly MenuEntry[]
  readonly command: (thing: Thing) => readonly MenuEntry[]
  /** All of them, but not the page that is on screen. */
  readonly all: (thing: Thing) => readonly MenuEntry[]
  /** One plan for all of them; nothing where no leader is away from its place. */
  readonly plansOf: (things: readonly PlannedTogether[]) => readonly MenuEntry[]
}

type PlannedTogether = Extract<Thing, { kind: 'topic' | 'partition' }>

export function useDeeds(): Deeds {
  const say = useSay()
  const router = useRouter()
  const { view, summary, status } = storeToRefs(useClusterStore())
  const { incidents } = storeToRefs(useHistoryStore())
  const past = usePastStore()
  const commands = useCommands()
  const copy = useCopy()
  const { start } = useStartChange()

  const entry = (id: string, text: string, run: () => unknown, why = ''): MenuEntry => ({
    id,
    text,
    keys: '',
    why,
    run,
  })
  const go = (id: string, text: string, to: RouteLocationRaw, keys = ''): MenuEntry => ({
    ...entry(id, text, () => router.push(to)),
    keys,
  })
  const copied = (id: string, text: string, what: string): MenuEntry => entry(id, text, () => copy(what))
  const incidentOf = (id: number) => incidents.value.find((one) => one.id === id)

  function election(scope: LeadersScope): readonly MenuEntry[] {
    if (view.value === null || past.at !== null) return []
    const found = leadersBack(view.value, scope)
    const held = stayWords(say.value, found)
    const n = found.count > 0 ? found.count : found.stay['not-in-sync'] + found.stay['preferred-silent']
    if (n === 0) return []
    const isLive = status.value?.phase === 'live' || status.value?.phase === 'paused'
    const why = found.count === 0 ? held : isLive ? '' : say.value.t('next.why.notLive')
    const text = say.value.t('election.back', { n: say.value.f.count(n) }, n)
    return [entry('leaders-back-here', text, () => start(found.draft), why)]
  }

  /** In the newest picture; of what is gone there are none. */
  function rowsOf(things: readonly PlannedTogether[]): ReadonlySet<number> {
    const rows = new Set<number>()
    if (view.value === null) return rows
    const { topics } = view.value.frame
    for (const thing of things) {
      if (thing.kind === 'partition') rows.add(view.value.rowOf(thing.topic, thing.partition))
      else {
        const topic = view.value.topicOf(thing.topic)
        for (let row = topics.start[topic] ?? 0; row < (topics.start[topic + 1] ?? 0); row++) rows.add(row)
      }
    }
    return rows
  }

  const open = (thing: Thing): MenuEntry =>
    go('open', say.value.t('deeds.open', { what: thingWords(say.value.t, thing) }), pageOf(thing))

  function places(thing: Thing): readonly MenuEntry[] {
    const pages = placesOf(say.value.t, thing).map(({ id, text, to, keys }) => go(id, text, to, keys))
    const incident = thing.kind === 'incident' ? incidentOf(thing.incident) : undefined
    if (incident === undefined) return pages
    return [...pages, go('board-then', say.value.t('deeds.boardThen'), boardAt(incident.began.to))]
  }

  function plans(thing: Thing): readonly MenuEntry[] {
    switch (thing.kind) {
      case 'topic':
      case 'partition':
      case 'broker':
        return election(thing)
      case 'incident':
      case 'change':
        return []
    }
  }

  function names(thing: Thing): readonly MenuEntry[] {
    const { t } = say.value
    const named = (id: string, name: string): MenuEntry =>
      copied(id, t('palette.copyName', { name: printable(name) }), name)
    switch (thing.kind) {
      case 'topic':
        return [named('copy-name', thing.topic)]
      case 'partition':
        // As Kafka's own logs and folders call a partition.
        return [named('copy-name', thing.topic), named('copy-partition', `${thing.topic}-${thing.partition}`)]
      case 'broker': {
        const broker = summary.value?.brokers.find(({ id }) => id === thing.broker)
        if (broker === undefined) return []
        const address = `${broker.host}:${broker.port}`
        return [copied('copy-address', t('deeds.copyAddress', { address: printable(address) }), address)]
      }
      case 'incident': {
        const incident = incidentOf(thing.incident)
        return incident === undefined
          ? []
          : [copied('copy-title', t('deeds.copyTitle'), incidentTitle(say.value, incident))]
      }
      case 'change':
        return [copied('copy-id', t('deeds.copyId'), thing.change)]
    }
  }

  function lineOf(thing: Thing): string {
    switch (thing.kind) {
      case 'topic':
        return commands.value.topic(thing.topic)
      case 'partition':
        return commands.value.partition(thing.topic, thing.partition)
      case 'broker':
        return commands.value.broker(thing.broker)
      case 'incident': {
        const incident = incidentOf(thing.incident)
        if (incident === undefined) return ''
        return incidentCommands(say.value, commands.value, incident)
          .map(({ line }) => line)
          .join('\n')
      }
      case 'change':
        return ''
    }
  }

  function command(thing: Thing): readonly MenuEntry[] {
    const line = lineOf(thing)
    return line === '' ? [] : [copied('copy-command', say.value.t('app.copyCommand'), line)]
  }

  const isHere = (thing: Thing): boolean => router.resolve(pageOf(thing)).path === router.currentRoute.value.path
  return {
    open,
    places,
    plans,
    names,
    command,
    all: (thing) => [
      ...(isHere(thing) ? [] : [open(thing)]),
      // The keys of a page do nothing in a list.
      ...places(thing).map((one) => ({ ...one, keys: '' })),
      ...plans(thing),
      ...names(thing),
      ...command(thing),
    ],
    plansOf: (things) => election({ rows: rowsOf(things) }),
  }
}
