import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createTexts } from '../../../../../src-renderer/app/i18n'
import ExplainedText from '../../../../../src-renderer/features/common/ExplainedText.vue'

const TEXT = '4 partitions are under min ISR; broker 2 is fenced.'
const setUp = (text = TEXT) =>
  mount(ExplainedText, { props: { text }, global: { plugins: [createTexts('en')] }, attachTo: document.body })
let mounted: ReturnType<typeof setUp> | null = null
afterEach(() => {
  mounted?.unmount()
  mounted = null
})

describe('a sentence with words of the trade', () => {
  it('reads as it is, and its words can have the focus', () => {
    mounted = setUp()
    const words = [...document.querySelectorAll<HTMLElement>('dfn')]
    expect(document.body.textContent).toContain(TEXT)
    expect(words.map((word) => [word.textContent, word.tabIndex])).toEqual([
      ['min ISR', 0],
      ['fenced', 0],
    ])
  })

  it('says what a word means while it has the focus, and no longer', async () => {
    mounted = setUp()
    const [word] = document.querySelectorAll<HTMLElement>('dfn')
    const tip = (): string => document.querySelector('[role=tooltip]')?.textContent ?? ''
    expect(tip()).toBe('')
    word!.focus()
    await expect.poll(tip).toContain('min.insync.replicas')
    word!.blur()
    await expect.poll(tip).toBe('')
  })

  it('follows a sentence that changes', async () => {
    mounted = setUp('Everything is well.')
    expect(document.querySelector('dfn')).toBeNull()
    await mounted.setProps({ text: TEXT })
    expect(document.querySelectorAll('dfn')).toHaveLength(2)
  })
})
