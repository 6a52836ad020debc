import { runWhole } from '../../domain/slices'
import type { Sliced } from '../../domain/slices'
import { Reader } from './reader'
import { WireError } from './wire-error'
import { Writer } from './writer'

/** What a broker says about one API key in its ApiVersions answer. */
export interface VersionRange {
  readonly minVersion: number
  readonly maxVersion: number
}

/** One API of the Kafka protocol and the versions of it that we speak, best first. */
export interface Api {
  readonly apiKey: number
  readonly apiName: string
  readonly versions: readonly number[]
  /** Whether this version uses compact types and tag buffers (KIP-482). */
  flexible(version: number): boolean
  /** Whether its answers say how long the broker holds this connection back (ThrottleTimeMs, KIP-219). */
  readonly tellsThrottle: boolean
  /** As in the layout. */
  readonly readThrottle?: (reader: Reader) => number
}

export interface Codec<Request, Response> extends Api {
  /**
   * The body after request header v1; a flexible one starts with the 00 that makes the header a v2. Throws WireError.
   */
  encode(version: number, request: Request): Uint8Array
  /** `bytes`: everything after the correlation id. Throws WireError, also when bytes are left over. */
  decode(version: number, bytes: Uint8Array): Response
  /** `decode` in pieces. Of an API whose answers are short it is one piece. */
  decodePass(version: number, bytes: Uint8Array): Sliced<Response>
}

interface LayoutHead<Request> {
  readonly apiKey: number
  readonly apiName: string
  readonly versions: readonly number[]
  readonly flexibleFrom: number
  /**
   * ApiVersions only: its response header never has tags, so that a client can read it before it knows the broker's
   * version.
   */
  readonly plainResponseHeader?: boolean
  /** True where left out: nearly every answer begins with ThrottleTimeMs. */
  readonly tellsThrottle?: boolean
  /** Where it does not begin with it: reads on to ThrottleTimeMs, from the first field (ApiVersions). */
  readonly readThrottle?: (reader: Reader) => number
  write(writer: Writer, request: Request, version: number): void
}

/** An answer that may be long is read by a `pass`, which pauses on the way. */
export type CodecLayout<Request, Response> = LayoutHead<Request> &
  ({ read(reader: Reader, version: number): Response } | { pass(reader: Reader, version: number): Sliced<Response> })

/** Best version that both sides speak; null when there is none, or when the broker does not know the API (no range). */
export function pickVersion(api: Api, range: VersionRange | undefined): number | null {
  if (range === undefined) return null
  return api.versions.find((version) => version >= range.minVersion && version <= range.maxVersion) ?? null
}

/**
 * Refuses versions we do not speak: writing one by another's layout would be understood by the broker as something
 * else.
 */
export function checkVersion(api: Api, version: number): void {
  if (!api.versions.includes(version))
    throw new WireError('version', api.apiName, 0, `version ${version} is not spoken`)
}

/** How long the broker will not read from this connection, ms, as the answer says, mostly in its first field; 0 = it goes on. Throws WireError. */
export function throttleMs(api: Api, version: number, bytes: Uint8Array): number {
  if (!api.tellsThrottle) return 0
  const reader = new Reader(api.apiName, bytes, api.flexible(version))
  if (api.readThrottle !== undefined) return Math.max(0, api.readThrottle(reader))
  reader.tags()
  return Math.max(0, reader.int32('ThrottleTimeMs'))
}

/** Puts headers, the version check and the check for left-over bytes around the layout of one API. */
export function defineCodec<Request, Response>(layout: CodecLayout<Request, Response>): Codec<Request, Response> {
  const { apiKey, apiName, versions, flexibleFrom, tellsThrottle = true, readThrottle } = layout
  const api: Api = {
    apiKey,
    apiName,
    versions,
    flexible: (version) => version >= flexibleFrom,
    tellsThrottle,
    ...(readThrottle === undefined ? {} : { readThrottle }),
  }
  function* decodePass(version: number, bytes: Uint8Array): Sliced<Response> {
    checkVersion(api, version)
    const reader = new Reader(apiName, bytes, api.flexible(version))
    if (layout.plainResponseHeader !== true) reader.tags()
    const response = 'read' in layout ? layout.read(reader, version) : yield* layout.pass(reader, version)
    reader.end()
    return response
  }
  return {
    ...api,
    encode(version, request) {
      checkVersion(api, version)
      const writer = new Writer(apiName, api.flexible(version))
      writer.tags()
      layout.write(writer, request, version)
      return writer.finish()
    },
    decode: (version, bytes) => runWhole(decodePass(version, bytes)),
    decodePass,
  }
}
