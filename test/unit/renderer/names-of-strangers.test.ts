import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { UNDER_REPLICATED } from '@shared/states'
import BrokersPage from '../../../src-renderer/features/brokers/BrokersPage.vue'
import PartitionPage from '../../../src-renderer/features/partition/PartitionPage.vue'
import TopicPage from '../../../src-renderer/features/topic/TopicPage.vue'
import TopicsPage from '../../../src-renderer/features/topics/TopicsPage.vue'
import { buildFrame } from '../../support/frames'
import { layOut, openPage } from '../../support/open-page'
import { sayIn } from '../../support/say'
import { buildBroker } from '../../support/summaries'

/** Turns round what follows it: read as `orders-exe.jpg`. */
const TURNED = 'orders-\u202egpj.exe'
const SHOWN = 'orders-⟨U+202E⟩gpj.exe'

/** findings K13.1 */
describe('a name with a right-to-left mark', () => {
  let takeBack: () => void
  beforeEach(() => {
    takeBack = layOut()
  })
  afterEach(() => {
    takeBack()
  })

  it.each<[string, Component, Record<string, unknown>]>([
    ['topics', TopicsPage, {}],
    ['topic', TopicPage, { topic: TURNED }],
    ['partition', PartitionPage, { topic: TURNED, partition: 0 }],
    ['brokers', BrokersPage, {}],
  ])('stands escaped on the page %s, and nowhere as it is', async (_, page, props) => {
    const frame = buildFrame({
      topics: [[TURNED, 2]],
      change: () => ({ state: UNDER_REPLICATED, out: [2] }),
      summary: { brokers: [buildBroker(1, { rack: TURNED, host: TURNED }), buildBroker(2)] },
    })
    const { wrapper } = await openPage(page, { frame, props })
    const html = wrapper.html()
    expect(html).toContain(SHOWN)
    expect(wrapper.text()).not.toContain('\u202e')
    for (const element of wrapper.findAll('[title], [aria-label]'))
      expect(`${element.attributes('title') ?? ''}${element.attributes('aria-label') ?? ''}`).not.toContain('\u202e')
    wrapper.unmount()
  })

  it('stands escaped in every sentence', () => {
    for (const language of ['en', 'zh-CN'] as const)
      expect(sayIn(language).t('board.name.withRack', { broker: 1, rack: TURNED })).toContain(SHOWN)
  })
})
