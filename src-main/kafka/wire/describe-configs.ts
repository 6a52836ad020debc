import { defineCodec } from './codec'
import type { Sliced } from '../../domain/slices'
import type { Reader } from './reader'
import { ApiKey } from '../../shared/api-keys'

export const RESOURCE_TOPIC = 2
/** Named brokers answer for themselves only (42 from any other); the empty name means the cluster-wide defaults. */
export const RESOURCE_BROKER = 4

export interface DescribeConfigsRequest {
  readonly resources: readonly {
    readonly resourceType: number
    readonly resourceName: string
    /** Null or empty = every key; unknown keys are left out of the answer silently. */
    readonly configurationKeys: readonly string[] | null
  }[]
  readonly includeSynonyms: boolean
  readonly includeDocumentation: boolean
}

export interface ConfigEntry {
  readonly name: string
  /** Null where it is sensitive or not set. */
  readonly value: string | null
  readonly readOnly: boolean
  /**
   * 1 topic, 2 dynamic broker, 3 dynamic cluster default, 4 static file, 5 built-in (ConfigSource in
   * DescribeConfigsResponse.java).
   */
  readonly configSource: number
  readonly isSensitive: boolean
  /** Every layer that sets the key, the one in force first. */
  readonly synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: number }[]
  /** 1 boolean, 2 string, 3 int, 4 short, 5 long, 6 double, 7 list, 8 class, 9 password. */
  readonly configType: number
  readonly documentation: string | null
}

export interface DescribeConfigsResponse {
  readonly throttleTimeMs: number
  readonly results: readonly {
    readonly errorCode: number
    readonly errorMessage: string | null
    readonly resourceType: number
    readonly resourceName: string
    readonly configs: readonly ConfigEntry[]
  }[]
}

export const describeConfigs = defineCodec<DescribeConfigsRequest, DescribeConfigsResponse>({
  apiKey: ApiKey.DescribeConfigs,
  apiName: 'DescribeConfigs',
  versions: [3],
  flexibleFrom: 4,
  write(w, request) {
    w.array(request.resources, 'Resources', (resource) => {
      w.int8(resource.resourceType, 'ResourceType')
      w.string(resource.resourceName, 'ResourceName')
      w.array(resource.configurationKeys, 'ConfigurationKeys', (key) => w.string(key, 'ConfigurationKeys'))
    })
    w.boolean(request.includeSynonyms)
    w.boolean(request.includeDocumentation)
  },
  *pass(r): Sliced<DescribeConfigsResponse> {
    const throttleTimeMs = r.int32('ThrottleTimeMs')
    return { throttleTimeMs, results: yield* r.arrayOfPasses('Results', 11, readResource) }
  },
})

function* readResource(r: Reader): Sliced<DescribeConfigsResponse['results'][number]> {
  const head = {
    errorCode: r.int16('ErrorCode'),
    errorMessage: r.nullableString('ErrorMessage'),
    resourceType: r.int8('ResourceType'),
    resourceName: r.string('ResourceName'),
  }
  return { ...head, configs: yield* r.arrayPass('Configs', 14, readEntry) }
}

function readEntry(r: Reader): ConfigEntry {
  return {
    name: r.string('Name'),
    value: r.nullableString('Value'),
    readOnly: r.boolean('ReadOnly'),
    configSource: r.int8('ConfigSource'),
    isSensitive: r.boolean('IsSensitive'),
    synonyms: r.array('Synonyms', 5, () => ({
      name: r.string('Name'),
      value: r.nullableString('Value'),
      source: r.int8('Source'),
    })),
    configType: r.int8('ConfigType'),
    documentation: r.nullableString('Documentation'),
  }
}
