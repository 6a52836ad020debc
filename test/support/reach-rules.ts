/**
 * What a login of the scene `rights` must not be told, since its rights do not reach so far (K4.1 to K4.3). One row per kind of statement, with the right it
 * stands on. No answer of Kafka proves that a login sees every topic, so what is said of "all" or "no" partitions, topics or records says of which.
 */
import en from '../../src-renderer/locales/en.json' with { type: 'json' }
import type { Login } from '../../tools/sandbox/logins'

interface Sight {
  readonly topics: boolean
  /** DescribeConfigs on the topics it sees. */
  readonly settings: boolean
  /** Describe on the cluster. */
  readonly cluster: boolean
  /** DescribeConfigs on the cluster. */
  readonly brokers: boolean
}

const SIGHT: Readonly<Record<Login, Sight>> = {
  nothing: { topics: false, settings: false, cluster: false, brokers: false },
  'one-topic': { topics: true, settings: true, cluster: false, brokers: false },
  'no-configs': { topics: true, settings: false, cluster: true, brokers: false },
  team: { topics: true, settings: true, cluster: false, brokers: false },
  all: { topics: true, settings: true, cluster: true, brokers: true },
}

interface Rule {
  readonly what: string
  readonly says: RegExp
  /** Says how far it reaches, or that it is not known. */
  readonly unless?: RegExp
  readonly may: (sight: Sight, path: string) => boolean
}

const nobody = (): boolean => false
/** The page of a change counts the topics that it names. */
const CHANGE = '/change/'
const ofOneTopic = (path: string): boolean => /^\/(topic|partition)\//.test(path)

/** The kind that every text of the window is looked through for (test/unit/rights/judges.test.ts). */
export const WITHOUT_REACH = 'all or none of something, without of which'

const RULES: readonly Rule[] = [
  {
    what: WITHOUT_REACH,
    says: /^(All|Every|Any|If any)\b.*\b(partition|topic|replica|record|leader)s?\b|^No (partition|topic|replica|record|acknowledged)/,
    unless: /\b(seen|visible|read|sampled|chosen|left|allowed)\b|matches the filter/,
    may: (sight, path) => sight.settings && ofOneTopic(path),
  },
  {
    what: 'a number of topics, without of which',
    says: /\b\d[\d,]* topics?\b/,
    unless: /\b(seen|may see|read|so far|asked|visible|allowed)\b|^Edit the settings of/,
    may: (_sight, path) => path.startsWith(CHANGE),
  },
  {
    what: 'that a topic or partition is not there',
    says: /\b(topic|partition)s?\b.*\b(do(es)? not exist|(is|are) (gone|not there)|(was|were) deleted)|\bno such partition|\bthere is no topic\b/i,
    unless: /\b(hidden|visible)\b/,
    may: nobody,
  },
  { what: 'how much a broker leads, without of which', says: /^Leaders per broker(?!.*\bseen\b)/, may: nobody },
  { what: 'a cluster that is empty', says: /has no (such )?topics?\b/, may: nobody },
  {
    what: 'well, as a whole',
    says: /\ball is well\b|(?<!not )\bsafe to stop\b|works fully|\bone broker may stop\b/i,
    may: nobody,
  },
  {
    what: 'that writes are accepted',
    says: /\baccept(s|ed|ing)? (acks=all|writes)|enough replicas in the ISR|no partition .* refuse|expected to refuse acks=all writes or/i,
    unless: /\bwhether\b/i,
    may: ({ topics, settings }) => topics && settings,
  },
  {
    what: 'that none refuses, or is one loss away',
    says: /^0 (writes refused|one loss away)/,
    may: ({ topics, settings }) => topics && settings,
  },
  {
    what: 'that none is offline or under-replicated',
    says: /^0 (offline|under-replicated)/,
    may: ({ topics }) => topics,
  },
  { what: 'that a broker holds nothing', says: /^0 \/ 0\b|^0 of 0 replicas\b/, may: ({ topics }) => topics },
  { what: 'that a stop has no effect', says: /\bno outage seen\b/, may: ({ topics, settings }) => topics && settings },
  { what: 'that nothing is lost', says: /\b(found lost|sign of lost records)\b/, may: ({ topics }) => topics },
  { what: 'who controls', says: /\b\d+ of \d+ voters\b|^controller \d/, may: ({ cluster }) => cluster },
  {
    what: 'when a replica is evicted or a broker fenced',
    says: /eviction window \d|leaves ISR in \d|fenced in about/,
    may: ({ brokers }) => brokers,
  },
  {
    what: 'that brokers are set up alike',
    says: /No reported setting differs|answered agree on|Nothing differs/,
    may: ({ brokers }) => brokers,
  },
  {
    what: 'that everything is allowed',
    says: /Everything that Highwater reads/,
    may: (sight) => Object.values(sight).every(Boolean),
  },
]

/** What a state means is no statement about one. */
const MEANINGS = new Set<string>(Object.values(en.stateMeaning))

/** Sentences among the words of a page that say more than this login's rights bear out, each with what is wrong about it. */
export function beyondReach(login: Login, path: string, words: readonly string[]): string[] {
  const sight = SIGHT[login]
  return words
    .flatMap((text) => text.replace(/\s+/g, ' ').split(/(?<=[.!?]) /))
    .filter((sentence) => !MEANINGS.has(sentence))
    .flatMap((sentence) =>
      RULES.filter(
        ({ says, unless, may }) => says.test(sentence) && unless?.test(sentence) !== true && !may(sight, path),
      ).map(({ what }) => `${path}: ${what}: ${sentence}`),
    )
}
