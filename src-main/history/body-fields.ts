/** What upcasters take bodies apart with. None of it judges: what has not the shape looked for is left as it is, for the schema to name. */
export type Fields = Readonly<Record<string, unknown>>
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One member of a body, where it has it. */
export function changed(body: Fields, name: string, change: (value: unknown) => unknown): Fields {
  return name in body ? { ...body, [name]: change(body[name]) } : body
}
export const each =
  (change: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    Array.isArray(value) ? value.map(change) : value
export const within =
  (name: string, change: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    isFields(value) ? changed(value, name, change) : value
