// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { trailOf } from '../../../../src-renderer/app/trail'
import { sayIn } from '../../../support/say'

const trail = (name: string, params: Record<string, string> = {}, language: 'en' | 'zh-CN' = 'en') =>
  trailOf(sayIn(language), { name, params })
const words = (...args: Parameters<typeof trail>) =>
  trail(...args)
    .map(({ text }) => text)
    .join(' / ')

describe('where a page lies', () => {
  it.each([
    ['topic', { topic: 'orders' }, 'Topics / orders'],
    ['partition', { topic: 'orders', partition: '3' }, 'Topics / orders / 3'],
    ['config', { topic: 'orders' }, 'Topics / orders / Settings'],
    ['config-search', {}, 'Topics / Search settings'],
    ['broker', { broker: '2' }, 'Brokers / 2'],
    ['broker-config', { broker: '2' }, 'Brokers / 2 / Settings'],
    ['incident', { incident: '7' }, 'History / Incident 7'],
    ['churn', {}, 'History / ISR changes'],
    ['agreement', {}, 'Quorum / Agreement'],
    ['change', { id: 'abc' }, 'Changes / Change'],
    ['board', {}, ''],
    ['topics', {}, ''],
    ['settings', {}, ''],
    ['toString', {}, ''],
  ])('%s', (name, params, text) => expect(words(name, params)).toBe(text))

  it('leads up, and not to itself', () => {
    expect(trail('partition', { topic: 'a.b', partition: '3' }).map(({ to }) => to)).toEqual([
      { name: 'topics' },
      { name: 'topic', params: { topic: 'a.b' } },
      null,
    ])
  })

  it('in Chinese, and with marks that are not seen named', () => {
    expect(words('broker-config', { broker: '2' }, 'zh-CN')).toBe('Broker / 2 / 设置')
    expect(words('topic', { topic: 'a\u202eb' })).toBe('Topics / a⟨U+202E⟩b')
  })
})
