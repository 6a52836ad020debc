import { describe, expect, it } from 'vitest'
import { recordsWithoutId } from '../../../../src-main/domain/audit/writers'
import type { RememberedProducer, WriterLook } from '../../../../src-main/domain/audit/writers'

const NEWEST = 2 ** 31 - 1
const producer = (id: number, lastSequence: number, more: Partial<RememberedProducer> = {}): RememberedProducer => ({
  id,
  epoch: 0,
  lastSequence,
  transacts: false,
  ...more,
})
const look = (logEndOffset: number, ...producers: RememberedProducer[]): WriterLook => ({ logEndOffset, producers })

describe('records of producers without an id', () => {
  it.each<[string, WriterLook, WriterLook, number]>([
    ['nothing was written', look(10), look(10), 0],
    ['nobody has an id', look(10), look(17), 7],
    ['one wrote them all', look(10, producer(1, 9)), look(17, producer(1, 16)), 0],
    [
      'two with an id and one without',
      look(10, producer(1, 9), producer(2, 4)),
      look(20, producer(1, 12), producer(2, 5)),
      6,
    ],
    ['one that came in between, from its number 0 on', look(10), look(15, producer(1, 4)), 0],
    ['numbers that begin at 0 after the largest', look(0, producer(1, NEWEST)), look(3, producer(1, 2)), 0],
    ['one that wrote more than the ends saw is no debt', look(10, producer(1, 9)), look(12, producer(1, 30)), 0],
    ['one that has written nothing yet', look(10, producer(1, -1)), look(12, producer(1, 1)), 0],
  ])('%s', (_what, before, after, records) => expect(recordsWithoutId(before, after)).toBe(records))

  it.each<[string, WriterLook, WriterLook]>([
    ['an end that was not told', look(NaN), look(17)],
    ['the other end', look(10), look(NaN)],
    ['a log that was cut', look(10), look(9)],
    ['transactions, whose markers take offsets', look(10), look(17, producer(1, 2, { transacts: true }))],
    ['a producer that began anew', look(10, producer(1, 9)), look(17, producer(1, 2, { epoch: 1 }))],
    ['one that came in between and had begun anew before', look(10), look(17, producer(1, 2, { epoch: 1 }))],
    ['one that was forgotten', look(10, producer(1, 9)), look(17)],
  ])('cannot be told: %s', (_what, before, after) => expect(recordsWithoutId(before, after)).toBeNaN())
})
