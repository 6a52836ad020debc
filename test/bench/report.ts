import { writeFileSync } from 'node:fs'

/** One measured figure. `budget` is the limit of docs/performance.md; `atMost` tells which side of it is good. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly budget: number | null
  readonly atMost: boolean
}

export const met = (figure: Figure): boolean | null =>
  figure.budget === null
    ? null
    : Number.isFinite(figure.value) && (figure.atMost ? figure.value <= figure.budget : figure.value >= figure.budget)

export class Report {
  readonly figures: Figure[] = []

  atMost(name: string, value: number, unit: string, budget: number): void {
    this.add({ name, value, unit, budget, atMost: true })
  }

  atLeast(name: string, value: number, unit: string, budget: number): void {
    this.add({ name, value, unit, budget, atMost: false })
  }

  /** A figure without a budget: what a ratio was made of. */
  note(name: string, value: number, unit: string): void {
    this.add({ name, value, unit, budget: null, atMost: true })
  }

  writeJson(file: string): void {
    const entries = this.figures.map((f) => [f.name, { value: f.value, unit: f.unit, budget: f.budget, met: met(f) }])
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
  }

  private add(figure: Figure): void {
    this.figures.push(figure)
    const verdict = met(figure)
    const limit =
      figure.budget === null ? '' : `  budget ${figure.atMost ? '<=' : '>='} ${figure.budget} ${figure.unit}`
    const mark = verdict === null ? '' : verdict ? '  met' : '  MISSED'
    console.log(`${figure.name.padEnd(58)} ${format(figure.value).padStart(10)} ${figure.unit}${limit}${mark}`)
  }
}

const format = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

export const median = (values: readonly number[]): number => percentile(values, 50)

/** Nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
}
