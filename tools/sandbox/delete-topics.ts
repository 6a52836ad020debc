import { defineCodec } from '../../src-main/kafka/wire/codec'

/** DeleteTopics v3: the newest that every broker from 2.8 to 4.4 speaks and that is not flexible. */
export const deleteTopics = defineCodec<readonly string[], readonly { name: string; errorCode: number }[]>({
  apiKey: 20,
  apiName: 'DeleteTopics',
  versions: [3],
  flexibleFrom: 4,
  write(w, names) {
    w.array(names, 'TopicNames', (name) => w.string(name, 'TopicNames'))
    w.int32(30_000, 'TimeoutMs')
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    return r.array('Responses', 4, () => ({ name: r.string('Name'), errorCode: r.int16('ErrorCode') }))
  },
})
