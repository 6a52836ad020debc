/**
 * What a login may see (K4), page by page, on real brokers with an authorizer: nothing that the window says goes beyond the rights of the login, nothing is
 * written, and no read is denied twice. A plan of a change of settings and one of an election are looked through as well. `npm test` looks through two of the five logins, `npm run test:long -- rights` through all of them.
 */
import type { ChangeDraft, ConfigEdit } from '../../src-main/contract/change'
import type { RunningSandbox } from './fixture'
import type { Denial } from '../../tools/sandbox'
import { denials, fiveRoles, LOGINS, roles, writesDenials } from '../../tools/sandbox'
import { logins, passwordOf } from '../../tools/sandbox/logins'
import type { Login } from '../../tools/sandbox/logins'
import { deniedSince, deniedWrites, repeatedReads } from '../support/denied-reads'
import { beyondReach } from '../support/reach-rules'
import { openForm, press, test as examine, typeForm } from './connect-form'
import { expect, test } from './fixture'
import { begin, call, view } from './killed-change'
import { goTo, visit } from './scene-words'
import { sharedWindow } from './shared-window'
import { wordsOnScreen } from './words-on-screen'

const looked: readonly Login[] = process.env['HIGHWATER_LOGINS'] === 'all' ? logins : ['nothing', 'no-configs']
/** In the footer of every page. */
const cannotRead = (...what: readonly string[]): RegExp[] =>
  what.map((one) => new RegExp(`cannot read: .*${one} \\(not allowed\\)`))
const OF_CLUSTER = ['controller quorum', 'reassignments'] as const

interface Look {
  readonly topic: string
  /** What must be said, by the page's address, or by the beginning of it where that ends with a `/` or `?`; of a change by its kind. */
  readonly says: Readonly<Record<string, readonly RegExp[]>>
  /** Denials of the login: none, or at least one of these resources. */
  readonly denied: readonly RegExp[]
}

const HIDDEN = /No topic orders is seen: it does not exist, or is hidden from this login\./
const LOOKS: Readonly<Record<Login, Look>> = {
  nothing: {
    topic: roles.slow,
    says: {
      '/board': [
        /^No topic is seen: the cluster has none, or none is visible to this login\./,
        ...cannotRead(...OF_CLUSTER, 'eviction window'),
      ],
      '/topics': [/^No topic is seen/],
      '/topic/': [HIDDEN],
      '/partition/': [/No partition 0 of orders is seen/],
      '/brokers': [/effect of stopping \?/],
      '/broker/1/config': [/lacks DescribeConfigs on the cluster/],
      '/loss': [/Whether records are lost is unknown: no topic is seen\./],
      '/what-if?broker=1': [/What stopping broker 1 would cost is unknown: no topic is seen\./],
      '/quorum': [/needs Describe on the cluster.*kafka-acls\.sh/, /No topic is seen, so no ISR either/],
      '/agreement': [/No topic is seen: there are no partitions to compare/],
      '/change/config': [/lacks the DescribeConfigs permission on the topic orders/],
      '/change/election': [/Not seen \(they do not exist, or are hidden from this login\): 3 of 3/],
    },
    denied: [/^Cluster /],
  },
  'one-topic': {
    topic: roles.slow,
    says: {
      '/board': [
        /of the only topic seen/,
        /whether the controllers would keep their majority is unknown/i,
        ...cannotRead(...OF_CLUSTER, 'eviction window'),
      ],
      '/topics': [/^The only topic seen/],
      '/topic/orders/config': [/needs AlterConfigs on the topic orders/],
      '/brokers': [/figures of the only topic seen/],
      '/change/config': [/this login lacks Read on the topic/, /this login lacks Describe on the cluster/],
      '/change/election': [/Leaders per broker, of the topics seen/],
    },
    denied: [/^Cluster /],
  },
  'no-configs': {
    topic: roles.slow,
    says: {
      '/board': [
        /min ISR of \d+ partitions is unknown.*this login lacks DescribeConfigs/,
        ...cannotRead('min ISR', 'eviction window'),
      ],
      '/topic/': [
        /is unknown: this login lacks DescribeConfigs on topic orders|lacks DescribeConfigs on the topic orders/,
      ],
      '/partition/': [
        /min ISR unknown \(this login lacks DescribeConfigs on topic orders\)/,
        /Whether it accepts writes is unknown/,
      ],
      '/brokers': [/effect of stopping \?/],
      '/brokers/config': [/needs the settings of two brokers/],
      '/broker/1/config': [/lacks DescribeConfigs on the cluster/],
      '/topics/config?': [/0 of 0 topics read/, /topics were not read: this login lacks DescribeConfigs/],
      '/loss': [/of the \d+ topics seen/],
      '/change/config': [/lacks the DescribeConfigs permission on the topic orders/],
      '/change/election': [/Leaders per broker, of the topics seen/],
    },
    denied: [/^Cluster /, /^Topic orders$/],
  },
  team: {
    topic: fiveRoles.team,
    says: {
      '/board': [/of the only topic seen/, ...cannotRead(...OF_CLUSTER, 'eviction window')],
      '/topics': [/^The only topic seen/],
      '/brokers': [/figures of the only topic seen/],
      '/loss': [/of the only topic seen/],
      '/change/config': [/this login lacks Describe on the cluster/],
      '/change/election': [/Leaders per broker, of the topics seen/],
    },
    denied: [/^Cluster /],
  },
  all: {
    topic: roles.slow,
    says: {
      '/board': [/of the \d+ topics seen/],
      '/brokers': [/figures of the \d+ topics seen/],
      '/change/election': [/Leaders per broker, of the topics seen/],
    },
    denied: [],
  },
}

