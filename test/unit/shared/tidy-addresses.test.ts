import { expect, it } from 'vitest'
import { tidyAddresses } from '../../../src-main/shared/bootstrap'

it.each<[string, string, readonly string[]]>([
  ['b1:9092', 'b1:9092', []],
  ['b1:9092,b2:9092; [::1]:9093', 'b1:9092,b2:9092; [::1]:9093', []],
  ['http://b1:9092/', 'b1:9092', ['http://']],
  ['kafka://b1:9092/orders, kafka://b2:9092/orders', 'b1:9092, b2:9092', ['kafka://', '/orders']],
  ['SASL_SSL://b1.example:9093', 'b1.example:9093', ['SASL_SSL://']],
  ['https://[2001:db8::1]:9092/a/b?c=d#e', '[2001:db8::1]:9092', ['https://', '/a/b?c=d#e']],
  ['://b1:9092', ':', ['//b1:9092']],
  ['', '', []],
])('%j is %j', (typed, text, leftOut) => {
  expect(tidyAddresses(typed)).toEqual({ text, leftOut })
})
