import { flushPromises } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '@contract/result'
import ArmControl from '../../../../src-renderer/app/ArmControl.vue'
import { useClockStore } from '../../../../src-renderer/stores/clock'
import { useNoticesStore } from '../../../../src-renderer/stores/notices'
import { countdown } from '../../../../src-renderer/features/common/countdown'
import { openPage, PROFILE } from '../../../support/open-page'

const opened: { unmount(): void }[] = []
// Only the time of day: what is shown must not depend on how long a page takes to mount.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  opened.splice(0).forEach((wrapper) => wrapper.unmount())
  vi.useRealTimers()
})

describe('the arm control of the header', () => {
  it('arms the open cluster, counts down by the main process, and disarms', async () => {
    const until = Date.now() + 600_000
    const page = await openPage(ArmControl, {
      answers: {
        'cluster:arm': ({ armed }) =>
          Promise.resolve(ok({ cluster: PROFILE.id, armedUntil: armed ? until : Number.NaN })),
      },
    })
    opened.push(page.wrapper)
    expect(page.wrapper.text()).toBe('read-only · arm to change')
    await page.wrapper.find('button').trigger('click')
    await flushPromises()
    expect(page.wrapper.find('[data-arm="armed"] strong').text()).toBe('armed 10:00')
    await page.wrapper.find('button').trigger('click')
    await flushPromises()
    expect(page.asked('cluster:arm')).toEqual([
      { cluster: PROFILE.id, armed: true },
      { cluster: PROFILE.id, armed: false },
    ])
    expect(page.wrapper.find('[data-arm="read-only"]').exists()).toBe(true)
  })

  it('is read-only again when the time is over, without being told', async () => {
    const page = await openPage(ArmControl)
    opened.push(page.wrapper)
    await page.push({ type: 'armed', armed: { cluster: PROFILE.id, armedUntil: Date.now() + 60_000 } })
    expect(page.wrapper.find('[data-arm="armed"]').exists()).toBe(true)
    vi.setSystemTime(Date.now() + 60_000)
    useClockStore().tick()
    await nextTick()
    expect(page.wrapper.find('[data-arm="read-only"]').exists()).toBe(true)
  })

  it('says why it could not be armed', async () => {
    const page = await openPage(ArmControl, {
      answers: { 'cluster:arm': () => Promise.resolve(fail('not-found', 'not open')) },
    })
    opened.push(page.wrapper)
    await page.wrapper.find('button').trigger('click')
    await flushPromises()
    expect(useNoticesStore().notice?.text).toBe('orders-eu could not be armed: It no longer exists.')
    expect(page.wrapper.find('[data-arm="read-only"]').exists()).toBe(true)
  })

  it('is not there on a cluster that is not read-only', async () => {
    const page = await openPage(ArmControl)
    opened.push(page.wrapper)
    await page.store.open({ ...PROFILE, readOnly: false })
    await flushPromises()
    expect(page.wrapper.find('[data-arm]').exists()).toBe(false)
  })
})

it('counts down to 0:00, rounded up', () => {
  expect([899_001, 60_000, 59_999, 1, 0, -5].map(countdown)).toEqual(['15:00', '1:00', '1:00', '0:01', '0:00', '0:00'])
})
