/** Whole answers in one go, where the product stops in between. */
import { runWhole } from '../../src-main/domain/slices'
import type { MetadataColumns, OffsetColumns, OffsetRows } from '../../src-main/domain/topology/columns'
import type { Codec } from '../../src-main/kafka/wire/codec'
import { ListOffsetsDecoder } from '../../src-main/kafka/wire/list-offsets-decoder'
import { MetadataDecoder } from '../../src-main/kafka/wire/metadata-decoder'
import { encodeMetadata, metadataApi } from '../../src-main/kafka/wire/metadata-request'
import type { MetadataRequest } from '../../src-main/kafka/wire/metadata-request'

export function decodeMetadata(version: number, bytes: Uint8Array): MetadataColumns {
  return runWhole(new MetadataDecoder(version, bytes).pass()).columns
}

export const metadata: Codec<MetadataRequest, MetadataColumns> = {
  ...metadataApi,
  encode: encodeMetadata,
  decode: decodeMetadata,
  *decodePass(version, bytes) {
    return (yield* new MetadataDecoder(version, bytes).pass()).columns
  },
}

export function decodeListOffsets(
  version: number,
  bytes: Uint8Array,
  asked: { readonly rows: OffsetRows; readonly from: number; readonly to: number },
): OffsetColumns {
  return runWhole(new ListOffsetsDecoder(version, bytes, asked.rows, asked.from, asked.to).pass())
}
