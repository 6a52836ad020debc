const two = (n: number): string => String(n).padStart(2, '0')

/** As a field for date and time holds it, by the machine's own zone, to whole seconds. */
export function localText(at: number): string {
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** NaN = it is no time. */
export function momentOfText(text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? new Date(text).getTime() : Number.NaN
  return at >= 0 ? at : Number.NaN
}
