import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A request and its answer as seen on a real broker; see test/fixtures/kafka/README.md. */
export interface Captured<Request = unknown, Response = unknown> {
  readonly kafka: string
  readonly label: string
  readonly broker: number
  readonly api: string
  readonly apiKey: number
  readonly version: number
  readonly request: Request
  readonly requestBody: string
  readonly response: string
  readonly expected: Response
}

const FOLDER = fileURLToPath(new URL('../fixtures/kafka/', import.meta.url))

/** Every captured answer of every version, oldest first. */
export function capturedAnswers(): Captured[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((name) => {
    const file = JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as {
      kafka: string
      captured: Omit<Captured, 'kafka'>[]
    }
    return file.captured.map((one) => ({ ...one, kafka: file.kafka }))
  })
}

export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function titleOf(captured: Captured): string {
  return `${captured.api} v${captured.version} of ${captured.kafka}: ${captured.label}`
}
