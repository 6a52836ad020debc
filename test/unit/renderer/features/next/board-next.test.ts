import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { ok } from '@contract/result'
import { UNDER_MIN_ISR } from '@shared/states'
import BoardPage from '../../../../../src-renderer/features/board/BoardPage.vue'
import EditsCard from '../../../../../src-renderer/features/changes/EditsCard.vue'
import { useConfigEditsStore } from '../../../../../src-renderer/stores/config-edits'
import { useNoticesStore } from '../../../../../src-renderer/stores/notices'
import { useScreenStore } from '../../../../../src-renderer/stores/screen'
import { buildFrame } from '../../../../support/frames'
import { layOut, openPage, PROFILE } from '../../../../support/open-page'
import { buildChange } from '../../../../support/screen-changes'
import { buildBroker, buildHeadline, NOW } from '../../../../support/summaries'

layOut()
const opened: { unmount(): void }[] = []
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()))

function refusing() {
  const frame = buildFrame({
    topics: [
      ['alpha', 2],
      ['payments', 3],
    ],
    brokers: 3,
    change: (_, topic) => (topic === 'payments' ? { state: UNDER_MIN_ISR, leader: 1, out: [2] } : null),
    summary: {
      brokers: [1, 2, 3].map((id) => buildBroker(id, id === 2 ? { listed: false, answers: 'no' } : {})),
      headline: buildHeadline({
        level: 'danger',
        since: NOW,
        writesRefused: 3,
        culprit: { kind: 'follower-broker', broker: 2, rack: null, brokers: [], behind: 5, of: 5, cause: 'gone' },
      }),
    },
  })
  frame.topics.minInSyncReplicas[1] = 3
  return frame
}

it('plans the cure, copies the checks and shows the partitions from the board; Y copies the fix', async () => {
  const page = await openPage(BoardPage, {
    frame: refusing(),
    answers: {
      'change:draft': () => Promise.resolve(ok(buildChange({ id: 'cure-1' }))),
      'clipboard:write': () => Promise.resolve(ok(null)),
    },
  })
  opened.push(page.wrapper)
  await page.push({
    type: 'status',
    status: { cluster: PROFILE.id, phase: 'live', since: NOW, takenAt: NOW, nextTryAt: Number.NaN, problem: null },
  })
  expect(page.wrapper.find('[data-headline-next]').text()).toContain(
    'A lower min ISR would let these writes through; the plan shows what that risks.',
  )
  expect(useScreenStore().offer?.fix?.()).toContain('--add-config min.insync.replicas=2')
  expect(useScreenStore().offer?.command?.()).toContain('--under-replicated-partitions')

  await page.wrapper.find('[data-do="show"]').trigger('click')
  expect(page.wrapper.findAll('.trouble [role="row"]')).toHaveLength(1 + 3)
  await page.wrapper.find('[data-do="command"]').trigger('click')
  await flushPromises()
  expect(JSON.stringify(page.asked('clipboard:write'))).toContain('nc -vz -w 5 b2 9092')
  expect(useNoticesStore().notice?.text).toBe('Copied: port, process, load, disk, log.')
  await page.wrapper.find('[data-do="min-isr"]').trigger('click')
  await flushPromises()
  expect(page.asked('change:draft')).toEqual([
    {
      id: '',
      cluster: PROFILE.id,
      draft: {
        kind: 'config',
        groups: [{ topics: ['payments'], edits: [{ key: 'min.insync.replicas', op: 'set', value: '2' }] }],
      },
    },
  ])
  expect(page.router.currentRoute.value.params).toEqual({ id: 'cure-1' })
})

it('lists edits that are no change yet; giving them up can be taken back', async () => {
  const page = await openPage(EditsCard, { frame: refusing() })
  opened.push(page.wrapper)
  expect(page.wrapper.find('[data-edits]').exists()).toBe(false)
  const store = useConfigEditsStore()
  const edits = { 'retention.ms': { key: 'retention.ms', op: 'set', value: '1' } } as const
  store.put(PROFILE.id, 'payments', edits)
  store.put('another', 'alpha', edits)
  await flushPromises()
  expect(page.wrapper.findAll('li').map((row) => row.text().replace(/\s+/g, ' '))).toEqual([
    'paymentsretention.ms1 settingDiscard',
  ])
  await page.wrapper.find('li button').trigger('click')
  expect(store.list(PROFILE.id)).toEqual([])
  useNoticesStore().notice?.action?.run()
  expect(store.list(PROFILE.id)).toEqual([{ topic: 'payments', edits }])
})
