import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConfigColumn } from '@contract/config'
import type { Input } from '@contract/ipc'
import { fail, ok } from '@contract/result'
import type { TaskWork } from '../../../../support/fake-bridge'
import ConfigManyPage from '../../../../../src-renderer/features/config/many/ConfigManyPage.vue'
import ConfigSearchPage from '../../../../../src-renderer/features/config/search/ConfigSearchPage.vue'
import EditTopicsButton from '../../../../../src-renderer/features/topics/EditTopicsButton.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { useTopicSelectionStore } from '../../../../../src-renderer/stores/topic-selection'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
afterAll(() => restore())

const NAMES = Array.from({ length: 450 }, (_, at) => `t${String(at).padStart(3, '0')}`)
const frame = buildFrame({ topics: NAMES.map((name) => [name, 1]) })
/** Every third topic has 1, the rest 2; `t005` may not be read. */
const column = (key: string, topics: readonly string[]): ConfigColumn => ({
  key,
  topics,
  values: topics.map((name) => (name === 't005' ? null : Number(name.slice(1)) % 3 === 0 ? '1' : '2')),
  sources: topics.map((name) => (Number(name.slice(1)) % 2 === 0 ? 1 : 3)),
  errors: topics.map((name) => (name === 't005' ? 29 : 0)),
  readAt: 5,
  broker: 1,
})
/** As the main process reads: batches of 200, told one after the other. */
const reading: TaskWork<'config-column'> = ({ key, topics }, { progress }) => {
  const names = topics ?? NAMES
  for (let done = 0; done < names.length;) {
    const batch = names.slice(done, done + 200)
    done += batch.length
    progress({ batch: 'read', done, total: names.length, column: column(key, batch) })
  }
  return Promise.resolve(ok({ left: 0 }))
}
const tasks = (asked: (channel: string) => unknown[]) =>
  (asked('task:start') as Input<'task:start'>[]).map(({ task }) => task)

const open = (q: string, work: TaskWork<'config-column'> = reading) =>
  openPage(ConfigSearchPage, {
    props: { q },
    frame,
    works: { 'config-column': work },
  })

describe('search of all topics', () => {
  it('is one task over all topics, and counts what could not be read', async () => {
    const { wrapper, asked } = await open('min.insync.replicas < 2')
    await flushPromises()
    expect(tasks(asked)).toEqual([
      { kind: 'config-column', input: { cluster: 'orders-eu', key: 'min.insync.replicas', topics: null } },
    ])
    expect(wrapper.find('h1').text()).toBe('150 of 449 topics read: min.insync.replicas < 2')
    expect(wrapper.text()).toContain('1 topic was not read: this login lacks DescribeConfigs. (t005)')
    wrapper.unmount()
  })

  it('filters by source, exports, and hands the result to the page that edits it', async () => {
    const { wrapper, router } = await open('min.insync.replicas < 2')
    await flushPromises()
    await wrapper.find('select').setValue('1')
    expect(wrapper.find('h1').text()).toContain('75 of 449 topics read')
    expect([...useScreenStore().offer!.exportable!().rows][0]).toEqual(['t000', '1', 'topic'])
    await wrapper
      .findAll('button')
      .find((button) => button.text().startsWith('Edit the settings of 75'))!
      .trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('config-many')
    expect(useTopicSelectionStore().topics).toHaveLength(75)
    expect(useTopicSelectionStore().key).toBe('min.insync.replicas')
    wrapper.unmount()
  })

  it('stops when told to, and says that the result is not complete', async () => {
    const stopped: (() => void)[] = []
    const { wrapper, asked } = await open('retention.ms', ({ key }, { progress, signal }) => {
      progress({ batch: 'read', done: 200, total: 450, column: column(key, NAMES.slice(0, 200)) })
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => stopped.push(() => resolve(ok({ left: 250 }))))
      })
    })
    await flushPromises()
    expect(wrapper.text()).toContain('200 of 450 topics read')
    const stop = () => wrapper.findAll('button').find((button) => button.text().startsWith('Stop'))
    await stop()!.trigger('click')
    await stop()!.trigger('click')
    expect(asked('task:cancel')).toHaveLength(1)
    stopped.shift()!()
    await flushPromises()
    expect(wrapper.text()).toContain('250 topics were not queried. The result is incomplete.')
    expect(wrapper.find('h1').text()).toContain('199 of 199 topics read')
    expect(stop()).toBeUndefined()
    wrapper.unmount()
  })

  it('counts what nobody answered, and what was not asked any more', async () => {
    const { error } = fail('timeout', 'late')
    const { wrapper } = await open('retention.ms', (_input, { progress }) => {
      for (const done of [200, 400])
        progress({ batch: 'unread', done, total: 450, topics: 200, first: 't000', problem: error })
      return Promise.resolve(ok({ left: 50 }))
    })
    await flushPromises()
    expect(wrapper.text()).toContain('400 topics were not read: No answer in time.')
    expect(wrapper.text()).toContain('50 topics were not queried.')
    wrapper.unmount()
  })

  it('that fails as a whole says why', async () => {
    const { wrapper } = await open('retention.ms', () => Promise.resolve(fail('not-found', 'not open')))
    await flushPromises()
    expect(wrapper.text()).toContain('450 topics were not read:')
    wrapper.unmount()
  })

  it('is cancelled when the page goes, and by the next search', async () => {
    const signals: AbortSignal[] = []
    const { wrapper } = await open('retention.ms', (_input, { signal }) => {
      signals.push(signal)
      return new Promise(() => undefined)
    })
    await flushPromises()
    await wrapper.find('input').setValue('retention.ms > 1d')
    await wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    wrapper.unmount()
    await flushPromises()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  it('says what it does not understand and asks nothing', async () => {
    const { wrapper, asked } = await open('')
    await wrapper.find('input').setValue('cleanup.policy < compact')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.text()).toContain('Values of cleanup.policy have no order.')
    expect(tasks(asked)).toEqual([])
    wrapper.unmount()
  })
})

