/** The guarded changes on real brokers, put together as the app does it, without a window. */
import { accessOf } from '../../src-main/shared/shell-words'
import type { Reach } from '../../src-main/change/book/checkpoints'
import type { Configs } from '../../src-main/change/configs/configs'
import { createConfigs } from '../../src-main/change/configs/create-configs'
import { createChanges } from '../../src-main/change/engine'
import type { Changes } from '../../src-main/change/changes'
import type { JournalPort } from '../../src-main/ports/journal'
import { createLinks } from '../../src-main/change/links/links'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import { openPort, startSession } from '../../src-main/compose/connect'
import type { ChangeDraft, ChangeView, ConfigEdit, Plan, Validation } from '../../src-main/contract/change'
import type { Result } from '../../src-main/contract/result'
import { createJournal } from '../../src-main/history/journal'
import { createClock } from '../../src-main/ports/clock'
import type { ClusterSession } from '../../src-main/monitor/session'
import { SAVED_CLUSTER } from '../../src-main/contract/profiles'
import type { ClusterProfile } from '../../src-main/contract/profiles'
import { mergeSecrets } from '../../src-main/profiles/secrets'
import { openStoreFile } from '../../src-main/profiles/store-file'
import { until } from '../../tools/sandbox'
import { liveOf } from './live-cluster'
import { toldEffect } from './told-effect'
import type { ToldEffect } from './told-effect'

export interface RealChanges {
  readonly changes: Changes
  readonly session: ClusterSession
  /** What the pages read of settings; the cluster is called `real`. */
  readonly configs: Configs
  /** Drafts and plans one change; throws with the words of the refusal. */
  plan(draft: ChangeDraft): Promise<Plan>
  /** Drafts, plans and asks the brokers for a trial run. */
  validate(draft: ChangeDraft): Promise<Validation>
  /** Effects of settings on one topic, by id; a value of null takes the override away. */
  effects(topic: string, settings: Readonly<Record<string, string | null>>): Promise<ReadonlyMap<string, ToldEffect>>
  close(): Promise<void>
}

export interface RealOptions {
  readonly reach?: Reach
  /** Path of the journal's file, so that a next run may open it; without one it is in memory. */
  readonly file?: string
  readonly login?: { readonly username: string; readonly password: string }
  /** Kafka's id that is remembered of the cluster; '' = none, as of one that was never open. */
  readonly clusterId?: string
  /** False: does not wait until the cluster is read, which it may never be. */
  readonly untilRead?: boolean
  /** What a test puts between a change and its cluster. */
  readonly between?: (live: LiveCluster) => LiveCluster
  /** What a test puts between a change and its journal. */
  readonly journal?: (journal: JournalPort) => JournalPort
}

const unexpected = (...parts: unknown[]): never => {
  throw new Error(`Told to the log: ${parts.map(String).join(' ')}`)
}

export const editsOf = (settings: Readonly<Record<string, string | null>>): ConfigEdit[] =>
  Object.entries(settings).map(([key, value]) =>
    value === null ? { key, op: 'delete', value: '' } : { key, op: 'set', value },
  )

// Of all runs in this process: two runs may share a file.
let serial = 0

export async function openRealChanges(bootstrap: string, given: Reach | RealOptions = {}): Promise<RealChanges> {
  const options = typeof given === 'function' ? { reach: given } : given
  const {
    reach = () => undefined,
    file = ':memory:',
    login,
    clusterId = '',
    untilRead = true,
    between = (same) => same,
    journal: through = (same) => same,
  }: RealOptions = options
  const sasl = login === undefined ? null : { mechanism: 'plain' as const, username: login.username }
  const profile: ClusterProfile = {
    ...SAVED_CLUSTER.initial,
    id: 'real',
    name: 'real',
    environment: 'dev',
    readOnly: false,
    bootstrap: bootstrap.split(','),
    clusterId,
    sasl,
    intervalMs: 250,
  }
  const connection = mergeSecrets(profile, login === undefined ? {} : { password: login.password })
  // Lines about brokers that a test hurts are not its subject.
  const log = { info: () => undefined, warn: () => undefined, error: unexpected }
  const port = openPort(connection, log)
  if (!port.ok) throw new Error(port.error.message)
  const session = startSession(connection, port.value, log)
  const clock = createClock()
  const live = between(liveOf(session, { access: accessOf(profile) }))
  const links = createLinks(live, clock)
  const store = openStoreFile(file, Date.now(), unexpected)
  const newId = (): string => `change-${(serial += 1)}`
  const find = (id: string): LiveCluster | null => (id === live.id ? live : null)
  const changes = createChanges({
    journal: through(createJournal(store.db, { durable: true, now: () => clock.now(), prove: () => store.prove() })),
    clock,
    find,
    linksOf: () => links,
    osUser: 'tester',
    newId,
    environmentOf: () => 'dev',
    onUnexpected: unexpected,
    reach,
  })
  // Also which Kafka it is, and a word of every broker: rules and verifying stand on both.
  const wholeReading = (): true | null => {
    const brokers = session.inside.reading()?.brokers ?? []
    const isHeard = brokers.length > 0 && brokers.every(({ id }) => session.inside.facts().get(id)?.answers === 'yes')
    return (isHeard && session.inside.settings().version !== null) || null
  }
  if (untilRead) await until('the cluster to be read', 90_000, wholeReading)
  const value = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
    return result.value
  }
  const planned = async (draft: ChangeDraft): Promise<ChangeView> =>
    value(await changes.plan(value(changes.draft({ id: '', cluster: live.id, draft })).id))
  const plan: RealChanges['plan'] = async (draft) => (await planned(draft)).plan!
  return {
    changes,
    session,
    configs: createConfigs(find, () => links),
    plan,
    validate: async (draft) => value(await changes.validate((await planned(draft)).id)).validation!,
    effects: async (topic, settings) => {
      const { effects } = await plan({ kind: 'config', groups: [{ topics: [topic], edits: editsOf(settings) }] })
      return new Map(effects.map(toldEffect).map((effect) => [effect.id, effect]))
    },
    close: async () => {
      await changes.close()
      links.close()
      await session.close()
      store.close()
    },
  }
}
