import type { ApiRange } from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import { pickVersion } from '../wire/codec'
import type { Api } from '../wire/codec'
import { metadataApi } from '../wire/metadata-request'

/**
 * The version to ask this very broker with: in a rolling upgrade each has its own. Throws PortError 'unsupported' where there is none; a
 * broker without Metadata is no broker but a KRaft controller: 'controller-port'.
 */
export function chooseVersion(api: Api, versions: ReadonlyMap<number, ApiRange> | null, host: string): number {
  const range = versions?.get(api.apiKey)
  const version = pickVersion(api, range === undefined ? undefined : { minVersion: range.min, maxVersion: range.max })
  if (version !== null) return version
  const spoken = range === undefined ? 'does not know this API' : `speaks versions ${range.min} to ${range.max}`
  if (range === undefined && api.apiKey === metadataApi.apiKey) {
    const text = `${host} is a controller, not a broker: use the port of a broker listener`
    throw new PortError('unsupported', 'controller-port', text, 0, host)
  }
  const text = `${host} cannot be asked for ${api.apiName}: it ${spoken}, and we speak ${api.versions.join(', ')}`
  throw new PortError('unsupported', 'unsupported', text, 0, host)
}