const MANY = buildFrame({
  topics: [
    ['__consumer_offsets', 1],
    ['t001', 1],
    ['t003', 1],
    ['t006', 1],
  ],
})
async function openMany(topics: readonly string[], cluster = 'orders-eu') {
  const page = await openPage(ConfigManyPage, {
    frame: MANY,
    works: { 'config-column': reading },
    answers: {
      'change:draft': () => Promise.resolve(ok({ id: 'c9' } as never)),
    },
  })
  useTopicSelectionStore().choose(cluster, topics)
  await flushPromises()
  const pick = async (key: string): Promise<void> => {
    await page.wrapper.find('#config-key').setValue(key)
    await page.wrapper.find('form.pick').trigger('submit')
    await flushPromises()
  }
  return { ...page, pick }
}

describe('the same settings for many topics', () => {
  it('leave internal topics out, show what the topics have now, and make one change', async () => {
    const { wrapper, pick, asked, router } = await openMany(['__consumer_offsets', 't001', 't003', 't006'])
    expect(wrapper.find('h1').text()).toBe('Edit 3 topics together')
    await pick('min.insync.replicas')
    expect(wrapper.text()).toContain('2 have 1 (1 by override) · 1 has 2 (0 by override)')
    await wrapper.find('input.editor').setValue('0')
    expect(wrapper.text()).toContain('Too small: 1 or more.')
    const plan = () => wrapper.findAll('button').find((button) => button.text().startsWith('Plan'))!
    expect(plan().attributes('disabled')).toBeDefined()
    await wrapper.find('input.editor').setValue('2')
    await wrapper.findAll('.drop')[2]!.trigger('click')
    await flushPromises()
    expect(wrapper.find('input.editor').element).toMatchObject({ value: '2' })
    await plan().trigger('click')
    await flushPromises()
    expect(asked('change:draft')).toEqual([
      {
        id: '',
        cluster: 'orders-eu',
        draft: {
          kind: 'config',
          groups: [{ topics: ['t001', 't003'], edits: [{ key: 'min.insync.replicas', op: 'set', value: '2' }] }],
        },
      },
    ])
    expect(router.currentRoute.value.params).toEqual({ id: 'c9' })
    wrapper.unmount()
  })

  it('take overrides away, and topics of another cluster are nobody', async () => {
    const { wrapper, pick, asked } = await openMany(['t001'])
    await pick('retention.ms')
    await wrapper
      .findAll('[role="radio"]')
      .find((radio) => radio.text() === 'Remove override')!
      .trigger('click')
    await flushPromises()
    await wrapper
      .findAll('button')
      .find((button) => button.text().startsWith('Plan'))!
      .trigger('click')
    expect(asked('change:draft')[0]).toMatchObject({
      draft: { groups: [{ edits: [{ key: 'retention.ms', op: 'delete', value: '' }] }] },
    })
    wrapper.unmount()
    const other = await openMany(['t001'], 'another')
    expect(other.wrapper.find('h1').text()).toBe('No topics are chosen.')
    other.wrapper.unmount()
  })

  it('are offered for at most 1,000 topics', async () => {
    const { wrapper } = await openPage(EditTopicsButton, { props: { names: () => [], count: 1001 }, frame: MANY })
    expect(wrapper.find('button').attributes('disabled')).toBeDefined()
    expect(wrapper.find('button').attributes('title')).toContain('1,000 topics at most')
    wrapper.unmount()
  })
})
