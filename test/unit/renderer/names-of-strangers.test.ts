import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { UNDER_REPLICATED } from '@shared/states'
import { ok } from '@contract/result'
import AgreementPage from '../../../src-renderer/features/agreement/AgreementPage.vue'
import BrokersPage from '../../../src-renderer/features/brokers/BrokersPage.vue'
import PartitionPage from '../../../src-renderer/features/partition/PartitionPage.vue'
import QuorumPage from '../../../src-renderer/features/quorum/QuorumPage.vue'
import TopicPage from '../../../src-renderer/features/topic/TopicPage.vue'
import TopicsPage from '../../../src-renderer/features/topics/TopicsPage.vue'
import { buildFrame } from '../../support/frames'
import { layOut, openPage } from '../../support/open-page'
import { buildAgreement, buildReport, buildShortIsr, disputed, member, shortRow } from '../../support/quorum-views'
import { sayIn } from '../../support/say'
import { buildBroker } from '../../support/summaries'

/** Turns round what follows it: read as `orders-exe.jpg`. */
const TURNED = 'orders-\u202egpj.exe'
const SHOWN = 'orders-⟨U+202E⟩gpj.exe'

/** What the main process tells of the controllers, named so. */
const answers = {
  'quorum:read': () =>
    Promise.resolve(
      ok({
        state: 'leads',
        report: buildReport({ members: [member(102, { address: TURNED, directory: TURNED })] }),
      } as const),
    ),
  'quorum:isr': () => Promise.resolve(ok(buildShortIsr([shortRow({ topic: TURNED })]))),
  'quorum:agreement': () =>
    Promise.resolve(
      ok(
        buildAgreement({
          rows: [disputed({ topic: TURNED })],
          total: 1,
          lists: [
            {
              broker: 3,
              with: 1,
              since: 0,
              saidAt: 1_000,
              readings: 2,
              lacks: [TURNED],
              lacksCount: 1,
              has: [],
              hasCount: 0,
              others: 0,
              lacksBrokers: [],
              hasBrokers: [],
            },
          ],
        }),
      ),
    ),
}

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
    ['quorum', QuorumPage, {}],
    ['agreement', AgreementPage, {}],
  ])('stands escaped on the page %s, and nowhere as it is', async (_, page, props) => {
    const frame = buildFrame({
      topics: [[TURNED, 2]],
      change: () => ({ state: UNDER_REPLICATED, out: [2] }),
      summary: { brokers: [buildBroker(1, { rack: TURNED, host: TURNED }), buildBroker(2)] },
    })
    const { wrapper } = await openPage(page, { frame, props, answers })
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
