import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import type { ShallowRef } from 'vue'
import { LAGGING } from '@shared/states'
import { usePacedView } from '../../../../../src-renderer/features/common/use-paced-view'
import type { FrameView } from '../../../../../src-renderer/stores/frame-view'
import { buildDelta, buildFrame } from '../../../../support/frames'
import { openPage } from '../../../../support/open-page'

async function paced(topics: number) {
  let view: ShallowRef<FrameView | null> | null = null
  const Host = defineComponent({
    setup() {
      view = usePacedView(60_000)
      return () => null
    },
  })
  const frame = buildFrame({ topics: Array.from({ length: topics }, (_, n): [string, number] => [`t${n}`, 10]) })
  const page = await openPage(Host, { frame })
  const pushed = async (): Promise<boolean> => {
    const before = view!.value
    const shown = page.store.view!
    await page.push({ type: 'delta', delta: buildDelta(shown.frame, [3], () => ({ state: LAGGING })) })
    expect(page.store.view).not.toBe(shown)
    return view!.value !== before
  }
  return { page, frame, pushed, seen: () => view!.value }
}

it('of a small cluster follows every push', async () => {
  const { page, pushed } = await paced(3)
  expect(await pushed()).toBe(true)
  page.wrapper.unmount()
})

it('of a large one does not, but another topology is seen at once', async () => {
  const { page, frame, pushed, seen } = await paced(2_001)
  expect(await pushed()).toBe(false)
  await page.push({ type: 'frame', frame: { ...frame, epoch: frame.epoch + 1 } })
  expect(seen()?.epoch).toBe(frame.epoch + 1)
  page.wrapper.unmount()
})
