import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import type { HighwaterBridge } from '@contract/ipc'
import type { TopicConfigView } from '@contract/config'
import TopicConfigPage from '../../../../../src-renderer/features/config/topic/TopicConfigPage.vue'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { AUDIT, topicConfig } from '../../../../support/config-values'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
afterAll(() => restore())

const frame = buildFrame({ topics: [['orders', 12]] })
async function openConfig(
  view: Partial<TopicConfigView> = {},
  answers: Partial<HighwaterBridge> = {},
  locale: 'en' | 'zh-CN' = 'en',
) {
  const page = await openPage(TopicConfigPage, {
    props: { topic: 'orders' },
    frame,
    locale,
    answers: {
      'config:topic': () => Promise.resolve(ok(topicConfig(view))),
      'config:docs': () => Promise.resolve(ok({ text: 'Kept <code>this long</code>.' })),
      'change:draft': () => Promise.resolve(ok({ id: 'c1' } as never)),
      ...answers,
    },
  })
  const row = (key: string) =>
    page.wrapper.findAll('[role="rowgroup"] [role="row"]').find((one) => one.text().startsWith(key))!
  const press = async (key: string): Promise<void> => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true }))
    await flushPromises()
  }
  /** Chooses a row, opens its input by the key E and types. */
  const type = async (key: string, text: string): Promise<void> => {
    await row(key).trigger('click')
    await press('e')
    await page.wrapper.find('input.editor').setValue(text)
  }
  return { ...page, row, press, type }
}

