import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

/** One figure, measured once for each run. `budget` is the limit of docs/performance.md; `atMost` tells which side of it is good. */
export interface Figure {
  readonly name: string
  readonly values: readonly number[]
  readonly unit: string
  readonly budget: number | null
  readonly atMost: boolean
}

/** A budget holds for the median of quiet runs. Their worst, and every run beside other work, may take this many times as much. */
const SLACK = 2

/** The value farthest on the bad side of the budget; NaN where one run could not be measured. */
export const worst = ({ values, atMost }: Figure): number => (atMost ? Math.max(...values) : Math.min(...values))

/** Whether a figure keeps its budget; null without one. A run that could not be measured (NaN) does not. */
export function met(figure: Figure, loaded = false): boolean | null {
  const { budget, atMost } = figure
  if (budget === null) return null
  const within = (value: number, slack: number): boolean =>
    Number.isFinite(value) && (atMost ? value <= budget * slack : value >= budget / slack)
  return within(median(figure.values), loaded ? SLACK : 1) && within(worst(figure), SLACK)
}

/** Figures in the order in which they were first measured. `loaded` = the runs share the machine with busy loops. */
export class Report {
  readonly #figures = new Map<string, Figure>()

  constructor(private readonly loaded = false) {}

  get figures(): readonly Figure[] {
    return [...this.#figures.values()]
  }

  /** Figures whose budget is missed over all runs so far. */
  get missed(): readonly Figure[] {
    return this.figures.filter((figure) => met(figure, this.loaded) === false)
  }

  atMost(name: string, value: number, unit: string, budget: number): void {
    this.#add(name, value, unit, budget, true)
  }

  atLeast(name: string, value: number, unit: string, budget: number): void {
    this.#add(name, value, unit, budget, false)
  }

  /** A figure without a budget: what a ratio was made of. */
  note(name: string, value: number, unit: string): void {
    this.#add(name, value, unit, null, true)
  }

  /** Median and worst of every figure. */
  print(): void {
    for (const figure of this.figures) console.log(line(figure, met(figure, this.loaded)))
  }

  writeJson(file: string): void {
    const figures = this.figures.map((figure) => [
      figure.name,
      { ...figure, median: median(figure.values), worst: worst(figure), met: met(figure, this.loaded) },
    ])
    const machine = { processor: cpus()[0]?.model, cores: cpus().length, bytes: totalmem(), node: process.version }
    const report = {
      at: new Date().toISOString(),
      machine,
      loaded: this.loaded,
      load: loadavg(),
      figures: Object.fromEntries(figures) as unknown,
    }
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  }

  #add(name: string, value: number, unit: string, budget: number | null, atMost: boolean): void {
    const earlier = this.#figures.get(name)?.values ?? []
    this.#figures.set(name, { name, values: [...earlier, value], unit, budget, atMost })
    const now = { name, values: [value], unit, budget, atMost }
    console.log(line(now, met(now, this.loaded)))
  }
}

function line(figure: Figure, verdict: boolean | null): string {
  const { name, values, unit, budget, atMost } = figure
  const spread = values.length === 1 ? '' : `  worst of ${values.length}: ${format(worst(figure))}`
  const limit = budget === null ? '' : `  budget ${atMost ? '<=' : '>='} ${budget} ${unit}`
  const mark = verdict === null ? '' : verdict ? '  met' : '  MISSED'
  return `${name.padEnd(62)} ${format(median(values)).padStart(10)} ${unit}${spread}${limit}${mark}`
}

const format = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2))

export const median = (values: readonly number[]): number => percentile(values, 50)

/** Nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
}
