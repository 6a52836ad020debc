import { defineCodec } from './codec'
import { RESOURCE_TOPIC } from './describe-configs'
import { eachOnce } from './each-once'
import { ApiKey } from '../../shared/api-keys'

/** The only way we change settings: AlterConfigs (33) resets every key it is not told about (seen on 4.4.0). */
export const CONFIG_SET = 0
export const CONFIG_DELETE = 1

export interface IncrementalAlterConfigsRequest {
  readonly resources: readonly {
    readonly resourceType: number
    readonly resourceName: string
    readonly configs: readonly {
      readonly name: string
      readonly configOperation: number
      /** Null with CONFIG_DELETE only. */
      readonly value: string | null
    }[]
  }[]
  readonly validateOnly: boolean
}

/** All or nothing per resource: one bad key changes none of that resource, the others still apply (seen on 4.4.0). */
export interface IncrementalAlterConfigsResponse {
  readonly throttleTimeMs: number
  readonly responses: readonly {
    readonly errorCode: number
    readonly errorMessage: string | null
    readonly resourceType: number
    readonly resourceName: string
  }[]
}

export const incrementalAlterConfigs = defineCodec<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>({
  apiKey: ApiKey.IncrementalAlterConfigs,
  apiName: 'IncrementalAlterConfigs',
  versions: [0],
  flexibleFrom: 1,
  write(w, request) {
    w.array(request.resources, 'Resources', (resource) => {
      w.int8(resource.resourceType, 'ResourceType')
      w.string(resource.resourceName, 'ResourceName')
      w.array(resource.configs, 'Configs', (config) => {
        w.string(config.name, 'Name')
        w.int8(config.configOperation, 'ConfigOperation')
        w.nullableString(config.value, 'Value')
      })
    })
    w.boolean(request.validateOnly)
  },
  read(r) {
    const throttleTimeMs = r.int32('ThrottleTimeMs')
    const responses = r.array('Responses', 7, () => ({
      errorCode: r.int16('ErrorCode'),
      errorMessage: r.nullableString('ErrorMessage'),
      resourceType: r.int8('ResourceType'),
      resourceName: r.string('ResourceName'),
    }))
    // Of topics only: a broker and a topic may have one name.
    const topics = responses.filter(({ resourceType }) => resourceType === RESOURCE_TOPIC)
    eachOnce(
      r,
      topics.map(({ resourceName }) => `Resource ${JSON.stringify(resourceName)}`),
      'answered',
    )
    return { throttleTimeMs, responses }
  },
})
