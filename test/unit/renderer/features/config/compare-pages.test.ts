import { flushPromises } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '@contract/result'
import BrokerConfigPage from '../../../../../src-renderer/features/config/brokers/BrokerConfigPage.vue'
import BrokersConfigPage from '../../../../../src-renderer/features/config/brokers/BrokersConfigPage.vue'
import ConfigComparePage from '../../../../../src-renderer/features/config/compare/ConfigComparePage.vue'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { brokerConfig, configValue, topicConfig } from '../../../../support/config-values'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage } from '../../../../support/open-page'
import { buildBroker, NOW } from '../../../../support/summaries'

let restore = (): void => undefined
beforeAll(() => (restore = layOut()))
afterAll(() => restore())

const BROKERS = [
  buildBroker(1),
  buildBroker(2),
  buildBroker(3),
  buildBroker(4, { answers: 'no', answersSince: NOW - 4000, silence: 'timeout' }),
]
const frame = buildFrame({
  topics: [
    ['a', 1],
    ['b', 1],
  ],
  summary: { brokers: BROKERS },
})
const rowsOf = (wrapper: Awaited<ReturnType<typeof openPage>>['wrapper']): string[] =>
  wrapper.findAll('[role="rowgroup"] [role="row"]').map((row) => row.findAll('[role="gridcell"]')[0]!.text())

describe('two topics', () => {
  const answers = {
    'config:topic': ({ topic }: { topic: string }) =>
      Promise.resolve(
        ok(
          topicConfig({
            topic,
            values: [configValue('same.key', '1'), configValue('retention.ms', topic === 'a' ? '1000' : '2000')],
          }),
        ),
      ),
  }
  it('are compared, differences first and alone until all is asked for', async () => {
    const { wrapper } = await openPage(ConfigComparePage, { props: { a: 'a', b: 'b' }, frame, answers })
    expect(wrapper.find('h1').text()).toBe('1 of 2 settings differs.')
    expect(rowsOf(wrapper)).toEqual(['retention.ms'])
    expect(wrapper.text()).toContain('1 s')
    await wrapper.find('input[type="checkbox"]').setValue(false)
    expect(rowsOf(wrapper)).toEqual(['retention.ms', 'same.key'])
    expect(useScreenStore().offer?.command?.().split('\n')).toHaveLength(2)
    expect([...useScreenStore().offer!.exportable!().rows][0]).toEqual(['retention.ms', true, '1000', '2000'])
    wrapper.unmount()
  })

  it('are chosen by name', async () => {
    const { wrapper, router } = await openPage(ConfigComparePage, { props: { a: 'a' }, frame, answers })
    expect(wrapper.find('h1').text()).toBe('Choose two topics to compare.')
    await wrapper.findAll('input[list]')[1]!.setValue('b')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ a: 'a', b: 'b' })
    wrapper.unmount()
  })
})

describe('brokers', () => {
  const values = (id: number) => [
    configValue('node.id', String(id), { source: 4 }),
    configValue('log.retention.ms', id === 3 ? '1000' : '604800000', { source: 4 }),
    configValue('ssl.keystore.password', null, { sensitive: true, source: 4 }),
    configValue('num.io.threads', '8'),
  ]
  it('are compared as far as they answer, the silent ones by name', async () => {
    const { wrapper, asked } = await openPage(BrokersConfigPage, {
      frame,
      answers: {
        'config:broker': ({ broker }) =>
          Promise.resolve(broker === 2 ? fail('timeout', 'late') : ok(brokerConfig(broker, values(broker)))),
      },
    })
    expect(asked('config:broker')).toHaveLength(3)
    expect(wrapper.find('h1').text()).toBe('1 setting differs between 2 brokers.')
    expect(wrapper.text()).toContain('Not compared: broker 4 (does not answer) and broker 2 (could not be read).')
    expect(wrapper.find('.missing').attributes('title')).toBe('2: No answer in time. It may work later.')
    expect(rowsOf(wrapper)).toEqual(['log.retention.ms'])
    await wrapper.findAll('input[type="checkbox"]')[0]!.setValue(true)
    expect(rowsOf(wrapper)).toEqual(['log.retention.ms', 'node.id'])
    await wrapper.findAll('input[type="checkbox"]')[1]!.setValue(true)
    expect(rowsOf(wrapper)).toHaveLength(4)
    wrapper.unmount()
  })

  it('are not compared where this login may not read them, and each is asked once until a person wants more (K4.4)', async () => {
    const refused = fail('not-authorized', 'lacks', {
      text: 'missing-right',
      right: 'DescribeConfigs',
      on: 'cluster',
      name: '',
    })
    const { wrapper, asked } = await openPage(BrokersConfigPage, {
      frame,
      answers: { 'config:broker': () => Promise.resolve(refused) },
    })
    expect(wrapper.find('h1').text()).toBe('Comparing needs the settings of two brokers; fewer were read.')
    expect(wrapper.text()).toContain('lacks DescribeConfigs on the cluster')
    expect(wrapper.text()).not.toMatch(/alike|Nothing differs/)
    expect(asked('config:broker')).toMatchObject([{ again: false }, { again: false }, { again: false }])
    await wrapper.find('.state button').trigger('click')
    expect(asked('config:broker').slice(3)).toMatchObject([{ again: true }, { again: true }, { again: true }])
    wrapper.unmount()
  })

  it('have a page each, for reading only', async () => {
    const { wrapper } = await openPage(BrokerConfigPage, {
      props: { broker: 1 },
      frame,
      answers: { 'config:broker': ({ broker }) => Promise.resolve(ok(brokerConfig(broker, values(broker)))) },
    })
    expect(wrapper.text()).toContain('3 settings are set explicitly.')
    expect(rowsOf(wrapper)).toEqual(['Other settings', 'log.retention.ms', 'node.id', 'ssl.keystore.password'])
    expect(wrapper.text()).not.toContain('Remove override')
    expect(wrapper.findAll('button').map((button) => button.text())).not.toContain('EditE')
    expect(useScreenStore().offer?.command?.()).toContain('--entity-type brokers --entity-name 1 --all')
    wrapper.unmount()
  })
})
