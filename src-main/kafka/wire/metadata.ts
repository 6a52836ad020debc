export { MetadataDecoder } from './metadata-decoder'
export type { MetadataDecoderOptions } from './metadata-decoder'
export type { MetadataRequest } from './metadata-request'
import { runWhole } from '../../domain/slices'
import type { MetadataColumns } from '../../domain/topology/columns'
import type { Codec } from './codec'
import { MetadataDecoder } from './metadata-decoder'
import { encodeMetadata, metadataApi } from './metadata-request'
import type { MetadataRequest } from './metadata-request'

/** In one go, for small answers; a poll of a large cluster takes MetadataDecoder, which can stop in between. */
export function decodeMetadata(version: number, bytes: Uint8Array): MetadataColumns {
  return runWhole(new MetadataDecoder(version, bytes).pass()).columns
}

export const metadata: Codec<MetadataRequest, MetadataColumns> = {
  ...metadataApi,
  encode: encodeMetadata,
  decode: decodeMetadata,
}
