/** Whole numbers from 0 to 2^53 in groups of seven bits, the low ones first. */
export class ByteWriter {
  private bytes = new Uint8Array(1_024)
  private at = 0

  get length(): number {
    return this.at
  }

  number(value: number): void {
    if (this.at + 8 > this.bytes.length) this.grow()
    let rest = value
    while (rest >= 128) {
      this.bytes[this.at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.at++] = rest
  }

  text(text: string): void {
    this.number(text.length)
    for (let at = 0; at < text.length; at += 1) this.number(text.charCodeAt(at))
  }

  /** What was written, and begins anew. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.at)
    this.at = 0
    return taken
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2)
    larger.set(this.bytes)
    this.bytes = larger
  }
}

/** Throws where the bytes end too early, or hold what nobody writes. */
export class ByteReader {
  private at = 0

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length
  }

  number(): number {
    let value = 0
    for (let unit = 1; unit < 2 ** 56; unit *= 128) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) break
      value += (byte % 128) * unit
      if (byte < 128) return value
    }
    throw new Error('A moment that is kept cannot be read')
  }

  /** A number of things that follow, each a byte at least. */
  count(): number {
    const count = this.number()
    if (count > this.bytes.length - this.at) throw new Error('A moment that is kept cannot be read')
    return count
  }

  text(): string {
    const units = new Array<string>(this.count())
    for (let at = 0; at < units.length; at += 1) units[at] = String.fromCharCode(this.number())
    return units.join('')
  }
}