const pagesOf = (topic: string): readonly string[] => [
  '/board',
  '/topics',
  `/topic/${topic}`,
  `/topic/${topic}/config`,
  `/partition/${topic}/0`,
  `/topics/config/compare?a=${topic}&b=${roles.busy}`,
  '/topics/config?q=min.insync.replicas%20%3C%203',
  '/topics/config/edit',
  '/brokers',
  '/broker/1',
  '/broker/1/config',
  '/brokers/config',
  '/loss',
  '/what-if?broker=1',
  '/quorum',
  '/agreement',
  '/changes',
  '/connect',
]

const set = (key: string, value: string): ConfigEdit => ({ key, op: 'set', value })
/** Settings for which a plan asks everything it ever asks: sizes, groups, records, rates, ELR, reassignments. */
const draftsOf = (topic: string): readonly ChangeDraft[] => [
  {
    kind: 'config',
    groups: [
      {
        topics: [topic],
        edits: [
          set('min.insync.replicas', '1'),
          set('retention.ms', '60000'),
          set('retention.bytes', '1000'),
          set('cleanup.policy', 'compact,delete'),
          set('unclean.leader.election.enable', 'true'),
          set('follower.replication.throttled.replicas', '*'),
        ],
      },
    ],
  },
  { kind: 'election', partitions: [{ topic, partitions: [0, 1, 2] }] },
]

const window = sharedWindow()
let isPlayed = false
test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ sandbox }) => {
  const { cluster, admin, director } = sandbox
  test.skip(cluster.zookeeper || !writesDenials(cluster.install), 'These brokers have no log of denials to look into.')
  isPlayed = true
  await director.play('rights')
  // Brokers take in what the controllers tell in order: who shows the topic knows the rules.
  await admin.createTopics([{ name: fiveRoles.team, assignment: [[1, 2, 3]], configs: { 'min.insync.replicas': '2' } }])
})

test.afterAll(async ({ sandbox }) => {
  if (!isPlayed) return
  await sandbox.director.heal()
  await sandbox.admin.deleteTopic(fiveRoles.team)
})

