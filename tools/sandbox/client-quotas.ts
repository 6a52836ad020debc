import { defineCodec } from '../../src-main/kafka/wire/codec'
import type { Reader } from '../../src-main/kafka/wire/reader'
import type { Writer } from '../../src-main/kafka/wire/writer'

/** Share of a broker's request threads that one client id may use, in percent of one thread; null = no such quota. */
interface RequestQuota {
  readonly clientId: string
  readonly percent: number | null
}

const ENTITY = 'client-id'
const KEY = 'request_percentage'
const MATCH_EXACT = 0

/** AlterClientQuotas v0 (2.6 to 4.4); answers the error and its words. Any broker passes it on. */
export const alterRequestQuota = defineCodec<
  RequestQuota,
  readonly { readonly errorCode: number; readonly errorMessage: string | null }[]
>({
  apiKey: 49,
  apiName: 'AlterClientQuotas',
  versions: [0],
  flexibleFrom: 1,
  write(w, { clientId, percent }) {
    w.array([clientId], 'Entries', (name) => {
      w.array([name], 'Entity', (id) => {
        w.string(ENTITY, 'EntityType')
        w.string(id, 'EntityName')
      })
      w.array([percent], 'Ops', (value) => {
        w.string(KEY, 'Key')
        float64(w, value ?? 0)
        w.boolean(value === null)
      })
    })
    w.boolean(false)
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    return r.array('Entries', 10, () => {
      const errorCode = r.int16('ErrorCode')
      const errorMessage = r.nullableString('ErrorMessage')
      readEntity(r)
      return { errorCode, errorMessage }
    })
  },
})

/** DescribeClientQuotas v0 (2.6 to 4.4): the request quota of one client id as the asked broker knows it; null = none. */
export const describeRequestQuota = defineCodec<string, number | null>({
  apiKey: 48,
  apiName: 'DescribeClientQuotas',
  versions: [0],
  flexibleFrom: 1,
  write(w, clientId) {
    w.array([clientId], 'Components', (name) => {
      w.string(ENTITY, 'EntityType')
      w.int8(MATCH_EXACT, 'MatchType')
      w.nullableString(name, 'Match')
    })
    w.boolean(true)
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    const errorCode = r.int16('ErrorCode')
    const message = r.nullableString('ErrorMessage')
    if (errorCode !== 0) throw new Error(`Quotas were not told: ${errorCode} ${message ?? ''}`)
    const entries = r.nullableArray('Entries', 8, () => {
      readEntity(r)
      return r.array('Values', 10, () => ({ key: r.string('Key'), value: readFloat64(r) }))
    })
    return entries?.flat().find(({ key }) => key === KEY)?.value ?? null
  },
})

function readEntity(r: Reader): void {
  r.array('Entity', 4, () => [r.string('EntityType'), r.nullableString('EntityName')])
}

/** As two halves: the product's own codecs have no use for this type. */
function float64(w: Writer, value: number): void {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  w.int32(bytes.readInt32BE(0), 'Value')
  w.int32(bytes.readInt32BE(4), 'Value')
}

function readFloat64(r: Reader): number {
  const bytes = Buffer.alloc(8)
  bytes.writeInt32BE(r.int32('Value'), 0)
  bytes.writeInt32BE(r.int32('Value'), 4)
  return bytes.readDoubleBE()
}