describe('Config of a topic', () => {
  it('shows value, source, risk and meaning of each key, replication first', async () => {
    const { wrapper, row } = await openConfig()
    expect(wrapper.find('h1').text()).toBe('orders')
    expect(wrapper.text()).toContain('2 settings of its own; the rest is inherited.')
    expect(wrapper.text()).toMatch(/read .* ago from broker 2/)
    expect(row('retention.ms').text()).toContain('3 d')
    expect(row('retention.ms').text()).toContain('topic')
    expect(row('retention.ms').text()).toContain('danger')
    expect(row('retention.ms').find('[title="retention.ms=259200000"]').exists()).toBe(true)
    expect(row('vendor.secret').text()).toContain('hidden')
    expect(
      wrapper
        .findAll('[role="rowgroup"] [role="row"]')
        .map((one) => one.findAll('[role="gridcell"]')[0]!.text())
        .slice(0, 2),
    ).toEqual(['Replication', 'min.insync.replicas'])
    expect(useScreenStore().offer?.command?.()).toContain('--entity-name orders --all')
    wrapper.unmount()
  })

  it('makes one change of several edits: set with words, and an override removed', async () => {
    const { wrapper, row, press, type, asked, router } = await openConfig()
    await type('retention.ms', '7 d 12 h')
    expect(row('retention.ms').text()).toContain('is 7 d 12 h = 648000000')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    await row('min.insync.replicas').trigger('click')
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Remove override')!
      .trigger('click')
    expect(row('min.insync.replicas').text()).toContain('2 (cluster default)')
    expect(wrapper.text()).toContain('2 keys changed')
    await press('p')
    expect(asked('change:draft')).toEqual([
      {
        id: '',
        cluster: 'orders-eu',
        draft: {
          kind: 'config',
          groups: [
            {
              topics: ['orders'],
              edits: [
                { key: 'retention.ms', op: 'set', value: '648000000' },
                { key: 'min.insync.replicas', op: 'delete', value: '' },
              ],
            },
          ],
        },
      },
    ])
    await flushPromises()
    expect(router.currentRoute.value).toMatchObject({ name: 'change', params: { id: 'c1' } })
    expect(wrapper.text()).not.toContain('keys changed')
    wrapper.unmount()
  })

  it('never shows what is typed for a sensitive setting', async () => {
    const { wrapper, row, type } = await openConfig()
    await type('vendor.secret', 'canary')
    expect(wrapper.find('input.editor').attributes('type')).toBe('password')
    expect(row('vendor.secret').text()).not.toContain('canary')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    expect(row('vendor.secret').text()).toContain('••••••••')
    expect(wrapper.html()).not.toContain('canary')
    wrapper.unmount()
  })

  it('says while one types what is wrong, and takes nothing that it cannot read', async () => {
    const { wrapper, row, type } = await openConfig()
    await type('retention.ms', '3 GB')
    expect(row('retention.ms').text()).toContain('GB is not a known unit.')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    expect(wrapper.find('input.editor').exists()).toBe(true)
    await wrapper.find('input.editor').trigger('keydown', { key: 'Escape' })
    expect(wrapper.find('input.editor').exists()).toBe(false)
    expect(wrapper.text()).not.toContain('changed')
    wrapper.unmount()
  })

  it('opens the input of the chosen row with Enter or a second press, not with the first', async () => {
    const { wrapper, row } = await openConfig()
    await row('retention.ms').trigger('click')
    expect(wrapper.find('input.editor').exists()).toBe(false)
    await wrapper.find('[role="grid"]').trigger('keydown', { key: 'Enter' })
    expect(row('retention.ms').find('input.editor').exists()).toBe(true)
    await wrapper.find('input.editor').trigger('keydown', { key: 'Escape' })
    await row('retention.ms').trigger('click')
    expect(row('retention.ms').find('input.editor').exists()).toBe(true)
    wrapper.unmount()
  })

  it.each(['segment.bytes', 'retention.ms', 'vendor.secret'])(
    'edits nothing of %s where the input is left as it was opened, and keeps what was typed',
    async (key) => {
      const { wrapper, row, press, type } = await openConfig()
      await row(key).trigger('click')
      await press('e')
      await wrapper.find('input.editor').trigger('blur')
      expect(wrapper.find('input.editor').exists()).toBe(false)
      expect(wrapper.text()).not.toContain('changed')
      await type(key, '86400000')
      await wrapper.find('input.editor').trigger('blur')
      expect(wrapper.text()).toContain('1 key changed')
      wrapper.unmount()
    },
  )

  it('sends raw text as it is typed', async () => {
    const { wrapper, row } = await openConfig()
    await row('retention.ms').trigger('click')
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Edit raw text')!
      .trigger('click')
    await flushPromises()
    await wrapper.find('input.editor').setValue('3 GB')
    expect(row('retention.ms').text()).toContain('Sent exactly as typed.')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    expect(wrapper.text()).toContain('1 key changed')
    wrapper.unmount()
  })

  it('puts edits away with Escape, and brings them back', async () => {
    const { wrapper, press, type } = await openConfig()
    await type('retention.ms', '1 h')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    await press('Escape')
    expect(wrapper.text()).not.toContain('1 key changed')
    useNoticesStore().notice!.action!.run()
    await flushPromises()
    expect(wrapper.text()).toContain('1 key changed')
    wrapper.unmount()
  })

  it('keeps edits when a change could not be made, and says why', async () => {
    const { wrapper, press, type } = await openConfig(
      {},
      { 'change:draft': () => Promise.resolve(fail('storage', 'full')) },
    )
    await type('retention.ms', '1 h')
    await wrapper.find('input.editor').trigger('keydown', { key: 'Enter' })
    await press('p')
    expect(wrapper.text()).toContain('1 key changed')
    expect(useNoticesStore().notice?.text).toContain('No change was created')
    wrapper.unmount()
  })

  it('lets nobody edit without the right, and names it', async () => {
    const { wrapper, press, row } = await openConfig({ mayAlter: false, audit: AUDIT })
    expect(wrapper.text()).toContain('needs AlterConfigs on the topic orders')
    await row('retention.ms').trigger('click')
    await press('e')
    expect(wrapper.find('input.editor').exists()).toBe(false)
    const disabled = wrapper
      .findAll('button')
      .filter((button) => button.attributes('disabled') !== undefined)
      .map((button) => button.text())
    expect(disabled).toEqual(expect.arrayContaining(['Make it safe', 'EditE', 'Remove override']))
    wrapper.unmount()
  })

  it("shows Kafka's own documentation as text when it is asked for", async () => {
    const { wrapper, row, asked } = await openConfig()
    await row('retention.ms').trigger('click')
    expect(asked('config:docs')).toEqual([])
    const fold = wrapper.find('details.docs')
    ;(fold.element as HTMLDetailsElement).open = true
    await fold.trigger('toggle')
    await flushPromises()
    expect(asked('config:docs')).toEqual([{ cluster: 'orders-eu', topic: 'orders', key: 'retention.ms' }])
    expect(fold.text()).toContain('Kept this long.')
    wrapper.unmount()
  })

  it('says why there is nothing to see, and asks again', async () => {
    const denied = await openConfig({ error: 29, message: 'Topic authorization failed.', values: [] })
    expect(denied.wrapper.text()).toContain('lacks DescribeConfigs')
    expect(denied.wrapper.text()).toContain('Topic authorization failed.')
    denied.wrapper.unmount()
    const missing = fail('not-authorized', 'lacks', {
      text: 'missing-right',
      right: 'DescribeConfigs',
      on: 'topic',
      name: 'orders',
    })
    const lacking = await openConfig({}, { 'config:topic': () => Promise.resolve(missing) })
    expect(lacking.wrapper.text()).toContain('This login lacks DescribeConfigs on the topic orders')
    lacking.wrapper.unmount()
    const unseen = fail('not-found', 'No topic orders is seen', { text: 'not-seen', topic: 'orders' })
    const hidden = await openConfig({}, { 'config:topic': () => Promise.resolve(unseen) })
    expect(hidden.wrapper.text()).toContain('No topic orders is seen: it does not exist, or is hidden from this login.')
    hidden.wrapper.unmount()
    // Made a moment ago: its settings are read when the cluster's picture has it.
    let isSeen = false
    const young = await openConfig({}, { 'config:topic': () => Promise.resolve(isSeen ? ok(topicConfig()) : unseen) })
    isSeen = true
    await young.push({
      type: 'frame',
      frame: buildFrame({
        topics: [
          ['orders', 12],
          ['paid', 1],
        ],
      }),
    })
    expect(young.wrapper.text()).not.toContain('is seen')
    expect(young.row('retention.ms').text()).toContain('3 d')
    young.wrapper.unmount()
    const late = await openConfig({}, { 'config:topic': () => Promise.resolve(fail('timeout', 'no answer in 5 s')) })
    expect(late.wrapper.text()).toContain('The settings were not read. No answer in time.')
    const before = late.asked('config:topic').length
    await late.wrapper.find('.state button').trigger('click')
    expect(late.asked('config:topic')).toHaveLength(before + 1)
    // What was refused is asked for again only when a person wants it (K4.4).
    expect(late.asked('config:topic').slice(-2)).toMatchObject([{ again: false }, { again: true }])
    late.wrapper.unmount()
  })

  it('keeps what was read when it cannot be read again, and says so', async () => {
    let answers = 0
    const { wrapper, row } = await openConfig(
      {},
      {
        'config:topic': () => Promise.resolve(answers++ === 0 ? ok(topicConfig()) : fail('timeout', 'late')),
      },
    )
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Read again')!
      .trigger('click')
    await flushPromises()
    expect(wrapper.find('.stale-note').text()).toContain('The settings were not read. No answer in time.')
    expect(row('retention.ms').text()).toContain('3 d')
    wrapper.unmount()
  })

  it('speaks Chinese', async () => {
    const { wrapper, row } = await openConfig({ audit: AUDIT }, {}, 'zh-CN')
    expect(row('retention.ms').text()).toContain('记录保留多久。')
    expect(wrapper.text()).toContain('12 个分区中有 3 个目前只有 Leader 同步。')
    wrapper.unmount()
  })
})

