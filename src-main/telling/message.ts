import type { Incident } from '../contract/history'
import type { ClusterProfile } from '../contract/profiles'
import type { Condition } from '../contract/telling'
import type { Standing } from '../domain/telling/conditions'
import type { Matter, Tell } from '../domain/telling/telling'
import type { Formats } from '../shared/words/format/formats'
import type { Phrase } from '../shared/words/phrase'

/** What is told, in phrases: the sentence is made where it goes, in the language of then. Plain, to be kept until it is delivered. */
export interface Message extends Omit<Tell, 'kind'> {
  readonly kind: Tell['kind'] | 'test'
  /** Profile id. */
  readonly cluster: string
  readonly name: string
  readonly environment: string
  /** When it was told. */
  readonly at: number
  /** First seen, and seen to be over (null: it is not). */
  readonly startsAt: number
  readonly endsAt: number | null
  readonly title: Phrase
  readonly lines: readonly Phrase[]
}

const count = (value: number): { readonly unit: 'count'; readonly value: number } => ({ unit: 'count', value })

function whatPhrase(condition: Condition, { partitions, brokers, lostAtLeast }: Standing): Phrase {
  switch (condition) {
    case 'short':
      return { id: 'telling.what.short', args: { n: count(partitions.short) } }
    case 'away':
      return { id: 'telling.what.away', args: { n: count(brokers.length), brokers: brokers.join(', ') } }
    case 'oneAway':
      return { id: 'telling.what.oneAway', args: { n: count(partitions.oneAway) } }
    case 'blind':
      return { id: 'telling.what.blind', args: {} }
    case 'refuses':
      return { id: 'telling.what.refuses', args: { n: count(partitions.refuses) } }
    case 'offline':
      return { id: 'telling.what.offline', args: { n: count(partitions.offline) } }
    case 'lost':
      return { id: 'telling.what.lost', args: { n: { unit: 'records', value: lostAtLeast } } }
  }
}

function topicLines({ topics, topicCount }: Standing): Phrase[] {
  if (topics.length === 0) return []
  const more = topicCount - topics.length
  return more > 0
    ? [{ id: 'telling.topics.more', args: { topics: topics.join(', '), n: count(more) } }]
    : [{ id: 'telling.topics', args: { topics: topics.join(', ') } }]
}

export interface About {
  readonly profile: Pick<ClusterProfile, 'id' | 'name' | 'environment'>
  readonly at: number
  readonly f: Formats
}

const headOf = ({ profile, at }: About) => ({
  cluster: profile.id,
  name: profile.name,
  environment: profile.environment,
  at,
})
const placeOf = ({ profile }: About) => ({ environment: profile.environment.toUpperCase(), cluster: profile.name })

/** Since when: of the incident, which what is told of may have begun long after. */
function sinceLine({ id, began }: Matter, { at, f }: About): Phrase {
  const from = f.time(began.to, at)
  const isEarlier = Number.isNaN(began.from)
  if (id === 0) return { id: isEarlier ? 'telling.since.earlier' : 'telling.since', args: { at: from } }
  return { id: isEarlier ? 'telling.incident.earlier' : 'telling.incident', args: { id, at: from } }
}

/** Of what is so now. */
export function troubleMessage(about: About, tell: Tell, matter: Matter, standing: Standing): Message {
  const { began, planned } = matter
  const args = { ...placeOf(about), what: whatPhrase(tell.condition, standing) }
  return {
    ...tell,
    ...headOf(about),
    startsAt: began.to,
    endsAt: null,
    title: tell.kind === 'worse' ? { id: 'telling.worse', args } : { id: 'telling.begins', args },
    lines: [
      sinceLine(matter, about),
      ...(tell.condition === 'blind' ? [] : topicLines(standing)),
      ...(tell.planned && planned !== null
        ? [{ id: 'telling.planned', args: { by: planned.by, broker: planned.broker } } as const]
        : []),
    ],
  }
}

/** How long, as far as it was watched. */
function lastedLine({ began, ended, phases }: Incident, { at, f }: About): Phrase {
  const until = f.time(ended.to, at)
  if (phases.findLast(({ kind }) => kind !== 'over')?.kind === 'unwatched')
    return { id: 'telling.ended-unseen', args: { at: until } }
  if (phases.some(({ kind }) => kind === 'unwatched')) return { id: 'telling.lasted.gap', args: { at: until } }
  const lasted = { unit: 'ms', value: Math.max(1_000, ended.to - began.to) } as const
  return { id: Number.isNaN(began.from) ? 'telling.lasted.least' : 'telling.lasted', args: { lasted, at: until } }
}

/** Of its end. `incident` null: the cluster was out of sight, or its history cannot be read: then no more is said than that it is over. */
export function overMessage(about: About, tell: Tell, incident: Incident | null): Message {
  const { at } = about
  const place = placeOf(about)
  const lines: Phrase[] = []
  const ended = incident?.ended
  if (incident !== null && ended !== undefined && Number.isFinite(ended.to)) {
    lines.push(
      lastedLine(incident, about),
      incident.lostAtLeast > 0
        ? { id: 'telling.loss-seen', args: { n: { unit: 'records', value: incident.lostAtLeast } } }
        : { id: 'telling.no-loss-seen', args: {} },
    )
  }
  return {
    ...tell,
    ...headOf(about),
    startsAt: incident?.began.to ?? at,
    endsAt: Number.isFinite(ended?.to) ? ended!.to : at,
    title:
      tell.id === 0
        ? { id: 'telling.seen-again', args: place }
        : { id: 'telling.over', args: { ...place, id: tell.id } },
    lines,
  }
}

export const testMessage = (about: About): Message => ({
  kind: 'test',
  id: 0,
  key: `${about.profile.id}/test`,
  condition: 'short',
  planned: false,
  ...headOf(about),
  startsAt: about.at,
  endsAt: about.at,
  title: { id: 'telling.test', args: placeOf(about) },
  lines: [],
})
