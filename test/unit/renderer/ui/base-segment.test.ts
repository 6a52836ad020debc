import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import BaseSegment from '../../../../src-renderer/ui/BaseSegment.vue'

function open() {
  const wrapper = mount(BaseSegment, {
    attachTo: document.body,
    props: {
      label: 'Show topics as',
      options: [
        { value: 'list', text: 'List' },
        { value: 'map', text: 'Map' },
      ],
      modelValue: 'list',
      'onUpdate:modelValue': (modelValue: string) => void wrapper.setProps({ modelValue }),
    },
  })
  return wrapper
}

it('an arrow key chooses at once, also when it is up again before anything else happens', async () => {
  const wrapper = open()
  const [list, map] = wrapper.findAll<HTMLElement>('[role=radio]')
  list!.element.focus()
  map!.element.dispatchEvent(new FocusEvent('focus', { relatedTarget: list!.element }))
  await nextTick()
  expect(wrapper.props('modelValue')).toBe('map')
})

it('the focus that comes from elsewhere chooses nothing', async () => {
  const wrapper = open()
  const map = wrapper.findAll<HTMLElement>('[role=radio]')[1]!
  const outside = document.createElement('button')
  document.body.append(outside)
  map.element.dispatchEvent(new FocusEvent('focus', { relatedTarget: outside }))
  await nextTick()
  outside.remove()
  expect(wrapper.props('modelValue')).toBe('list')
})
