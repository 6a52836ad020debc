/**
 * Samples as bytes. Topics stand 64 to a row, by their number (names.ts): a bit each says whether it flows and tells nothing else, as nearly every one of a busy cluster in order does, and then takes two
 * bytes; any other that has something to tell takes three and two for each figure that is not 0. A figure is a logarithm of 16 bits: whole numbers up to 1,400 are exact, others within 0.04 %. The cluster
 * and its brokers, eight to a row, are a few, and are told exactly.
 *
 * 10,000 topics that all flow are 157 rows of 136 bytes a sample. With what SQLite adds, 30 KiB were measured (kept-samples.test.ts): of 2,160 + 4,320 + 4,320 samples (tiers.ts) some 320 MiB, of a bound of 500.
 * Where nothing flows, only the rows of the cluster and of its brokers are kept.
 */
import { FIGURES } from '../../contract/kept-samples'
import type { FigureRow } from '../../contract/kept-samples'
import { NO_FIGURES, PLACE } from '../../domain/samples/sample'
import type { ClusterSample } from '../../domain/samples/sample'

export const TOPICS_PER_ROW = 64

const STEPS = 1_024
const NOT_KNOWN = 0xffff

/** 16 bits; NaN = not known. */
export const codeOf = (figure: number): number =>
  Number.isNaN(figure) ? NOT_KNOWN : Math.min(NOT_KNOWN - 1, Math.round(Math.log2(Math.max(0, figure) + 1) * STEPS))

export const valueOf = (code: number): number => (code === NOT_KNOWN ? Number.NaN : 2 ** (code / STEPS) - 1)

function figureOf(code: number, place: number): number {
  const figure = valueOf(code)
  return place === PLACE.recordsPerSecond || place === PLACE.lateMs || place === PLACE.lateMsP95
    ? figure
    : Math.round(figure)
}

const onlyFlows = (row: FigureRow): boolean =>
  row.every((figure, place) => figure === 0 || place === PLACE.recordsPerSecond)

/** By a topic's number within its row. */
export type TopicRows = ReadonlyMap<number, FigureRow>

/** A bit for each topic of the row. */
const BITS = TOPICS_PER_ROW / 8

export function topicBytes(topics: TopicRows): Buffer {
  const flowing = [...topics].filter(([, row]) => onlyFlows(row)).sort(([a], [b]) => a - b)
  const others = [...topics].filter(([, row]) => !onlyFlows(row))
  const bytes = Buffer.alloc(BITS + 2 * flowing.length + others.length * (3 + 2 * FIGURES.length))
  let at = BITS
  for (const [slot, row] of flowing) {
    bytes[slot >> 3] = bytes[slot >> 3]! | (1 << (slot & 7))
    at = bytes.writeUInt16LE(codeOf(row[PLACE.recordsPerSecond]!), at)
  }
  for (const [slot, row] of others) {
    let mask = 0
    for (const [place, figure] of row.entries()) if (figure !== 0) mask |= 1 << place
    at = bytes.writeUInt8(slot, at)
    at = bytes.writeUInt16LE(mask, at)
    for (const figure of row) if (figure !== 0) at = bytes.writeUInt16LE(codeOf(figure), at)
  }
  return bytes.subarray(0, at)
}

/** Of one topic; all zeros where it is not among them. Throws where the bytes end too early. */
export function topicFigures(bytes: Buffer, wanted: number): FigureRow {
  let at = BITS
  for (let slot = 0; slot < TOPICS_PER_ROW; slot += 1) {
    if ((bytes.readUInt8(slot >> 3) & (1 << (slot & 7))) === 0) continue
    if (slot === wanted) {
      const rate = figureOf(bytes.readUInt16LE(at), PLACE.recordsPerSecond)
      return NO_FIGURES.map((none, place) => (place === PLACE.recordsPerSecond ? rate : none))
    }
    at += 2
  }
  if (at > bytes.length) throw new Error('a sample that ends too early')
  while (at < bytes.length) {
    const slot = bytes.readUInt8(at)
    const mask = bytes.readUInt16LE(at + 1)
    at += 3
    const row = NO_FIGURES.map((none, place) => {
      if ((mask & (1 << place)) === 0) return none
      at += 2
      return figureOf(bytes.readUInt16LE(at - 2), place)
    })
    if (slot === wanted) return row
  }
  return NO_FIGURES
}

const NUMBERS = FIGURES.length
const EACH = 8

/** Of a broker: its id and its figures. */
const ENTRY = (1 + NUMBERS) * EACH
/** Of the cluster: how many samples went in, and its figures. */
const CLUSTER = (1 + NUMBERS) * EACH

/** By its id. Whoever reads one broker, of a hundred, does not read the others. */
export const BROKERS_PER_ROW = 8
/** Rows of partitions (partition-code.ts) go down from -2, and no cluster has topics enough to come as far. */
const FIRST_BROKERS_ROW = -(2 ** 40)
export const brokerBucket = (broker: number): number => FIRST_BROKERS_ROW - Math.floor(broker / BROKERS_PER_ROW)

function numbersAsBytes(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * EACH)
  for (const [place, number] of numbers.entries()) bytes.writeDoubleLE(number, place * EACH)
  return bytes
}

const rowAt = (bytes: Buffer, at: number): FigureRow => FIGURES.map((_, place) => bytes.readDoubleLE(at + place * EACH))

export const clusterBytes = ({ samples, cluster }: Pick<ClusterSample, 'samples' | 'cluster'>): Buffer =>
  numbersAsBytes([samples, ...cluster])

export const brokerBytes = (brokers: ClusterSample['brokers']): Buffer =>
  numbersAsBytes([...brokers].flatMap(([id, row]) => [id, ...row]))

function findBroker(bytes: Buffer, from: number, broker: number): FigureRow | undefined {
  if ((bytes.length - from) % ENTRY !== 0) throw new Error('a sample of another length')
  for (let at = from; at < bytes.length; at += ENTRY)
    if (bytes.readDoubleLE(at) === broker) return rowAt(bytes, at + EACH)
  return undefined
}

/** undefined = this broker was not there. Throws where the bytes are no such row. */
export const brokerFigures = (bytes: Buffer, broker: number): FigureRow | undefined => findBroker(bytes, 0, broker)

export interface ClusterFigures {
  readonly samples: number
  readonly cluster: FigureRow
  /** In files of before brokers had rows of their own they stand behind the cluster. */
  broker(id: number): FigureRow | undefined
}

/** Throws where the bytes are no such row. */
export function clusterFigures(bytes: Buffer): ClusterFigures {
  if (bytes.length < CLUSTER || (bytes.length - CLUSTER) % ENTRY !== 0) throw new Error('a sample of another length')
  return {
    samples: bytes.readDoubleLE(0),
    get cluster() {
      return rowAt(bytes, EACH)
    },
    broker: (id) => findBroker(bytes, CLUSTER, id),
  }
}
