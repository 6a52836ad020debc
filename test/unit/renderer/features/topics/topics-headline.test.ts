// @vitest-environment node
import { expect, it } from 'vitest'
import { MARK_LEADER_SILENT, OFFLINE, UNDER_MIN_ISR } from '@shared/states'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import type { Say } from '../../../../../src-renderer/features/common/say'
import { topicFigures } from '../../../../../src-renderer/features/topics/topic-columns'
import { topicsHeadline } from '../../../../../src-renderer/features/topics/topics-headline'
import { applyFrame } from '../../../../../src-renderer/stores/frame-reducer'
import { createFormats } from '../../../../../src-main/shared/words/format/formats'
import type { RowChange } from '../../../../support/frames'
import { buildFrame } from '../../../../support/frames'

function say(locale: 'en' | 'zh-CN'): Say {
  const { t } = createTexts(locale).global
  return {
    f: createFormats(locale),
    t: (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural)),
  }
}
function headline(locale: 'en' | 'zh-CN', change: (topic: string) => RowChange | null): string {
  const view = applyFrame(
    buildFrame({
      topics: [
        ['a', 2],
        ['b', 2],
        ['c', 1],
      ],
      change: (_, topic) => change(topic),
    }),
  )
  return topicsHeadline(say(locale), view.frame.topics.names, topicFigures(view, null), 'unknown')
}
const out = [1, 2, 3, 4, 5]

it.each([
  ['all well', () => null, 'All 3 topics seen are fully replicated.', '所见 3 个主题的副本全部齐全。'],
  [
    'one not read',
    (topic: string) => (topic === 'b' ? { state: 0 } : null),
    'b has partitions not read yet, or not readable.',
    'b 有无法读取或尚未读取的分区。',
  ],
  [
    'one missing',
    (topic: string) => (topic === 'b' ? { state: 3, out } : null),
    '1 of 3 topics seen has a replica missing.',
    '3 个主题中有 1 个缺少副本（所见范围）。',
  ],
  [
    'worst first',
    (topic: string) => (topic === 'a' ? { state: OFFLINE, out } : { state: UNDER_MIN_ISR, out }),
    'a has offline partitions. 2 topics refuse acks=all writes on some partitions. ' +
      'All 3 topics seen have replicas missing.',
    'a 有离线分区。2 个主题的部分分区拒绝 acks=all 写入。全部 3 个主题缺少副本（所见范围）。',
  ],
  [
    'a leader that does not answer, whatever the state says',
    (topic: string) => (topic === 'c' ? { marks: MARK_LEADER_SILENT } : null),
    'c has partitions whose leader does not answer.',
    'c 有 Leader 无响应的分区。',
  ],
] as const)('%s', (_, change, en, zh) => {
  expect(headline('en', change)).toBe(en)
  expect(headline('zh-CN', change)).toBe(zh)
})

it('says of no topic at all that there may be some (K4.1)', () => {
  const view = applyFrame(buildFrame({ topics: [] }))
  const said = (reach: 'all' | 'unknown'): string => topicsHeadline(say('en'), [], topicFigures(view, null), reach)
  expect(said('unknown')).toBe('No topic is seen: the cluster has none, or none is visible to this login.')
  expect(said('all')).toBe('This cluster has no topics.')
})
