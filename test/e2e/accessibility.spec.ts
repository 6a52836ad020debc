/** Every screen through axe in every theme, each theme at another width: what a theme breaks is no matter of width, and what a width breaks is none of colours. */
import type { ChangeDraft } from '../../src-main/contract/change'
import { longestName, roles } from '../../tools/sandbox/topics'
import { seriousIn } from './axe'
import { resize } from './cut-off'
import { press } from './connect-form'
import { eventually } from './eventually'
import { expect, test } from './fixture'
import { arm, begin, call, rested, send } from './killed-change'
import { windowOnSandbox } from './open-window'
import { visit } from './scene-words'

const LOOKS = [
  ['dark', [1440, 900], false],
  // What is there is at most what is there in the others.
  ['light', [1100, 700], true],
  ['contrast', [2560, 1440], false],
] as const
const CLUSTER = 'from-start'
const TOPIC = 'e2e.accessible'
/** The changes of the screens, by the word that stands for them in an address. */
const made: Record<string, string> = {}
const window = windowOnSandbox()

/** Screens by address; what is opened on top of a page by what opens it. */
const SCREENS: Readonly<Record<string, readonly [path: string, open?: () => Promise<void>]>> = {
  connect: ['/connect'],
  'connect: a form with faults': [
    '/connect',
    async () => {
      await press(window.page, 'Add a cluster')
      await press(window.page, 'Test')
      await expect(window.page.locator('[aria-invalid=true]').first()).toBeVisible()
    },
  ],
  board: ['/board'],
  'the palette': ['/board', () => dialog('Control+k')],
  'the keys': ['/board', () => dialog('?')],
  'the export': ['/board', () => dialog('x')],
  topics: ['/topics'],
  topic: [`/topic/${roles.slow}`],
  'topic with the longest name': [`/topic/${longestName}`],
  partition: [`/partition/${roles.slow}/0`],
  brokers: ['/brokers'],
  'what if': ['/what-if?broker=1'],
  broker: ['/broker/1'],
  quorum: ['/quorum'],
  agreement: ['/agreement'],
  'lag advisor': ['/history/lag'],
  settings: ['/settings'],
  'config of a topic': [`/topic/${roles.busy}/config`],
  'config search': ['/topics/config?q=min.insync.replicas%20%3C%202'],
  'config comparison': [`/topics/config/compare?a=${roles.slow}&b=${roles.busy}`],
  'config of many topics': ['/topics/config/edit'],
  'config of a broker': ['/broker/1/config'],
  'config of the brokers': ['/brokers/config'],
  history: ['/history'],
  'an incident that is not kept': ['/history/99999'],
  'ISR changes': ['/history/churn'],
  'timeline of the cluster': ['/timeline'],
  'the journal': ['/changes'],
  'a planned change': ['/change/PLANNED'],
  'a change that was taken back': ['/change/UNDONE'],
  'an undo that is watched': ['/change/WATCHED'],
  'a planned election': ['/change/ELECTION'],
}

async function dialog(key: string): Promise<void> {
  const { page } = window
  await page.locator('main h1').first().click()
  await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function plan(draft: ChangeDraft): Promise<string> {
  const id = await begin(window.page, CLUSTER, draft)
  await call(window.page, 'change:plan', { id })
  return id
}

const setting = (topic: string, key: string, value: string): ChangeDraft => ({
  kind: 'config',
  groups: [{ topics: [topic], edits: [{ key, op: 'set', value }] }],
})

test.beforeAll(async ({ sandbox }) => {
  const { page } = window
  const ids = sandbox.cluster.brokers().map(({ id }) => id)
  await sandbox.admin.createTopics([{ name: TOPIC, assignment: [ids], configs: {} }])
  for (const id of ids) await eventually(() => sandbox.admin.overrides(TOPIC, id)).toEqual({})
  await arm(page, CLUSTER)
  made['UNDONE'] = await begin(page, CLUSTER, setting(TOPIC, 'segment.ms', '86400000'))
  await send(page, made['UNDONE'])
  await rested(page, made['UNDONE'])
  made['WATCHED'] = (await call(page, 'change:undo', { id: made['UNDONE'], cluster: CLUSTER })).id
  await send(page, made['WATCHED'])
  await rested(page, made['WATCHED'])
  made['PLANNED'] = await plan(setting(roles.slow, 'min.insync.replicas', '1'))
  made['ELECTION'] = await plan({ kind: 'election', partitions: [{ topic: roles.slow, partitions: [0, 1, 2] }] })
})

for (const [name, [path, open]] of Object.entries(SCREENS)) {
  test(`axe finds nothing serious in any theme and width: ${name}`, async () => {
    const { page, app } = window
    await visit(
      page,
      path.replace(/[A-Z]+$/, (word) => made[word] ?? word),
    )
    await open?.()
    for (const [theme, size, seenOnly] of LOOKS) {
      await resize(app, page, size)
      expect(await seriousIn(page, theme, seenOnly), `${theme}, ${size[0]} wide`).toEqual([])
    }
    // Out of what was opened, and of the page, which would come back with it.
    if (open !== undefined) await page.keyboard.press('Escape')
    await visit(page, '/settings')
  })
}

test('nothing moves where the system asks for that', async () => {
  const { page } = window
  await visit(page, '/board')
  const moves = (): Promise<string[]> =>
    page.evaluate(() => {
      const probe = document.createElement('i')
      Object.assign(probe.style, { transition: 'opacity 1s', animation: 'any 1s infinite' })
      document.body.append(probe)
      const moving = [...document.querySelectorAll('*')].flatMap((element) =>
        [undefined, '::before', '::after'].flatMap((part) => {
          const { animationName, transitionDuration } = getComputedStyle(element, part)
          return animationName === 'none' && /^0s(, 0s)*$/.test(transitionDuration) ? [] : [element.tagName]
        }),
      )
      probe.remove()
      return moving
    })
  expect(await moves()).toContain('I')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moves()).toEqual([])
  await page.emulateMedia({ reducedMotion: null })
})
