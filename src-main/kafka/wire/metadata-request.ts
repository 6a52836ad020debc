import type { Api } from './codec'
import { checkVersion } from './codec'
import { Writer } from './writer'
import { ApiKey } from '../../shared/api-keys'

export interface MetadataRequest {
  /** Null = every topic the caller may see; the others are missing without an error. */
  readonly topics: readonly string[] | null
  /**
   * From v8: fills `topicOperations`. It costs the broker an authorizer call per topic and operation; v7 cannot ask and
   * ignores it.
   */
  readonly includeTopicAuthorizedOperations?: boolean
}

const FLEXIBLE_FROM = 9
const NO_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAA'

/** v12 before v13, whose only news is a top-level error; v11, which is laid out as v12, for 2.8 to 3.0, as it names topics by id too; v7 for older brokers. */
export const metadataApi: Api = {
  apiKey: ApiKey.Metadata,
  apiName: 'Metadata',
  versions: [12, 13, 11, 7],
  flexible: (version) => version >= FLEXIBLE_FROM,
  tellsThrottle: true,
}

/** Never lets the broker create the topics it is asked for. */
export function encodeMetadata(version: number, request: MetadataRequest): Uint8Array {
  checkVersion(metadataApi, version)
  const w = new Writer(metadataApi.apiName, metadataApi.flexible(version))
  w.tags()
  w.array(request.topics, 'Topics', (name) => {
    if (version >= 10) w.uuid(NO_TOPIC_ID, 'TopicId')
    w.nullableString(name, 'Name')
    w.tags()
  })
  w.boolean(false)
  if (version >= 8) w.boolean(request.includeTopicAuthorizedOperations ?? false)
  w.tags()
  return w.finish()
}