describe('the audit banner', () => {
  it('names the danger with figures and makes a change of the fix', async () => {
    const { wrapper, asked, router } = await openConfig({ audit: AUDIT })
    expect(wrapper.find('.audit').text()).toContain(
      '3 of 12 partitions have only the leader in sync now. 1,240 records are on the leader only.',
    )
    await wrapper.find('.audit button').trigger('click')
    await flushPromises()
    expect(asked('change:draft')).toEqual([
      { id: '', cluster: 'orders-eu', draft: { kind: 'config', groups: [{ topics: ['orders'], edits: AUDIT.fix }] } },
    ])
    expect(router.currentRoute.value.name).toBe('change')
    wrapper.unmount()
  })

  it('offers nothing where settings cannot help, and is not there where all is well', async () => {
    const single = await openConfig({ audit: { ...AUDIT, findings: ['single-replica'], fix: [] } })
    expect(single.wrapper.find('.audit').text()).toContain('No setting helps')
    expect(single.wrapper.find('.audit button').exists()).toBe(false)
    single.wrapper.unmount()
    const notTold = [
      { key: 'unclean.leader.election.enable', value: 'false', toldBy: 2, differing: [] },
      {
        key: 'min.insync.replicas',
        value: '2',
        toldBy: 2,
        differing: [
          { broker: 1, value: '2' },
          { broker: 3, value: '1' },
        ],
      },
    ]
    const files = await openConfig({ audit: { ...AUDIT, findings: ['not-told'], notTold, fix: [] } })
    expect(files.wrapper.find('.audit').text().replace(/\s+/g, ' ')).toContain(
      'unclean.leader.election.enable is false, from the config of broker 2. min.insync.replicas differs between brokers: 2 on broker 1 and 1 on broker 3. The controller uses its own config file.',
    )
    files.wrapper.unmount()
    const well = await openConfig({ audit: { ...AUDIT, findings: [], fix: [] } })
    expect(well.wrapper.find('.audit').exists()).toBe(false)
    well.wrapper.unmount()
  })
})