/** Through the form, as a person would; ends on the board with everything said that the login is not told. */
async function openAs(login: Login, { cluster }: RunningSandbox): Promise<string[]> {
  const { page } = window
  await goTo(page, '/connect')
  await openForm(page)
  await typeForm(page, {
    name: login,
    bootstrap: cluster.bootstrapOf(LOGINS),
    sasl: 'PLAIN',
    username: login,
    password: passwordOf(login),
  })
  const { all: report } = await examine(page)
  expect(report).toContain('The connection works.')
  await press(page, 'Save and open')
  await expect(page.locator('[data-headline][data-level]:not([data-level=unread])')).toBeVisible()
  for (const words of LOOKS[login].says['/board'] ?? [])
    await expect.poll(() => lines(), { message: String(words) }).toMatch(words)
  return beyondReach(login, 'connection test', [report])
}

/** The heading of the page first, then everything else. */
async function lines(): Promise<string> {
  const { page } = window
  const texts = await wordsOnScreen(page)
  return [await page.locator('main h1').first().innerText(), ...texts].join('\n')
}

const deniedTo = (login: Login, { cluster }: RunningSandbox): Denial[] =>
  denials(cluster).filter((one) => one.login === login)

/** Waits until the page says what it must. Answers what it says beyond the rights of the login. */
async function judge(login: Login, path: string): Promise<string[]> {
  const wanted = Object.entries(LOOKS[login].says).filter(([at]) =>
    /[/?]$/.test(at) ? path.startsWith(at) : path === at,
  )
  for (const words of wanted.flatMap(([, all]) => all))
    await expect.poll(lines, { message: `${path} says ${String(words)}` }).toMatch(words)
  return beyondReach(login, path, await wordsOnScreen(window.page))
}

/** The page of a change with what is found out for its plan, unfolded. Drafted by the bridge: most of these logins are offered no edit. */
async function openPlan(login: Login, draft: ChangeDraft): Promise<string> {
  const { page } = window
  const rows = await call(page, 'profiles:list', undefined)
  const cluster = rows.find(({ profile }) => profile.name === login)!.profile.id
  const id = await begin(page, cluster, draft)
  await goTo(page, `/change/${id}`)
  const isPlanned = async (): Promise<boolean> => {
    const { plan, problem } = await view(page, id)
    return plan !== null || problem !== null
  }
  await expect.poll(isPlanned, { timeout: 90_000 }).toBe(true)
  await page.locator('[data-risk], main [role=alert]').first().waitFor()
  for (const row of await page.locator('[data-effect] button[aria-expanded]').all()) await row.click()
  return id
}

for (const login of looked)
  test(`${login}: no page says more than it may see, nothing is written, and no read is denied twice`, async ({
    sandbox,
  }) => {
    const { page } = window
    const { topic, denied } = LOOKS[login]
    const beyond = await openAs(login, sandbox)
    for (const path of pagesOf(topic)) {
      await visit(page, path)
      beyond.push(...(await judge(login, path)))
    }
    expect(beyond).toEqual([])
    const all = deniedTo(login, sandbox)
    console.log(
      `${login}: ${all.length} denied reads: ${[...new Set(all.map(({ operation, resource }) => `${operation} ${resource}`))].join(', ')}`,
    )
    expect(deniedWrites(all)).toEqual([])
    expect(repeatedReads(all)).toEqual([])
    if (denied.length === 0) expect(all).toEqual([])
    for (const resource of denied)
      expect(
        all.some((one) => resource.test(one.resource)),
        String(resource),
      ).toBe(true)
    // A person asks for a plan, so it asks anew; within one nothing is refused twice.
    for (const draft of draftsOf(topic)) {
      const before = deniedTo(login, sandbox)
      const id = await openPlan(login, draft)
      expect(await judge(login, `/change/${draft.kind}`)).toEqual([])
      const asked = deniedSince(before, deniedTo(login, sandbox))
      console.log(`${login}: ${asked.length} denied reads of a plan (${draft.kind})`)
      expect(deniedWrites(asked)).toEqual([])
      expect(repeatedReads(asked)).toEqual([])
      if (denied.length === 0) expect(asked).toEqual([])
      await call(page, 'change:discard', { id })
    }
  })
